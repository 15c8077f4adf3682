/**
 * The measuring page: `?pack=…&queries=…&seed=…&keystrokes=…&run` measures at once, which
 * `npm run bench:browser` uses.
 */

import asked from '../../../models/factbook/asked.json' with { type: 'json' };
import { Cento } from '../../src/index.js';
import { byId, h } from '../dom.js';
import * as format from '../format.js';
import { scriptUrl } from '../trusted.js';
import { latency } from './latency.js';
import type { BenchAnswer, BenchReport, BenchRequest, Latency } from './messages.js';

const parameters = new URLSearchParams(location.search);
const form = byId('bench-form', HTMLFormElement);
const pack = byId('pack', HTMLInputElement);
const state = byId('state', HTMLParagraphElement);

function show(report: BenchReport): void {
  const facts: [string, string][] = [
    ['median', `${report.p50Us.toFixed(1)} µs`],
    ['99th percentile', `${report.p99Us.toFixed(1)} µs`],
    ['to suggest at a keystroke', spread(report.suggest)],
    [
      'the same, asked from the page',
      report.suggestRoundTrip ? spread(report.suggestRoundTrip) : '–',
    ],
    ['to answer a question', spread(report.ask)],
    ['tokens scored a second', format.count(report.score.tokensPerSecond)],
    ['to build the index', `${report.expressSeconds.toFixed(2)} s`],
    ['queries', format.count(report.queries)],
    ['timer steps', report.isolated ? '5 µs (isolated)' : '100 µs (not isolated)'],
    ['kernel', report.kernel],
  ];
  byId('meters', HTMLDListElement).replaceChildren(
    ...facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))),
  );
  state.textContent = `Checksum of all followers: ${report.checksum}.`;
}

const spread = ({ p50Ms, p99Ms }: Latency) => `${p50Ms.toFixed(2)}–${p99Ms.toFixed(2)} ms`;

/** Through the library, as a page does it. */
async function timeRoundTrip(manifestUrl: string, text: string, keystrokes: number) {
  const cento = await Cento.create({
    pack: manifestUrl,
    cache: 'memory',
    workerUrl: '../worker.js',
    wasmUrl: '../cento.wasm',
  });
  await cento.ready;
  const times = new Float64Array(Math.min(keystrokes, text.length));
  for (let i = 0; i < times.length; i++) {
    const start = performance.now();
    await cento.suggest(text.slice(0, i + 1));
    times[i] = performance.now() - start;
  }
  await cento.destroy();
  return latency(times);
}

async function finish(request: BenchRequest, report: BenchReport, text: string): Promise<void> {
  state.textContent = 'Typing again, through the library…';
  const { manifestUrl, keystrokes } = request;
  report.suggestRoundTrip = await timeRoundTrip(manifestUrl, text, keystrokes);
  show(report);
  document.body.dataset.report = JSON.stringify(report);
}

function measure(): void {
  const worker = new Worker(scriptUrl('followers-worker.js'), { type: 'module' });
  const request: BenchRequest = {
    manifestUrl: new URL(pack.value, document.baseURI).href,
    queries: Number(parameters.get('queries') ?? 20_000),
    seed: Number(parameters.get('seed') ?? 1),
    keystrokes: Number(parameters.get('keystrokes') ?? 1000),
    text: (globalThis as { benchText?: string }).benchText,
    questions: (globalThis as { benchQuestions?: string[] }).benchQuestions ?? asked.questions,
  };
  const fail = (text: string) => {
    state.textContent = text;
    document.body.dataset.error = text;
    worker.terminate();
  };
  worker.onerror = (event) => fail(event.message || 'The worker could not be loaded.');
  worker.onmessage = ({ data }: MessageEvent<BenchAnswer>) => {
    if (data.type === 'state') state.textContent = data.text;
    else if (data.type === 'error') fail(data.message);
    else {
      worker.terminate();
      finish(request, data.report, data.text).catch((error: Error) => fail(error.message));
    }
  };
  worker.postMessage(request);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  measure();
});
const given = parameters.get('pack');
if (given !== null) pack.value = given;
if (parameters.has('run')) measure();
