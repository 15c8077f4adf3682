/**
 * Pages may forbid strings as addresses of scripts (`require-trusted-types-for 'script'`); a worker
 * inherits nothing and has a policy of its own. Ours is for addresses of this library's script alone.
 */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** What `new Worker` takes, for an address that is known to be ours. */
export function scriptUrl(url: string): string {
  policy ??= (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('cento', {
    createScriptURL: (ours) => ours,
  });
  return policy?.createScriptURL(url) ?? url;
}
