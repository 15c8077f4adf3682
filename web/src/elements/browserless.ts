/**
 * What Lit touches while it is imported, where there is no browser: server-side rendering can import the
 * elements, which do nothing there. The build puts these in the place of the globals of the same name.
 */

const elements = globalThis.HTMLElement ?? (class {} as unknown as typeof globalThis.HTMLElement);
const page = globalThis.document ?? ({ createTreeWalker: () => ({}) } as unknown as Document);

export { elements as HTMLElement, page as document };
