/** The page forbids strings as script addresses (`require-trusted-types-for`); these are the ones it allows. */

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
}

const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };

const policy = trustedTypes?.createPolicy('cento-demo', {
  createScriptURL(url) {
    if (new URL(url, document.baseURI).origin === location.origin) return url;
    throw new TypeError(`Not a script of this site: ${url}`);
  },
});

/** The address of one of our own scripts, for what starts scripts. */
export const scriptUrl = (url: string): string => policy?.createScriptURL(url) ?? url;
