// How many altered sentences `cento check` finds, and how many untouched ones it flags.
// Usage: bench/check.mjs PACK DOCUMENTS.jsonl [SENTENCES [SEED]]; with VERBOSE=1 it lists the misses.

import { alteredSentences, verdictsByLine } from '../tests/product/lib/alterations.mjs';
import { native, runJson } from '../tests/product/lib/cento.mjs';

const [pack, documents, count = '1000', seed = '7'] = process.argv.slice(2);
const cases = alteredSentences(documents, Number(count), Number(seed));

const check = (lines) => {
  const started = performance.now();
  const { json } = runJson(native, ['check', pack, '--input', '-'], lines.join('\n\n'));
  const ms = performance.now() - started;
  return { ms, verdicts: verdictsByLine(lines, json.details), sentences: json.sentences };
};
const rate = (part, whole) =>
  `${part} of ${whole} (${((100 * part) / Math.max(whole, 1)).toFixed(1)}%)`;

const empty = check([]);
const untouched = check(cases.map(({ sentence }) => sentence));
const altered = check(cases.map((each) => each.altered));
const flagged = untouched.verdicts.filter((own) =>
  own.some(({ verdict }) => verdict !== 'attested'),
);
const found = altered.verdicts.map((own) => own.some(({ verdict }) => verdict === 'near miss'));

console.log(`untouched sentences flagged: ${rate(flagged.length, cases.length)}`);
for (const kind of [...new Set(cases.map((each) => each.kind)), undefined]) {
  const of = cases.map((each, i) =>
    kind === undefined || each.kind === kind ? found[i] : undefined,
  );
  const known = of.filter((value) => value !== undefined);
  console.log(
    `near misses found, ${kind ?? 'all'}: ${rate(known.filter(Boolean).length, known.length)}`,
  );
}
console.log(
  `ms a sentence: ${((untouched.ms - empty.ms) / untouched.sentences).toFixed(2)} untouched, ` +
    `${((altered.ms - empty.ms) / altered.sentences).toFixed(2)} altered`,
);
if (process.env.VERBOSE) {
  for (const own of flagged) console.log('FLAGGED', JSON.stringify(own));
  cases.forEach(({ kind, sentence, altered: line }, i) => {
    if (!found[i]) console.log(`MISSED ${kind}\n  ${sentence}\n  ${line}`);
  });
}
