// How many keystrokes suggestions save someone who types held-out documents.
import { createHash } from 'node:crypto';
import { bars } from '../lib/chart.mjs';
import { fileOf, packOf, textOf } from '../lib/corpora.mjs';
import { cento } from '../lib/tool.mjs';
import { type, WordPredictor } from '../lib/word-predictors.mjs';

const hashOf = ({ id }) => createHash('sha256').update(String(id)).digest('hex');
const byHash = (a, b) => (hashOf(a) < hashOf(b) ? -1 : 1);

const peers = [
  ['word trigrams, learning from the document', { order: 3, learns: true }],
  ['word trigrams', { order: 3 }],
  ['word-frequency list', { order: 1 }],
];

function measure(corpora, corpus, mostCharacters) {
  const { train, test } = corpora.split(corpus);
  const typed = [...test].sort(byHash);
  const pack = packOf(`${corpus.name}.train`, train);
  const input = fileOf('typed', typed);
  const own = cento([
    'eval',
    'typing',
    pack.folder,
    ...['--input', input, '--max-characters', mostCharacters],
  ]);
  const rows = [{ name: 'Cento', isOurs: true, ...own }];
  for (const [name, options] of peers) {
    const predictor = new WordPredictor(train.map(textOf), options);
    rows.push({ name, ...type(typed.map(textOf), predictor, mostCharacters) });
  }
  return {
    table: {
      title: `${corpus.name}: ${own.characters.toLocaleString('en')} characters of held-out documents`,
      command: 'npm run bench -- --only typing',
      head: ['suggestions by', 'keystrokes saved', 'ms, median', 'ms, 99th percentile'],
      rows: rows.map(({ name, savings, p50Ms, p99Ms }) => [
        name,
        `${(100 * savings).toFixed(1)}%`,
        p50Ms.toFixed(2),
        p99Ms.toFixed(2),
      ]),
    },
    picture: {
      name: `typing-${corpus.name}`,
      alt: `Share of keystrokes saved on ${corpus.name}`,
      svg: bars({
        title: `Keystrokes saved on held-out documents of ${corpus.name}, %`,
        rows: rows.map(({ name, savings, isOurs }) => ({
          label: name,
          value: 100 * savings,
          isOurs,
        })),
      }),
    },
    rows,
  };
}

export async function run({ corpora, quick }) {
  const names = quick ? ['brown'] : ['python-docs', 'brown'];
  const mostCharacters = quick ? 10_000 : 150_000;
  const measured = corpora.openAll(names).map((corpus) => measure(corpora, corpus, mostCharacters));
  return {
    text: [
      'Someone types documents that no model has seen, sees three suggestions before each keystroke, and accepts the one that agrees with what comes and saves most: one keystroke for it, another one to take away a wrong space. Words that were shown and typed past are not shown again. Cento suggests several words where it is sure, and learns from the document so far; of the peers one does that, too. Times: Cento natively, the peers in JavaScript.',
    ],
    tables: measured.map(({ table }) => table),
    pictures: measured.map(({ picture }) => picture),
    data: measured.map(({ rows }) => rows),
  };
}

export const inShort = ({ data, tables }) =>
  data.map(([own, ...others], i) => {
    const best = others.reduce((a, b) => (b.savings > a.savings ? b : a));
    const [ours, theirs] = [own, best].map(({ savings }) => `${(100 * savings).toFixed(1)}%`);
    return `Typing ${tables[i].title.split(':')[0]}: ${ours} of the keystrokes saved at ${own.p50Ms.toFixed(2)} ms a call; ${best.name} ${theirs} at ${best.p50Ms.toFixed(2)} ms.`;
  });
