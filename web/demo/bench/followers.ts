/** The measuring page: `?pack=…&queries=…&seed=…&run` measures at once, which `npm run bench:browser` uses. */

import { byId, h } from '../dom.js';
import * as format from '../format.js';
import { scriptUrl } from '../trusted.js';
import type { BenchAnswer, BenchReport, BenchRequest } from './messages.js';

const parameters = new URLSearchParams(location.search);
const form = byId('bench-form', HTMLFormElement);
const pack = byId('pack', HTMLInputElement);
const state = byId('state', HTMLParagraphElement);

function show(report: BenchReport): void {
  const facts: [string, string][] = [
    ['median', `${report.p50Us.toFixed(1)} µs`],
    ['99th percentile', `${report.p99Us.toFixed(1)} µs`],
    ['to build the index', `${report.expressSeconds.toFixed(2)} s`],
    ['queries', format.count(report.queries)],
    ['timer steps', report.isolated ? '5 µs (isolated)' : '100 µs (not isolated)'],
    ['rank kernel', report.kernel],
  ];
  byId('meters', HTMLDListElement).replaceChildren(
    ...facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))),
  );
  state.textContent = `Checksum of all followers: ${report.checksum}.`;
}

function measure(): void {
  const worker = new Worker(scriptUrl('followers-worker.js'), { type: 'module' });
  const request: BenchRequest = {
    manifestUrl: new URL(pack.value, document.baseURI).href,
    queries: Number(parameters.get('queries') ?? 20_000),
    seed: Number(parameters.get('seed') ?? 1),
  };
  const end = (text: string) => {
    state.textContent = text;
    worker.terminate();
  };
  worker.onerror = (event) => end(event.message || 'The worker could not be loaded.');
  worker.onmessage = ({ data }: MessageEvent<BenchAnswer>) => {
    if (data.type === 'state') state.textContent = data.text;
    else if (data.type === 'error') end(data.message);
    else {
      worker.terminate();
      show(data.report);
      document.body.dataset.report = JSON.stringify(data.report);
    }
    if (data.type === 'error') document.body.dataset.error = data.message;
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
