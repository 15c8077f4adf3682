// What packs take on the wire beside general compressors, and what a smaller budget costs in quality.
import { tsImport } from 'tsx/esm/api';
import { bars, curves } from '../lib/chart.mjs';
import { compressors } from '../lib/compressors.mjs';
import { bytesOf, fileOf, packOf, textOf } from '../lib/corpora.mjs';
import { cento } from '../lib/tool.mjs';

const whole = (value) => value.toLocaleString('en');

function measureBytes(corpus) {
  const text = bytesOf(corpus.documents);
  const pack = packOf(corpus.name, corpus.documents);
  const there = compressors.filter(({ isThere }) => isThere());
  return {
    name: corpus.name,
    text: text.length,
    pack: pack.wireBytes,
    others: Object.fromEntries(there.map(({ name, bytes }) => [name, bytes(text)])),
  };
}

function tableOfBytes(measured) {
  const names = Object.keys(measured[0].others);
  return {
    title: 'Bytes to download: the pack with all its tables, and the plain text compressed',
    command: 'npm run bench -- --only wire',
    head: ['corpus', 'text', 'pack', ...names, 'pack ÷ xz'],
    rows: measured.map(({ name, text, pack, others }) => [
      name,
      whole(text),
      whole(pack),
      ...names.map((one) => whole(others[one])),
      (pack / others['xz -9e']).toFixed(3),
    ]),
    text: [
      'A pack holds more than the text: titles, addresses, headings and where they stand, token vocabulary and classes, tables for questions, stemming and typing. Where a text is short, these tables are most of the difference.',
    ],
  };
}

/** A pack of what fits into `budget` bytes, chosen as `cento build --budget` chooses. */
function packWithin(chooseWithin, name, documents, budget) {
  const all = documents.map((document) => ({
    source: document,
    document: { title: '', ...document, sections: [{ heading: '', text: textOf(document) }] },
    weight: 1,
  }));
  let pack;
  let aim = budget;
  for (let attempt = 0; attempt < 4; attempt++) {
    const { kept } = chooseWithin(all, aim);
    const sources = kept.map(({ source }) => source);
    pack = packOf(`${name}.budget`, sources);
    if (pack.wireBytes <= budget && pack.wireBytes > 0.95 * budget) break;
    aim = Math.floor(aim * (budget / pack.wireBytes) * 0.98);
  }
  return pack;
}

/** The shares of a pack that are kept, with what `judge(folder)` says of each. */
async function withBudgets(name, documents, shares, judge) {
  const { chooseWithin } = await tsImport('../../web/src/cli/budget.ts', import.meta.url);
  const full = packOf(name, documents);
  return shares.map((share) => {
    const budget = Math.floor(full.wireBytes * share);
    const pack = share === 1 ? full : packWithin(chooseWithin, name, documents, budget);
    return { bytes: pack.wireBytes, share: pack.wireBytes / full.wireBytes, ...judge(pack.folder) };
  });
}

const percent = (share) => `${(100 * share).toFixed(1)}%`;

async function budgetOfPrediction(corpora, corpus, shares) {
  const { train, test } = corpora.split(corpus);
  const input = fileOf('held-out', test);
  const rows = await withBudgets(`${corpus.name}.train`, train, shares, (folder) => ({
    bits: cento(['eval', 'lm', folder, '--input', input]).bitsPerByte,
  }));
  return {
    table: {
      title: `\`--budget\` on ${corpus.name}: prediction of held-out pages`,
      command: 'npm run bench -- --only wire',
      head: ['pack', 'of all', 'bits a byte'],
      rows: rows.map(({ bytes, share, bits }) => [whole(bytes), percent(share), bits.toFixed(3)]),
    },
    picture: picture(
      'budget-prediction',
      `${corpus.name}: bits a byte by pack size`,
      'bits a byte',
      [{ name: 'held-out pages', points: rows.map(({ bytes, bits }) => [bytes / 1e6, bits]) }],
    ),
  };
}

const picture = (name, title, label, series) => ({
  name,
  alt: title,
  svg: curves({ title, x: { label: 'megabytes on the wire' }, y: { label }, series }),
});

async function budgetOfAnswers(corpora, corpus, shares) {
  const questions = `${corpora.data}/squad/questions.jsonl`;
  const rows = await withBudgets(corpus.name, corpus.documents, shares, (folder) =>
    cento(['eval', 'qa', folder, '--questions', questions, '--limit', 2000]),
  );
  return {
    table: {
      title: '`--budget` on SQuAD’s paragraphs: questions to all of them',
      command: 'npm run bench -- --only wire',
      head: ['pack', 'of all', 'right passage first', 'among five', 'answer F1', 'refused'],
      rows: rows.map(({ bytes, share, ...one }) => [
        whole(bytes),
        percent(share),
        ...[one.passageHit1, one.passageHit5, one.f1, one.refused].map(percent),
      ]),
      text: [
        'A passage that was left out cannot be found: the shares fall at most as fast as the text.',
      ],
    },
    picture: picture('budget-answers', 'SQuAD: right passage first by pack size, %', '%', [
      { name: 'first', points: rows.map((one) => [one.bytes / 1e6, 100 * one.passageHit1]) },
      { name: 'among five', points: rows.map((one) => [one.bytes / 1e6, 100 * one.passageHit5]) },
    ]),
  };
}

export async function run({ corpora, quick }) {
  const names = quick
    ? ['factbook', 'brown']
    : ['factbook', 'python-docs', 'brown', 'wordnet', 'rust-docs', 'squad'];
  const measured = corpora.openAll(names).map(measureBytes);
  if (measured.length === 0) return {};
  const shares = quick ? [1, 0.4] : [1, 0.75, 0.5, 0.25, 0.125];
  const predicted = corpora.open(quick ? 'brown' : 'python-docs');
  const squad = corpora.open('squad');
  const budgets = [
    ...(predicted ? [await budgetOfPrediction(corpora, predicted, shares)] : []),
    ...(squad && !quick ? [await budgetOfAnswers(corpora, squad, shares)] : []),
  ];
  return {
    tables: [tableOfBytes(measured), ...budgets.map(({ table }) => table)],
    pictures: [
      {
        name: 'wire',
        alt: 'Bytes of the pack beside compressed text',
        svg: bars({
          title: 'The pack beside its text compressed by xz -9e (1 is equal); less is better',
          rows: measured.map(({ name, pack, others }) => ({
            label: name,
            value: pack / others['xz -9e'],
            isOurs: true,
            note: (pack / others['xz -9e']).toFixed(3),
          })),
        }),
      },
      ...budgets.map(({ picture }) => picture),
    ],
    data: { measured, budgets: budgets.map(({ table }) => table.rows) },
  };
}
