// What more effort buys: completions at each of the three, quality against time.
import { curves } from '../lib/chart.mjs';
import { packOf, textOf } from '../lib/corpora.mjs';
import { median } from '../lib/measure.mjs';
import { percentile } from '../lib/ranking.mjs';
import { mount } from '../lib/wasm-engine.mjs';

const EFFORTS = ['fast', 'balanced', 'deep'];
const UNIT = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
const CONTEXT = 4000; // characters before the caret

/** Sentences of nine words and more, evenly spaced: {text of the document, begin, words}. */
function sentencesOf(documents, count) {
  const sentences = documents.map(textOf).flatMap((text) =>
    [...text.matchAll(/(?<=[.!?]\s|\n)[A-Z][^\n]*?[.!?](?=\s)/g)].map(({ 0: sentence, index }) => ({
      text,
      begin: index,
      words: sentence.split(' '),
    })),
  );
  const long = sentences.filter(({ words }) => words.length >= 9);
  const step = Math.max(1, Math.floor(long.length / count));
  return long.filter((_, i) => i % step === 0).slice(0, count);
}

/** A document cut within a sentence, and how it goes on. */
function typed({ text, begin, words }) {
  const cut = begin + words.slice(0, Math.ceil(words.length / 3)).join(' ').length;
  return { before: text.slice(Math.max(0, cut - CONTEXT), cut), after: text.slice(cut) };
}

/** How many of the completion's first words and marks are those of the text. */
function rightUnits(completion, after) {
  const said = completion.match(UNIT) ?? [];
  const meant = after.slice(0, completion.length + 20).match(UNIT) ?? [];
  const wrong = said.findIndex((unit, i) => unit !== meant[i]);
  return wrong < 0 ? said.length : wrong;
}

/** Calls `judge(answer, prompt)` for each prompt at each effort: {effort, p50, p99, refused, marks}. */
function measure(pack, prompts, maxTokens, judge) {
  const figures = Object.fromEntries(
    EFFORTS.map((effort) => [effort, { effort, times: [], refused: 0, marks: [] }]),
  );
  for (const [i, prompt] of prompts.entries()) {
    // The first call reads what stands before the caret; then the efforts take turns.
    pack.answer('complete', prompt.before, { maxTokens, effort: 'fast' });
    for (let turn = 0; turn < EFFORTS.length; turn++) {
      const effort = EFFORTS[(i + turn) % EFFORTS.length];
      const start = performance.now();
      const answer = pack.answer('complete', prompt.before, { maxTokens, effort });
      figures[effort].times.push(performance.now() - start);
      if (answer.refused) figures[effort].refused++;
      figures[effort].marks.push(answer.refused ? undefined : judge(answer, prompt));
    }
  }
  return EFFORTS.map((effort) => {
    const { times, refused, marks } = figures[effort];
    return { effort, p50: median(times), p99: percentile(times, 0.99), refused, marks };
  });
}

const percent = (share) => `${(100 * share).toFixed(1)}%`;
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const head = ['effort', 'ms, median', 'ms, 99th percentile', 'refused'];
const cellsOf = ({ effort, p50, p99, refused, marks }) => [
  effort,
  p50.toFixed(2),
  p99.toFixed(2),
  percent(refused / marks.length),
];

function ghostText(pack, sentences) {
  const prompts = sentences.map(typed);
  const rows = measure(pack, prompts, 12, ({ text }, { after }) => rightUnits(text, after));
  const share = ({ marks }, least) => marks.filter((mark) => mark >= least).length / marks.length;
  return {
    rows,
    table: {
      title: 'Ghost text, 12 tokens behind what stands before the caret',
      command: 'npm run bench -- --only effort',
      head: [...head, 'first word right', 'first three', 'right words, mean'],
      rows: rows.map((row) => [
        ...cellsOf(row),
        percent(share(row, 1)),
        percent(share(row, 3)),
        mean(row.marks.map((mark) => mark ?? 0)).toFixed(3),
      ]),
    },
    picture: {
      name: 'effort-ghost',
      alt: 'Right words against time for the three efforts, ghost text',
      svg: curves({
        title: 'Ghost text: completions whose first word is right, against time',
        x: { label: 'milliseconds, median' },
        y: { label: '%' },
        series: [
          {
            name: 'first word',
            points: rows.map((row) => [row.p50, 100 * share(row, 1), row.effort]),
          },
          { name: 'first three', points: rows.map((row) => [row.p50, 100 * share(row, 3)]) },
        ],
      }),
    },
  };
}

function completions(pack, sentences) {
  const prompts = sentences.map(({ words }) => ({ before: words.slice(0, 4).join(' ') }));
  const bits = (text) => {
    const score = pack.engine.score(text, 0);
    return score.bitsPerByte * Buffer.byteLength(text);
  };
  const rows = measure(pack, prompts, 40, ({ text }, { before }) => {
    const bytes = Buffer.byteLength(text);
    return bytes === 0 ? undefined : (bits(before + text) - bits(before)) / bytes;
  });
  // Of prompts that every effort continues, so that it is the same work.
  const all = prompts.map((_, i) => rows.every(({ marks }) => marks[i] !== undefined));
  const common = rows.map(({ marks }) => mean(marks.filter((_, i) => all[i])));
  return {
    rows,
    table: {
      title: 'Completions of 40 tokens behind the first four words of a sentence',
      command: 'npm run bench -- --only effort',
      head: [...head, 'bits a byte, by the pack’s own counts'],
      rows: rows.map((row, i) => [...cellsOf(row), common[i].toFixed(3)]),
    },
    picture: {
      name: 'effort-complete',
      alt: 'Bits a byte against time for the three efforts, completions',
      svg: curves({
        title: 'Completions: bits a byte against time; less is likelier',
        x: { label: 'milliseconds, median' },
        y: { label: 'bits a byte' },
        series: [
          {
            name: '40 tokens',
            points: rows.map(({ effort, p50 }, i) => [p50, common[i], effort]),
          },
        ],
      }),
    },
  };
}

export async function run({ corpora, quick }) {
  const corpus = corpora.open(quick ? 'brown' : 'python-docs') ?? corpora.open('brown');
  if (!corpus) return {};
  const { train, test } = corpora.split(corpus);
  const pack = await mount('simd128', packOf(`${corpus.name}.train`, train).folder);
  const sentences = sentencesOf(test, quick ? 30 : 600);
  const measured = [ghostText(pack, sentences), completions(pack, sentences)];
  return {
    text: [
      `From ${sentences.length} sentences of held-out documents of ${corpus.name}, in WebAssembly under Node; the efforts take turns. Ghost text is held against how the author went on, which is harder than being good. Long completions are judged by how likely the pack’s own counts find them, which is what a wider search is for; most are refused where nothing in the pack goes on about the same things. Answers and overviews always look at all that is there: \`effort\` changes nothing for them.`,
    ],
    tables: measured.map(({ table }) => table),
    pictures: measured.map(({ picture }) => picture),
    data: measured.map(({ rows }) => rows.map(({ marks, ...rest }) => rest)),
  };
}

export function inShort({ tables }) {
  const [ghost] = tables;
  const at = ghost.head.indexOf('first word right');
  const [fast, balanced, deep] = ghost.rows.map((row) => `${row[at]} at ${row[1]} ms`);
  return [
    `Effort, first word of ghost text right: fast ${fast}, balanced ${balanced}, deep ${deep}.`,
  ];
}
