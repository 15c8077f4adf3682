// What the engine's steps and calls take: natively, and in the WebAssembly that browsers get.
import { existsSync, writeFileSync } from 'node:fs';
import { bars } from '../lib/chart.mjs';
import { packOf, textOf, workDir } from '../lib/corpora.mjs';
import { interleaved, median, shown } from '../lib/measure.mjs';
import { percentile } from '../lib/ranking.mjs';
import { cento, centoInWasm, wasmTool } from '../lib/tool.mjs';
import { mount } from '../lib/wasm-engine.mjs';

const seed = 1;
const KINDS = ['native', 'simd128', 'scalar'];

/** What `cento bench` is given, one a line: plain sentences of a dozen words and more, from all over the corpus. */
function sentencesOf(documents, count) {
  const all = documents.flatMap((document) =>
    textOf(document)
      .split(/\n+|(?<=[.!?]) /)
      .map((sentence) => sentence.trim())
      .filter((sentence) => /^[A-Z][ -~]{50,300}\.$/.test(sentence) && !/ {2}|\d/.test(sentence))
      .filter((sentence) => sentence.split(' ').length >= 12),
  );
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, i) => i % step === 0).slice(0, count);
}

const words = (sentence, first, count) =>
  sentence
    .split(' ')
    .slice(first, first + count)
    .join(' ');

/** The operations of engine/cli/bench_command.cc, with their checksums. */
const operations = {
  followers: ({ engine }, _, call) => BigInt(engine.benchFollowers(seed, call, 1)),
  encode: ({ engine }, sentence) => engine.encode(sentence).length,
  count: ({ engine }, sentence) => engine.count(` ${words(sentence, 1, 3)}`),
  locate: ({ engine }, sentence) => engine.locate(` ${words(sentence, 1, 2)}`, 10).count,
  predict: ({ engine }, sentence) => engine.predict(words(sentence, 0, 5), 10).tokens.length,
  score: ({ engine }, sentence) => engine.score(sentence, 0).tokens,
  suggest: ({ engine }, sentence) =>
    engine.suggest({
      text: words(sentence, 0, 5).slice(0, -1),
      limit: 3,
      maxWords: 6,
      maxEdits: 1,
      skipShown: false,
      addSpace: false,
    }).suggestions.length,
  ghost: (pack, sentence) => answer(pack, 'complete', words(sentence, 0, 5), 12),
  complete: (pack, sentence) => answer(pack, 'complete', words(sentence, 0, 4), 40),
  ask: (pack, sentence) => answer(pack, 'ask', `What ${words(sentence, 1, 6)}?`, 40),
  overview: (pack, sentence) => answer(pack, 'overview', words(sentence, 3, 2), 40),
  search: (pack, sentence) => pack.search(words(sentence, 2, 3)).results.length,
  trace: (pack, sentence) => pack.trace(sentence).spans.length,
  check: (pack, sentence) => pack.check(sentence).attested,
};

const answer = (pack, operation, input, maxTokens) =>
  Buffer.byteLength(pack.answer(operation, input, { maxTokens, grounding: 'phrase' }).text);

/** As `cento bench --json`: microseconds of each operation, and its checksum. */
function inWasm(pack, sentences, calls) {
  const figures = {};
  for (const [name, run] of Object.entries(operations)) {
    const times = [];
    let checksum = 0n;
    for (let call = 0; call < calls; call++) {
      const start = performance.now();
      const result = run(pack, sentences[call % sentences.length], call);
      times.push((performance.now() - start) * 1000);
      checksum += BigInt(result);
    }
    figures[name] = percentile(times, 0.5);
    figures[`${name}Checksum`] = Number(BigInt.asUintN(64, checksum));
  }
  return figures;
}

function natively(folder, path, calls) {
  const told = cento(['bench', folder, '--sentences', path, '--calls', calls]);
  return Object.fromEntries(
    Object.keys(operations).flatMap((name) => [
      [name, told[`${name}P50Us`]],
      [`${name}Checksum`, told[`${name}Checksum`]],
    ]),
  );
}

const meaning = {
  followers: 'exact top-10 followers',
  encode: 'a sentence to tokens',
  count: 'places of three words, counted',
  locate: 'places of two words, ten of them named',
  predict: 'ten likeliest next tokens',
  score: 'a sentence scored',
  suggest: 'three suggestions at a keystroke',
  ghost: 'a completion of 12 tokens',
  complete: 'a completion of 40 tokens',
  ask: 'a question',
  overview: 'an overview of 40 words',
  search: 'a search',
  trace: 'a sentence traced to its sources',
  check: 'a sentence checked',
};

const steps = {
  rankNear: 'rank, bits in the first cache',
  rankFar: 'rank in 128 MiB, each place from the rank before (latency)',
  rankFarMany: 'rank in 128 MiB, places known beforehand',
  step: 'backward step in the pack',
  followers: 'exact top-10 in the pack',
  locate: 'position of a row',
};

