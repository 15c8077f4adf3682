/** Figures measured in this tab. */

import type { AnswerStream, Cento, Fragment } from '../src/index.js';
import { byId, h } from './dom.js';
import * as format from './format.js';

const LABELS = {
  downloaded: 'downloaded on this visit',
  requests: 'requests since it was ready',
  suggest: 'to suggest a word',
  answer: 'to answer a question',
  first: 'to the first passage',
  speed: 'tokens a second',
  memory: 'memory of the engine',
};

export type Meter = keyof typeof LABELS;

const values = new Map<Meter, HTMLElement>();

export function setUpMeters(): void {
  const list = byId('meters', HTMLDListElement);
  for (const name of Object.keys(LABELS) as Meter[]) {
    const value = h('dd', { id: `meter-${name}` }, '–');
    values.set(name, value);
    list.append(h('div', {}, h('dt', {}, LABELS[name]), value));
  }
}

export function setMeter(name: Meter, text: string): void {
  (values.get(name) as HTMLElement).textContent = text;
}

/** Passes on what is composed; measures when its first passage comes, and how fast its tokens do. */
export async function* measured(stream: AnswerStream): AsyncGenerator<Fragment> {
  const start = performance.now();
  const passed = () => performance.now() - start;
  let tokens = 0;
  for await (const fragment of stream) {
    if (tokens === 0) setMeter('first', format.milliseconds(passed()));
    tokens += fragment.tokens;
    yield fragment;
  }
  if (tokens > 0) setMeter('speed', format.count((tokens / passed()) * 1000));
}

export async function measureMemory(cento: Cento): Promise<void> {
  setMeter('memory', format.bytes((await cento.info()).memoryBytes));
}

/** Counts what the browser itself says of this page's requests. `ready`: from when on there should be none. */
export function watchNetwork(ready: Promise<void>): void {
  let readyAt = Number.POSITIVE_INFINITY;
  let received = 0;
  let requests = 0;
  const add = (entry: PerformanceResourceTiming) => {
    received += entry.transferSize;
    if (entry.startTime > readyAt) requests++;
    setMeter('downloaded', format.bytes(received));
    if (readyAt < Number.POSITIVE_INFINITY) setMeter('requests', format.count(requests));
  };
  for (const type of ['navigation', 'resource']) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) add(entry as PerformanceResourceTiming);
    }).observe({ type, buffered: true });
  }
  void ready.then(() => {
    readyAt = performance.now();
    setMeter('requests', '0');
  });
}
