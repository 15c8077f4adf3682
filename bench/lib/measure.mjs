// Measuring fairly on a machine that does other work, too: what is compared takes turns, and each figure is
// the median of its rounds with the lowest and the highest beside it.

/** The middle one; of an even number the lower of the two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1];
}

/** {median, low, high} of values. */
export const spreadOf = (values) => ({
  median: median(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/**
 * Runs each of `variants` ({name: () => {figure: number}}, or promises of that) once a round, in turn, every
 * second round backwards, so that none is always first. Gives {name: {figure: {median, low, high}}}.
 */
export async function interleaved(rounds, variants) {
  const names = Object.keys(variants);
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? names.toReversed() : names)
      runs[name].push(await variants[name]());
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(
        Object.keys(runs[name][0]).map((key) => [key, spreadOf(runs[name].map((run) => run[key]))]),
      ),
    ]),
  );
}

/** As "12.3 (11.9–13.0)", or the median alone where all rounds agree at these digits. */
export function shown({ median, low, high }, digits = 1) {
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(digits));
  return from === to ? middle : `${middle} (${from}–${to})`;
}
