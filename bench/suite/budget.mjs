// What a smaller budget costs in quality: the pack of the documents that `cento build --budget` would keep.
import { tsImport } from 'tsx/esm/api';
import { curves } from '../lib/chart.mjs';
import { fileOf, packOf, textOf } from '../lib/corpora.mjs';
import { openSquad } from '../lib/squad.mjs';
import { cento } from '../lib/tool.mjs';

const whole = (value) => value.toLocaleString('en');

/** A pack of what fits into `budget` bytes, chosen as `cento build --budget` chooses. */
function packWithin(chooseWithin, name, documents, budget, options) {
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
    pack = packOf(`${name}.budget`, sources, options);
    if (pack.wireBytes <= budget && pack.wireBytes > 0.95 * budget) break;
    aim = Math.floor(aim * (budget / pack.wireBytes) * 0.98);
  }
  return pack;
}

/** The shares of a pack that are kept, with what `judge(folder)` says of each. */
async function withBudgets({ name, documents, packOptions = [] }, shares, judge) {
  const { chooseWithin } = await tsImport('../../web/src/cli/budget.ts', import.meta.url);
  const full = packOf(name, documents, packOptions);
  return shares.map((share) => {
    const budget = Math.floor(full.wireBytes * share);
    const pack =
      share === 1 ? full : packWithin(chooseWithin, name, documents, budget, packOptions);
    return { bytes: pack.wireBytes, share: pack.wireBytes / full.wireBytes, ...judge(pack.folder) };
  });
}

const percent = (share) => `${(100 * share).toFixed(1)}%`;

async function budgetOfPrediction(corpora, corpus, shares) {
  const { train, test } = corpora.split(corpus);
  const input = fileOf('held-out', test);
  const rows = await withBudgets(
    { name: `${corpus.name}.train`, documents: train },
    shares,
    (folder) => ({
      bits: cento(['eval', 'lm', folder, '--input', input]).bitsPerByte,
    }),
  );
  return {
    table: {
      title: `\`--budget\` on ${corpus.name}: prediction of held-out pages`,
      command: 'npm run bench -- --only budget',
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

async function budgetOfAnswers({ asked, ...squad }, shares) {
  const questions = fileOf('squad-asked', asked);
  const rows = await withBudgets({ name: 'squad', ...squad }, shares, (folder) =>
    cento(['eval', 'qa', folder, '--questions', questions, '--limit', 2000]),
  );
  return {
    table: {
      title:
        '`--budget` on SQuAD’s paragraphs: questions to all of them, nothing counted on their articles',
      command: 'npm run bench -- --only budget',
      head: ['pack', 'of all', 'right passage first', 'among five', 'answer F1', 'refused'],
      rows: rows.map(({ bytes, share, ...one }) => [
        whole(bytes),
        percent(share),
        ...[one.passageHit1, one.passageHit5, one.f1, one.refused].map(percent),
      ]),
      text: [
        'A passage that was left out cannot be found. The shares fall faster than the bytes: the tables that every pack has are a larger part of a small one, and what says most that is new for each byte is not what people ask about.',
      ],
    },
    picture: picture('budget-answers', 'SQuAD: right passage first by pack size, %', '%', [
      { name: 'first', points: rows.map((one) => [one.bytes / 1e6, 100 * one.passageHit1]) },
      { name: 'among five', points: rows.map((one) => [one.bytes / 1e6, 100 * one.passageHit5]) },
    ]),
  };
}

export async function run({ corpora, quick }) {
  const shares = quick ? [1, 0.4] : [1, 0.75, 0.5, 0.25, 0.125];
  const predicted = corpora.open(quick ? 'brown' : 'python-docs');
  const squad = quick ? undefined : openSquad(corpora);
  const parts = [
    ...(predicted ? [await budgetOfPrediction(corpora, predicted, shares)] : []),
    ...(squad ? [await budgetOfAnswers(squad, shares)] : []),
  ];
  return {
    tables: parts.map(({ table }) => table),
    pictures: parts.map(({ picture }) => picture),
  };
}
