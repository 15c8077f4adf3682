// What calls cost against the size of the corpus and against the length of the context.
import { createHash } from 'node:crypto';
import { compact, curves } from '../lib/chart.mjs';
import { fileOf, packOf, textOf } from '../lib/corpora.mjs';
import { interleaved, shown } from '../lib/measure.mjs';
import { cento } from '../lib/tool.mjs';

const MIXED = ['factbook', 'python-docs', 'brown', 'wordnet', 'rust-docs', 'english'];
const SIZES = [1e6, 3e6, 1e7, 3e7, 1e8];
const LENGTHS = [100, 1000, 10_000, 100_000];
const STEPS = {
  stepNs: 'backward step',
  followersNs: 'exact top-10',
  locateNs: 'position of a row',
};
const CALLS = ['predict', 'suggest', 'ghost', 'complete', 'ask', 'search', 'trace', 'check'];

/** The same mixture of all corpora at each size: documents in the order of their hashes. */
function mixture(corpora, size) {
  const documents = corpora.flatMap(({ name, documents }) =>
    documents.map((document) => {
      const id = `${name}/${document.id}`;
      return { id, title: document.title ?? '', text: textOf(document) };
    }),
  );
  const keyed = documents.map((document) => [
    createHash('sha256').update(document.id).digest('hex'),
    document,
  ]);
  keyed.sort(([a], [b]) => (a < b ? -1 : 1));
  const chosen = [];
  let bytes = 0;
  for (const [, document] of keyed) {
    const own = Buffer.byteLength(document.text);
    if (own === 0 || bytes + own > size) continue;
    chosen.push(document);
    bytes += own;
  }
  return chosen;
}

function packsOf(corpora, sizes) {
  const packs = [];
  for (const size of sizes) {
    const pack = packOf(`mixture-${size / 1e6}MB`, mixture(corpora, size));
    // Where there is not enough text, the last one has all there is.
    if (packs.length > 0 && pack.textBytes < 1.1 * packs.at(-1).textBytes) break;
    packs.push(pack);
  }
  return packs;
}

async function measureSizes(corpora, quick) {
  const packs = packsOf(corpora, quick ? SIZES.slice(0, 2) : SIZES);
  const calls = quick ? 20 : 60;
  const bySize = await interleaved(
    quick ? 1 : 2,
    Object.fromEntries(
      packs.map(({ folder }, i) => [
        i,
        () => ({
          ...cento([
            'bench',
            folder,
            '--calls',
            calls,
            ...CALLS.flatMap((name) => ['--only', name]),
          ]),
          ...cento(['bench', folder, '--index', '--calls', calls]),
        }),
      ]),
    ),
  );
  const resident = packs.map(({ folder }) => cento(['info', folder]).residentBytes);
  const sizes = packs.map(({ textBytes }) => textBytes / 1e6);
  const rows = Object.values(bySize);
  const head = ['', ...sizes.map((size) => `${compact(size)} MB`)];
  const perMegabyte = (list) => list.map((bytes, i) => (bytes / packs[i].textBytes).toFixed(3));
  const timed = (key, digits) => rows.map((row) => shown(row[key], digits));
  return {
    tables: [
      {
        title: 'Packs of 1 to 100 MB: the same mixture of all corpora at each size, natively',
        command: 'npm run bench -- --only scale',
        head,
        rows: [
          ['documents', ...packs.map(({ documents }) => documents.toLocaleString('en'))],
          ['tokens', ...packs.map(({ tokens }) => tokens.toLocaleString('en'))],
          ['seconds to build the pack', ...packs.map(({ seconds }) => seconds.toFixed(1))],
          ['seconds to build the index', ...timed('expressSeconds', 2)],
          [
            'bytes on the wire, of the text',
            ...perMegabyte(packs.map(({ wireBytes }) => wireBytes)),
          ],
          ['bytes in memory, of the text', ...perMegabyte(resident)],
          ...Object.entries(STEPS).map(([key, name]) => [`${name}, ns`, ...timed(key, 0)]),
          ...CALLS.map((name) => [`${name}, µs`, ...timed(`${name}P50Us`, 0)]),
        ],
        text: [
          'A backward step looks at as many bits as the token’s code has, whatever the size: it becomes slower where the index outgrows the processor’s caches, and the position of a row is up to 32 steps. Questions and searches read all places of their words (`retrieval/place_scan.h`: linear in them), so that they grow with the text; a question asks for whole sentences’ worth of words, and grows most. Completions are bounded by the places that they weigh ([algorithms.md](algorithms.md) lists the bounds), and reach them only in large packs. Sentences are drawn from each pack, so that the inputs differ.',
        ],
      },
    ],
    pictures: [
      curvesOf(
        'scale-steps',
        'Steps of the index against the size of the corpus, ns',
        'ns',
        sizes,
        Object.entries(STEPS).map(([key, name]) => [name, rows.map((row) => row[key].median)]),
      ),
      curvesOf(
        'scale-calls',
        'Calls against the size of the corpus, µs',
        'µs',
        sizes,
        CALLS.map((name) => [name, rows.map((row) => row[`${name}P50Us`].median)]),
      ),
    ],
    data: { sizes, bySize },
  };
}

