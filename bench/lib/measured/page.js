// What the page of bench/*.mjs does: opens a pack through the library and asks things of it, with what
// happens in the workers told by measure.js.
import { Cento } from '/dist/index.js';

const channel = new BroadcastChannel('measured');
const told = [];
let onReport;
channel.onmessage = ({ data }) => {
  if (data.calls) onReport?.(data);
  else told.push(data);
};

/** What the engine's worker was asked since the last report: {calls: {name: milliseconds[]}, bytes}. */
function report() {
  return new Promise((done) => {
    onReport = done;
    channel.postMessage('report');
  });
}

const policy = globalThis.trustedTypes?.createPolicy('bench', { createScriptURL: (url) => url });
const scriptUrl = (url) => policy?.createScriptURL(url) ?? url;

const now = () => performance.timeOrigin + performance.now();
let cento;

/**
 * Times from the beginning of `create`: to the first answer, which may be a refusal while little has come, to the first
 * that is none (from which share of the pack), to all of it; and what the workers told on the way.
 */
async function open({ pack, question, cache = 'auto', isMeasured = true }) {
  const start = now();
  const times = {};
  let covered;
  cento = await Cento.create({
    pack,
    cache,
    update: 'manual',
    workerUrl: isMeasured ? '/measured/worker.js' : '/dist/worker.js',
    monitor: (monitor) => {
      monitor.addEventListener('coverage', ({ coverage }) => {
        covered ??= coverage.share;
      });
    },
  });
  times.created = now() - start;
  const answer = await cento.ask(question);
  times.firstAnswer = now() - start;
  times.sinceNavigation = performance.now();
  times.covered = covered;
  times.refused = answer.refused;
  let isReady = false;
  const ready = cento.ready.then(() => {
    isReady = true;
  });
  // What has come so far may not hold it.
  let full = answer;
  while (full.refused && !isReady) {
    await Promise.race([ready, new Promise((done) => setTimeout(done, 20))]);
    full = await cento.ask(question);
  }
  times.answered = now() - start;
  times.answeredFrom = full.refused ? undefined : full.coverage.share;
  await ready;
  times.ready = now() - start;
  await new Promise((done) => setTimeout(done, 100)); // what the workers told is on its way
  return { times, told: told.map((one) => ({ ...one, at: one.at - start })) };
}

// At once, as a site does: who drives the browser would take as long as the page to say so.
const opening = new URLSearchParams(location.search).get('open');
globalThis.opened = opening && open(JSON.parse(opening));

globalThis.close = async () => {
  await cento?.destroy();
  cento = undefined;
};

/** The same for every pack: passages from all over it, and what may be asked of them. */
async function workload(calls) {
  const { sources } = await cento.locate(' and', { limit: 1 << 14 });
  const step = Math.max(1, Math.floor(sources.length / calls));
  const places = sources.filter((_, i) => i % step === 0).slice(0, calls);
  const texts = await Promise.all(
    places.map(async ({ documentId, start, end }) => {
      const { before, text, after } = await cento.excerpt(documentId, start, end, {
        contextBytes: 600,
      });
      return (before + text + after).slice(before.length > 300 ? before.length - 300 : 0);
    }),
  );
  const words = texts.map((text) => text.match(/[\p{L}\p{N}]+/gu) ?? ['and']);
  const pick = (list, i, count) => list.slice(i % 7, (i % 7) + count).join(' ');
  const perText = Math.ceil(calls / 40);
  return {
    suggest: texts
      .slice(0, 40)
      .flatMap((text) => Array.from({ length: perText }, (_, i) => text.slice(0, 100 + i))),
    next: words.map((list, i) => ` ${pick(list, i, 1 + (i % 5))}`),
    count: words.map((list, i) => ` ${pick(list, i, 1 + (i % 5))}`),
    complete: texts.map((text) => text.slice(0, 150)),
    ghost: texts.map((text) => text.slice(0, 300)),
    ask: places.map(({ title, headings }) => `What is ${headings.at(-1) ?? title}?`),
    search: words.map((list, i) => pick(list, i, 3)),
    overview: places.map(({ title }) => title),
  };
}

const GHOST = { maxTokens: 12 };
const ways = {
  suggest: (text) => cento.suggest(text),
  next: (text) => cento.next(text, { limit: 10 }),
  count: (text) => cento.count(text),
  complete: (text) => cento.complete(text),
  ghost: (text) => cento.complete(text, GHOST),
  ask: (text) => cento.ask(text),
  overview: (text) => cento.overview(text),
  search: (text) => cento.search(text),
};

