/** What the measuring page and its worker say to each other. */

export interface BenchRequest {
  manifestUrl: string;
  queries: number;
  seed: number;
  /** Typed into `suggest` and scored; without it, passages of the pack. */
  text?: string | undefined;
  /** How much of it is typed. */
  keystrokes: number;
  /** Each is asked once. */
  questions: string[];
}

/** Of calls, one after the other. */
export interface Latency {
  calls: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

export interface BenchReport {
  queries: number;
  p50Us: number;
  p99Us: number;
  /** Building the index from the shards, downloads aside. */
  expressSeconds: number;
  /** At each keystroke, in the worker. */
  suggest: Latency;
  /** The same as a page sees it: asked and answered by messages. */
  suggestRoundTrip?: Latency;
  /** Each question from its text to the whole answer, in the worker. */
  ask: Latency & { refused: number; highlighted: number };
  score: { tokens: number; tokensPerSecond: number; bitsPerByte: number };
  /** WebAssembly memory at the end. */
  memoryBytes: number;
  /** Equal to that of `cento eval followers` with the same queries and seed. */
  checksum: string;
  /** Whether timers step by 5 µs; otherwise by 100. */
  isolated: boolean;
  kernel: string;
  userAgent: string;
}

export type BenchAnswer =
  | { type: 'state'; text: string }
  | { type: 'report'; report: BenchReport; text: string }
  | { type: 'error'; message: string };