async function timeSteps(folder, rounds, calls) {
  const run = (tool) => () => {
    const told = tool(['bench', folder, '--index', '--calls', calls]);
    return Object.fromEntries(Object.keys(steps).map((name) => [name, told[`${name}Ns`]]));
  };
  const variants = { native: run(cento) };
  if (existsSync(wasmTool)) variants.wasm = run(centoInWasm);
  const figures = await interleaved(rounds, variants);
  const rank = [figures.native.rankNear.median, figures.native.rankFarMany.median];
  const targets = [
    target('rank in cache, natively', '≤ 12 ns', `${rank[0].toFixed(1)} ns`, rank[0] <= 12),
    target('rank out of cache, natively', '≤ 60 ns', `${rank[1].toFixed(1)} ns`, rank[1] <= 60),
  ];
  const table = {
    title: 'Steps of the pattern index, nanoseconds',
    command: 'cento bench DIR --index',
    head: [
      'step',
      'native',
      ...(variants.wasm ? ['WebAssembly, SIMD128 (the tool under Node)', 'ratio'] : []),
    ],
    rows: Object.entries(steps).map(([name, label]) => {
      const { native, wasm } = figures;
      const cells = [label, shown(native[name])];
      if (wasm) {
        const ratio = wasm[name].median / native[name].median;
        cells.push(shown(wasm[name]), `${ratio.toFixed(2)} ×`);
      }
      return cells;
    }),
  };
  return { table, targets };
}

const target = (what, aim, measured, isMet) => ({ what, aim, measured, isMet });

export async function run({ corpora, quick }) {
  const corpus = corpora.open('factbook');
  if (!corpus) return { missing: ['everything: the Factbook is not there'] };
  const documents = quick ? corpus.documents.slice(0, 40) : corpus.documents;
  const { folder } = packOf('factbook', documents);
  const [rounds, calls, count] = quick ? [2, 10, 10] : [5, 200, 200];
  const sentences = sentencesOf(documents, count);
  const path = `${workDir}/sentences.txt`;
  writeFileSync(path, sentences.map((sentence) => `${sentence}\n`).join(''));
  const packs = { simd128: await mount('simd128', folder), scalar: await mount('scalar', folder) };
  for (const pack of Object.values(packs)) inWasm(pack, sentences, 10); // until it is compiled well
  const figures = await interleaved(rounds, {
    native: () => natively(folder, path, calls),
    simd128: () => inWasm(packs.simd128, sentences, calls),
    scalar: () => inWasm(packs.scalar, sentences, calls),
  });
  const names = Object.keys(operations);
  const others = names.filter(
    (name) =>
      new Set(Object.values(figures).map((each) => each[`${name}Checksum`].median)).size > 1,
  );
  const tokensScored = figures.native.scoreChecksum.median / calls; // of a sentence, mean
  const ratio = (name, above, below) => figures[above][name].median / figures[below][name].median;
  const timed = await timeSteps(folder, rounds, quick ? 10 : 200);
  const slower = median(names.map((name) => ratio(name, 'simd128', 'native')));
  const gain = ratio('followers', 'scalar', 'simd128');
  return {
    text: [
      `The engine's calls on the pack of ${documents.length} documents of the Factbook, the same ${sentences.length} sentences of it, one call after the other: natively, and as the two WebAssembly files that browsers choose from, here under Node. There, texts go in and JSON comes out of WebAssembly within what is timed; natively nothing is copied, which is most of the ratio where a call is short. The WebAssembly is compiled for size, but for the queries of the index; ranks count words in both files, because vectors were slower ([algorithms.md](algorithms.md)). ` +
        (others.length === 0
          ? 'The checksums of all three are equal: it is the same work.'
          : `The checksums differ for ${others.join(', ')}.`),
    ],
    tables: [
      timed.table,
      {
        title: 'Calls, microseconds (median of a round’s calls; rounds as above)',
        command: 'npm run bench -- --only engine',
        head: ['call', 'native', 'SIMD128', 'scalar', 'SIMD128 ÷ native', 'scalar ÷ SIMD128'],
        rows: [
          ...names.map((name) => [
            `${name}: ${meaning[name]}`,
            ...KINDS.map((kind) => shown(figures[kind][name])),
            ratio(name, 'simd128', 'native').toFixed(2),
            ratio(name, 'scalar', 'simd128').toFixed(2),
          ]),
          [
            'of these, a token scored',
            ...KINDS.map((kind) => (figures[kind].score.median / tokensScored).toFixed(1)),
            '',
            '',
          ],
        ],
      },
    ],
    pictures: [
      {
        name: 'engine',
        alt: 'Time of each call in WebAssembly, native being 1',
        svg: bars({
          title: 'Time of a call in WebAssembly with SIMD128; native is 1',
          rows: names.map((name) => ({
            label: name,
            value: ratio(name, 'simd128', 'native'),
            isOurs: true,
          })),
        }),
      },
    ],
    targets: [
      ...timed.targets,
      target('top-10 with SIMD128 beside scalar', '≥ 1.5 ×', `${gain.toFixed(2)} ×`, gain >= 1.5),
      target(
        'a call in WebAssembly beside native, median of all',
        '≤ 1.6 ×',
        `${slower.toFixed(2)} ×`,
        slower <= 1.6,
      ),
    ],
    data: figures,
  };
}

export function inShort({ data }) {
  const names = Object.keys(operations);
  const middle = (above, below) =>
    median(names.map((name) => data[above][name].median / data[below][name].median)).toFixed(2);
  return [
    `WebAssembly takes ${middle('simd128', 'native')} times as long as native code (median of all calls); without SIMD128 ${middle('scalar', 'simd128')} times as long as with it.`,
  ];
}