export function latency(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Number((sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(3));
  return { calls: sorted.length, p50: at(0.5), p99: at(0.99), max: at(0.999999) };
}

/** What typing takes, at each of `keystrokes`. */
globalThis.typeSuggest = async (keystrokes) => {
  const { suggest } = await workload(40);
  const times = [];
  for (let i = 0; i < keystrokes; i++) {
    const start = performance.now();
    await ways.suggest(suggest[i % suggest.length]);
    times.push(performance.now() - start);
  }
  return latency(times);
};

/** A worker that does nothing but count, for so many milliseconds or so many loops. */
globalThis.spinInWorker = (milliseconds, loops) =>
  new Promise((done) => {
    const worker = new Worker(scriptUrl('spin.js'));
    worker.onmessage = ({ data }) => {
      worker.terminate();
      done(data);
    };
    worker.postMessage({ milliseconds, loops });
  });

/** Milliseconds of calls, one after the other, as the page sees them and in the engine alone. */
globalThis.ask = async ({ calls, kinds, given }) => {
  const load = given ?? (await workload(calls));
  const result = {};
  for (const kind of kinds) {
    await report();
    const times = [];
    const engine = [];
    const slices = [];
    let refused = 0;
    for (const text of load[kind].slice(0, calls)) {
      const start = performance.now();
      const given = await ways[kind](text);
      times.push(performance.now() - start);
      if (given.refused) refused++;
      const { calls: made } = await report();
      engine.push(
        Object.values(made)
          .flat()
          .reduce((sum, one) => sum + one, 0),
      );
      slices.push(...(made.task_step ?? []));
    }
    result[kind] = {
      page: latency(times),
      engine: latency(engine),
      longestSlice: Math.max(0, ...slices),
      refused,
    };
  }
  return result;
};

/** The same calls behind contexts of so many tokens, in milliseconds as the page sees them. */
globalThis.lengthen = async ({ lengths, text, calls }) => {
  const tokens = await cento.encode(text);
  const rows = [];
  for (const length of lengths) {
    const context = await cento.decode(tokens.slice(0, length));
    const typed = (call) => text.slice(0, context.length + call);
    const time = async (way, from, to) => {
      const times = [];
      for (let call = from; call < to; call++) {
        const start = performance.now();
        await ways[way](typed(call));
        times.push(performance.now() - start);
      }
      return latency(times);
    };
    const read = await time('suggest', 0, 1);
    const suggest = await time('suggest', 0, calls);
    await time('ghost', 0, 1);
    const ghost = await time('ghost', 0, calls);
    const complete = await time('complete', 0, calls);
    const start = performance.now();
    await cento.score(context);
    const scoreUs = Number((((performance.now() - start) * 1000) / length).toFixed(3));
    rows.push({ tokens: length, readMs: read.max, suggest, ghost, complete, scoreUs });
  }
  return rows;
};

/**
 * Aborts calls at moments all over them: until when the page hears of it, and until when the engine has
 * answered the next call, which waits until the work has stopped; `whole` is what the call takes otherwise.
 */
globalThis.abortCalls = async ({ kind, inputs, calls }) => {
  const settled = [];
  const stopped = [];
  const whole = [];
  for (let i = 0; i < calls; i++) {
    const input = inputs[i % inputs.length];
    if (i < 10) {
      const start = performance.now();
      await abortable[kind](input);
      whole.push(performance.now() - start);
      continue;
    }
    const stop = new AbortController();
    const work = abortable[kind](input, { signal: stop.signal }).then(
      () => undefined,
      () => performance.now(),
    );
    const delay = (latency(whole).p50 * (i % 16)) / 16;
    const begun = performance.now();
    while (performance.now() - begun < delay) await new Promise((done) => setTimeout(done));
    const start = performance.now();
    stop.abort();
    const next = cento.count('and').then(() => performance.now());
    const end = await work;
    if (end !== undefined) {
      settled.push(end - start);
      stopped.push((await next) - start);
    }
    await next;
  }
  return {
    aborted: settled.length,
    settled: latency(settled),
    stopped: latency(stopped),
    whole: latency(whole),
  };
};

const abortable = {
  ask: (text, options) => Promise.resolve(cento.ask(text, options)),
  overview: (text, options) => Promise.resolve(cento.overview(text, options)),
  complete: (text, options) => Promise.resolve(cento.complete(text, options)),
  ghost: (text, options) => Promise.resolve(cento.complete(text, { ...GHOST, ...options })),
  search: (text, options) => cento.search(text, options),
  check: (text, options) => cento.check(text, options),
};

/** As `workload`, and a text of so many bytes. */
globalThis.inputs = async (calls, bytes) => {
  const load = await workload(calls);
  let text = load.ghost.join('\n\n');
  while (text.length < bytes) text += `\n\n${text}`;
  return { ...load, check: [text.slice(0, bytes)] };
};
