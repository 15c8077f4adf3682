/** What the measuring page and its worker say to each other. */

export interface BenchRequest {
  manifestUrl: string;
  queries: number;
  seed: number;
}

export interface BenchReport {
  queries: number;
  p50Us: number;
  p99Us: number;
  /** Building the index from the shards, downloads aside. */
  expressSeconds: number;
  /** Equal to that of `cento eval followers` with the same queries and seed. */
  checksum: string;
  /** Whether timers step by 5 µs; otherwise by 100. */
  isolated: boolean;
  kernel: string;
  userAgent: string;
}

export type BenchAnswer =
  | { type: 'state'; text: string }
  | { type: 'report'; report: BenchReport }
  | { type: 'error'; message: string };
