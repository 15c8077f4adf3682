/** What the scenarios need of a browser: a page that goes to an address and runs a script. */

export interface Browser {
  /** As it says itself. */
  readonly version: string;
  /** A visit, also to the address where it is. */
  goto(url: string): Promise<void>;
  /** The value of a script's promise, which must be what JSON can say. */
  evaluate(script: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface BrowserKind {
  name: string;
  /** Whether its WebAssembly has SIMD128. */
  simd: boolean;
  /** Why it cannot be started here, if so. */
  missing?: string | undefined;
  launch(): Promise<Browser>;
}

/**
 * Runs `work` in the page. It stands alone: nothing of its module is there. (tsx wraps the functions in
 * it for their names.)
 */
export async function inPage<Args extends unknown[], Value>(
  browser: Browser,
  work: (...args: Args) => Promise<Value> | Value,
  ...args: Args
): Promise<Value> {
  const script = `(async () => {
    const __name = (named) => named;
    return (${work})(...${JSON.stringify(args)});
  })()`;
  return (await browser.evaluate(script)) as Value;
}