const curvesOf = (name, title, label, xs, series, x = 'MB of text') => ({
  name,
  alt: title,
  svg: curves({
    title,
    x: { label: x, isLog: true },
    y: { label, isLog: true },
    series: series.map(([one, ys]) => ({ name: one, points: xs.map((at, i) => [at, ys[i]]) })),
  }),
});

const CONTEXT_ROWS = {
  readMs: 'the first call, which reads the context',
  suggestP50Ms: 'three suggestions at a keystroke',
  ghostP50Ms: 'a short completion',
  completeP50Ms: 'a long completion',
};

async function measureContexts(corpus, typed, quick) {
  const { folder } = packOf(corpus.name, corpus.documents);
  const input = fileOf('before-the-caret', typed.documents);
  const lengths = quick ? LENGTHS.slice(0, 3) : LENGTHS;
  const calls = quick ? 20 : 60;
  const byLength = await interleaved(
    quick ? 1 : 2,
    Object.fromEntries(
      lengths.map((tokens) => [
        tokens,
        () =>
          cento([
            'eval',
            'context',
            folder,
            '--input',
            input,
            '--tokens',
            tokens,
            '--calls',
            calls,
          ]),
      ]),
    ),
  );
  const rows = Object.values(byLength);
  return {
    tables: [
      {
        title: `Behind a context of so many tokens (${typed.name} before the caret, the pack of ${corpus.name}), milliseconds, natively`,
        command: 'cento eval context DIR --input FILE --tokens N',
        head: ['', ...lengths.map((length) => length.toLocaleString('en'))],
        rows: [
          ...Object.entries(CONTEXT_ROWS).map(([key, name]) => [
            name,
            ...rows.map((row) => shown(row[key], 2)),
          ]),
          ['scoring one token, µs', ...rows.map((row) => shown(row.scoreUs, 2))],
        ],
        text: [
          'The first call reads all of the context, so that it grows with it; later ones read what was typed since. Completions weigh what stands in the text so far as well as the pack: up to its last 65,536 tokens.',
        ],
      },
    ],
    pictures: [
      curvesOf(
        'scale-context',
        'Calls against the length of the context, ms',
        'ms',
        lengths,
        Object.entries(CONTEXT_ROWS)
          .slice(1)
          .map(([key, name]) => [name, rows.map((row) => row[key].median)]),
        'tokens before the caret',
      ),
    ],
    data: byLength,
  };
}

export async function run({ corpora, quick }) {
  const mixed = corpora.openAll(quick ? ['factbook', 'brown'] : MIXED);
  const parts = [await measureSizes(mixed, quick)];
  const pack = corpora.open('factbook');
  const typed = corpora.open('python-docs');
  if (pack && typed) parts.push(await measureContexts(pack, typed, quick));
  const { sizes } = parts[0].data;
  return {
    tables: parts.flatMap(({ tables }) => tables),
    pictures: parts.flatMap(({ pictures }) => pictures),
    missing:
      !quick && sizes.at(-1) < 90
        ? [`100 MB: all corpora together are ${compact(sizes.at(-1))} MB`]
        : [],
    data: parts.map(({ data }) => data),
  };
}

export function inShort({ data }) {
  const [{ sizes, bySize }] = data;
  const rows = Object.values(bySize);
  const growth = (key) => `${(rows.at(-1)[key].median / rows[0][key].median).toFixed(1)} ×`;
  const steps = Object.entries(STEPS).map(([key, name]) => `${name} ${growth(key)}`);
  const calls = CALLS.map((name) => `${name} ${growth(`${name}P50Us`)}`);
  return [
    `From ${compact(sizes[0])} MB of text to ${compact(sizes.at(-1))} MB times grow: ${[...steps, ...calls].join(', ')}.`,
  ];
}
