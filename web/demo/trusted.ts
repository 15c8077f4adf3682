/** The page forbids strings as script addresses and as markup (`require-trusted-types-for`); this is what it allows. */

interface Policy {
  createScriptURL(url: string): string;
  createHTML(markup: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };

const policy = trustedTypes?.createPolicy('cento-demo', {
  createScriptURL(url) {
    if (new URL(url, document.baseURI).origin === location.origin) return url;
    throw new TypeError(`Not a script of this site: ${url}`);
  },
  createHTML: (markup) => markup,
});

/** The address of one of our own scripts, for what starts scripts. */
export const scriptUrl = (url: string): string => policy?.createScriptURL(url) ?? url;

/** A document to be read, and never to be shown: no script of it runs and nothing of it is fetched. */
export const inertDocument = (
  markup: string,
  type: DOMParserSupportedType = 'text/html',
): Document => new DOMParser().parseFromString(policy?.createHTML(markup) ?? markup, type);
