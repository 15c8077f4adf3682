// How well held-out pages are predicted from the training pages: bits a byte, speed and bytes.
import { bars } from '../lib/chart.mjs';
import { compressors, zstdKnowing } from '../lib/compressors.mjs';
import { bytesOf, fileOf, packOf, textOf } from '../lib/corpora.mjs';
import { KneserNey } from '../lib/kneser-ney.mjs';
import { spreadOf } from '../lib/measure.mjs';
import { cento } from '../lib/tool.mjs';
import { mount } from '../lib/wasm-engine.mjs';

const order = 5;
const whole = (value) => Math.round(value).toLocaleString('en');
const cpuSeconds = (before) => process.cpuUsage(before).user / 1e6;

function withCento(pack, test, rounds) {
  const input = fileOf('held-out', test);
  const runs = Array.from({ length: rounds }, () =>
    cento(['eval', 'lm', pack.folder, '--input', input]),
  );
  const { residentBytes } = cento(['info', pack.folder]);
  const [{ bitsPerByte, bytes, tokens }] = runs;
  return {
    row: {
      name: 'Cento',
      isOurs: true,
      bitsPerByte,
      modelBytes: pack.wireBytes,
      memory: residentBytes,
      tokensPerSecond: spreadOf(runs.map((run) => run.tokensPerSecond)).median,
    },
    bytes,
    tokens,
  };
}

/** Over the pack's own tokens, so that both predict the same sequence. */
async function withKneserNey(pack, { train, test }, bytes) {
  const { engine } = await mount('simd128', pack.folder);
  const tokensOf = (documents) =>
    documents.map((one) => Uint32Array.from(engine.encode(textOf(one))));
  const { vocabulary } = engine.summary();
  const [counted, asked] = [tokensOf(train), tokensOf(test)];
  const model = new KneserNey(counted, vocabulary, order);
  const start = process.cpuUsage();
  const bits = -asked.reduce((sum, tokens) => sum + model.log2Of(tokens), 0);
  const tokens = asked.reduce((sum, one) => sum + one.length + 1, 0);
  return {
    name: `Kneser-Ney, order ${order}`,
    bitsPerByte: bits / bytes,
    memory: model.bytes(),
    tokensPerSecond: tokens / cpuSeconds(start),
  };
}

/** Both compressed together, less the training pages alone. */
function withCompressor({ name, bytes }, train, both, testBytes) {
  const alone = bytes(train);
  return { name, bitsPerByte: (8 * (bytes(both) - alone)) / testBytes, modelBytes: alone };
}

async function measure(corpora, corpus, rounds) {
  const parts = corpora.split(corpus);
  const pack = packOf(`${corpus.name}.train`, parts.train);
  const { row, bytes, tokens } = withCento(pack, parts.test, rounds);
  const rows = [row, await withKneserNey(pack, parts, bytes)];
  const train = bytesOf(parts.train);
  const test = bytesOf(parts.test);
  const both = Buffer.concat([train, Buffer.from('\n\n'), test]);
  for (const compressor of compressors.filter(({ isThere }) => isThere()))
    rows.push(withCompressor(compressor, train, both, test.length));
  const zstd = rows.find(({ name }) => name.startsWith('zstd'));
  if (zstd)
    rows.push({
      name: `${zstd.name} --patch-from`,
      bitsPerByte: (8 * zstdKnowing(train, test)) / test.length,
      modelBytes: zstd.modelBytes,
    });
  const figure = (value) => (value === undefined ? '–' : whole(value));
  const title = `${corpus.name}: ${parts.test.length} of ${parts.test.length + parts.train.length} documents held out, ${whole(bytes)} bytes, ${whole(tokens)} tokens`;
  return {
    table: {
      title,
      command: 'npm run bench -- --only language-model',
      head: [
        'model',
        'bits a byte',
        'bytes that hold the training text',
        'bytes in memory',
        'tokens a second',
      ],
      rows: rows.map((one) => [
        one.name,
        one.bitsPerByte.toFixed(3),
        figure(one.modelBytes),
        figure(one.memory),
        figure(one.tokensPerSecond),
      ]),
    },
    picture: {
      name: `language-model-${corpus.name}`,
      alt: `Bits a byte on held-out documents of ${corpus.name}; less is better`,
      svg: bars({
        title: `Bits a byte on held-out documents of ${corpus.name}; less is better`,
        rows: rows.map(({ name, bitsPerByte, isOurs }) => ({
          label: name,
          value: bitsPerByte,
          isOurs,
          note: bitsPerByte.toFixed(3),
        })),
      }),
    },
    rows,
  };
}

export async function run({ corpora, quick }) {
  const names = quick ? ['brown'] : ['python-docs', 'brown', 'factbook'];
  const measured = [];
  for (const corpus of corpora.openAll(names))
    measured.push(await measure(corpora, corpus, quick ? 1 : 5));
  const missing = compressors
    .filter(({ isThere }) => !isThere())
    .map(({ name }) => `${name}: not installed`);
  return {
    text: [
      'Each model knows the training documents and predicts documents that it has not seen; where a corpus does not come in two parts, one document in ten, chosen by the hash of its id, is held out. A compressor’s bits are those of both parts together less those of the training part alone. Kneser-Ney (interpolated, modified; Chen & Goodman 1998) is counted by the bench over the same tokens, in JavaScript: its speed is that of another language. It stays as it was counted; the others also learn from the text before the place that they predict. Cento’s tokens a second are native, on one core. What holds the training text is the pack, complete with titles, places and tables for questions, or the compressed plain text.',
    ],
    tables: measured.map(({ table }) => table),
    pictures: measured.map(({ picture }) => picture),
    missing,
    data: measured.map(({ rows }) => rows),
  };
}

/** What a reader who reads no table should know, won and lost. */
export function inShort({ data, tables }) {
  return data.map((rows, i) => {
    const [own, ...others] = rows;
    const corpus = tables[i].title.split(':')[0];
    const best = others.reduce((a, b) => (b.bitsPerByte < a.bitsPerByte ? b : a));
    const smallest = rows
      .filter(({ modelBytes }) => modelBytes)
      .sort((a, b) => a.modelBytes - b.modelBytes)[0];
    const fastest = others.find(({ tokensPerSecond }) => tokensPerSecond > own.tokensPerSecond);
    return [
      `Held-out text of ${corpus}: Cento ${own.bitsPerByte.toFixed(3)} bits a byte, the best of the others (${best.name}) ${best.bitsPerByte.toFixed(3)}.`,
      smallest !== own &&
        `${smallest.name} holds the same text in ${percentOf(smallest.modelBytes, own.modelBytes)} of the bytes.`,
      fastest &&
        `${fastest.name} scores ${(fastest.tokensPerSecond / own.tokensPerSecond).toFixed(1)} times as many tokens a second, in ${(fastest.memory / own.memory).toFixed(0)} times the memory.`,
    ]
      .filter(Boolean)
      .join(' ');
  });
}

const percentOf = (part, whole) => `${((100 * part) / whole).toFixed(0)}%`;
