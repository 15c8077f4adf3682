/**
 * Builds the index of a pack and times one query after the other: `cento eval followers` in a browser;
 * then what is asked at each keystroke, and how fast a text is scored.
 */

import { answerParams } from '../../src/client/arguments.js';
import { type Manifest, parseManifest } from '../../src/loader/manifest.js';
import { requestBytes } from '../../src/worker/answer_bytes.js';
import { type Engine, instantiate } from '../../src/worker/module.js';
import { hasSimd } from '../../src/worker/simd.js';
import { latency, quantile, round } from './latency.js';
import type { BenchAnswer, BenchReport, BenchRequest } from './messages.js';

const say = (answer: BenchAnswer) => postMessage(answer);

async function bytesOf(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server answers ${response.status} for ${url}.`);
  return new Uint8Array(await response.arrayBuffer());
}

async function filesOf(manifestUrl: string): Promise<[Uint8Array, ...Uint8Array[]]> {
  const text = new TextDecoder().decode(await bytesOf(new URL(manifestUrl)));
  const { tables, shards }: Manifest = parseManifest(text);
  const urlOf = ({ file }: { file: string }) => new URL(file, manifestUrl);
  return [
    await bytesOf(urlOf(tables)),
    ...(await Promise.all(shards.map((shard) => bytesOf(urlOf(shard))))),
  ];
}

const PASSAGES = 40;
const PASSAGE_BYTES = 2000;

/** Passages from all over the pack. */
function passages(engine: Engine): string {
  const { sources } = engine.locate(' and', 1 << 14);
  const step = Math.max(1, Math.floor(sources.length / PASSAGES));
  return sources
    .filter((_, i) => i % step === 0)
    .map(({ documentId, start, end }) => {
      const { before, text, after } = engine.excerpt(documentId, start, end, PASSAGE_BYTES);
      return before + text + after;
    })
    .join('\n\n');
}

/** Types `text`, a character at a time. */
function timeSuggest(engine: Engine, text: string, keystrokes: number) {
  const times = new Float64Array(Math.min(keystrokes, text.length));
  for (let i = 0; i < times.length; i++) {
    const start = performance.now();
    engine.suggest({
      text: text.slice(0, i + 1),
      limit: 3,
      maxWords: 6,
      maxEdits: 1,
      skipShown: false,
      addSpace: false,
    });
    times[i] = performance.now() - start;
  }
  return latency(times);
}

function timeAsk(engine: Engine, questions: string[]): BenchReport['ask'] {
  const times = new Float64Array(questions.length);
  let refused = 0;
  let highlighted = 0;
  for (const [i, question] of questions.entries()) {
    const start = performance.now();
    const task = engine.answer(requestBytes(answerParams('ask', question, {})));
    while (task.step(1 << 24));
    const answer = task.result();
    task.delete();
    times[i] = performance.now() - start;
    if (answer.refused) refused++;
    if (answer.highlight) highlighted++;
  }
  return { ...latency(times), refused, highlighted };
}

function timeScore(engine: Engine, text: string): BenchReport['score'] {
  const start = performance.now();
  const { tokens, bitsPerByte } = engine.score(text, 0);
  const seconds = (performance.now() - start) / 1000;
  return { tokens, tokensPerSecond: Math.round(tokens / seconds), bitsPerByte };
}

async function measure(request: BenchRequest): Promise<{ report: BenchReport; text: string }> {
  const { manifestUrl, queries, seed, keystrokes } = request;
  say({ type: 'state', text: 'Downloading the pack…' });
  const file = hasSimd() ? '../cento.wasm' : '../cento-scalar.wasm';
  const wasm = await WebAssembly.compile(await bytesOf(new URL(file, import.meta.url)));
  const module = await instantiate(wasm);
  const [tables, ...shards] = await filesOf(manifestUrl);
  say({ type: 'state', text: 'Building the index…' });
  const engine = new module.Engine();
  const expresser = new module.Expresser();
  const begin = performance.now();
  expresser.openTables(tables);
  for (const shard of shards) expresser.addShard(shard);
  const image = expresser.express();
  const expressSeconds = (performance.now() - begin) / 1000;
  expresser.delete();
  engine.openTables(tables);
  engine.mount(image);

  say({ type: 'state', text: `Asking ${queries} times…` });
  const times = new Float64Array(queries);
  let checksum = 0n;
  for (let query = 0; query < queries; query++) {
    const start = performance.now();
    const one = engine.benchFollowers(seed, query, 1);
    times[query] = performance.now() - start;
    checksum += BigInt(one);
  }
  times.sort();
  const text = request.text ?? passages(engine);
  say({ type: 'state', text: `Typing ${keystrokes} characters…` });
  const suggest = timeSuggest(engine, text, keystrokes);
  const { questions } = request;
  say({ type: 'state', text: `Asking ${questions.length} questions…` });
  const ask = timeAsk(engine, questions);
  say({ type: 'state', text: 'Scoring a text…' });
  const score = timeScore(engine, text);
  const report = {
    queries,
    p50Us: round(quantile(times, 0.5) * 1000),
    p99Us: round(quantile(times, 0.99) * 1000),
    expressSeconds: round(expressSeconds),
    suggest,
    ask,
    score,
    memoryBytes: module.memoryBytes(),
    checksum: BigInt.asUintN(64, checksum).toString(16).padStart(16, '0'),
    isolated: crossOriginIsolated,
    kernel: module.kernel(),
    userAgent: navigator.userAgent,
  };
  return { report, text };
}

addEventListener('message', ({ data }: MessageEvent<BenchRequest>) => {
  measure(data).then(
    (done) => say({ type: 'report', ...done }),
    (error: Error) => say({ type: 'error', message: error.message }),
  );
});
