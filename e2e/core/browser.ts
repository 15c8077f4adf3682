/** What the scenarios need of a browser: a page that goes to an address and runs a script. */

/** The page itself, or the one frame in it. */
export type Place = 'page' | 'frame';

export interface Browser {
  /** As it says itself. */
  readonly version: string;
  /** A visit, also to the address where it is. */
  goto(url: string): Promise<void>;
  /** The value of a script's promise, which must be what JSON can say. */
  evaluate(script: string, place: Place): Promise<unknown>;
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
export const inPage = <Args extends unknown[], Value>(
  browser: Browser,
  work: Work<Args, Value>,
  ...args: Args
): Promise<Value> => run(browser, 'page', work, args);

/** The same in the frame. */
export const inFrame = <Args extends unknown[], Value>(
  browser: Browser,
  work: Work<Args, Value>,
  ...args: Args
): Promise<Value> => run(browser, 'frame', work, args);

type Work<Args extends unknown[], Value> = (...args: Args) => Promise<Value> | Value;

async function run<Args extends unknown[], Value>(
  browser: Browser,
  place: Place,
  work: Work<Args, Value>,
  args: Args,
): Promise<Value> {
  const script = `(async () => {
    const __name = (named) => named;
    return (${work})(...${JSON.stringify(args)});
  })()`;
  return (await browser.evaluate(script, place)) as Value;
}
