import type { Latency } from './messages.js';

/** To three decimals: timers are no finer. */
export const round = (value: number) => Math.round(value * 1000) / 1000;

export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * sorted.length)] as number;
}

/** Milliseconds of single calls; sorts them. */
export function latency(times: Float64Array): Latency {
  times.sort();
  return {
    calls: times.length,
    p50Ms: round(quantile(times, 0.5)),
    p99Ms: round(quantile(times, 0.99)),
    maxMs: round(times.at(-1) as number),
  };
}
