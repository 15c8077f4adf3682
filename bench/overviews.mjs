// Prints overviews, one a line, of titles and headings that a seed draws from a model's documents:
// what bench/salad.mjs judges.
//
//   node bench/overviews.mjs PACK DOCUMENTS.jsonl [--count 300] [--seed 1] [--cento build/native/cento]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    cento: { type: 'string', default: 'build/native/cento' },
  },
});
const [pack, input] = positionals;
if (input === undefined) {
  console.error('Usage: node bench/overviews.mjs PACK DOCUMENTS.jsonl [--count N] [--seed N]');
  process.exit(2);
}

/** Topics in an order that depends on the seed alone (xorshift, 32 bits). */
function shuffled(topics, seed) {
  let state = seed * 2654435761 || 1;
  const below = (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
  const order = [...topics];
  for (let i = order.length; i > 1; i--) {
    const j = below(i);
    [order[i - 1], order[j]] = [order[j], order[i - 1]];
  }
  return order;
}

const topics = new Set();
for (const line of readFileSync(input, 'utf8').split('\n').filter(Boolean)) {
  const { title, sections = [] } = JSON.parse(line);
  if (title) topics.add(title);
  for (const { heading } of sections) if (heading) topics.add(heading.replaceAll('\n', ' '));
}
const folder = mkdtempSync(join(tmpdir(), 'cento-'));
const file = join(folder, 'topics.txt');
// Headings over nothing but fields or code are refused: three times as many are asked for.
const drawn = shuffled(topics, Number(values.seed)).slice(0, 3 * Number(values.count));
writeFileSync(file, drawn.join('\n'));
const done = spawnSync(values.cento, ['overview', pack, '--topics', file], { maxBuffer: 1 << 30 });
rmSync(folder, { recursive: true });
if (done.status !== 0) {
  console.error(done.stderr.toString());
  process.exit(1);
}
const answers = done.stdout
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ refused }) => !refused);
for (const { text } of answers.slice(0, Number(values.count))) {
  console.log(text.replace(/\s+/g, ' '));
}
