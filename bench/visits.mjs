// How long visits take in Chromium, at full speed and with the page's processes slowed down: the first
// one, a second one from the stored index, and a second one that has to build it from the stored shards.
// Usage: npm run bench:visits -- [--pack DIR] [--runs N] [--slow N]
// Prints one JSON object: for each kind of visit the medians, in milliseconds, from the call of `create`
// to the first answer and to `ready`, and the bytes of the pack that travelled.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../scripts/lib/chromium.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { startServer } from '../scripts/lib/server.mjs';

/** Processes that render pages of this browser, its workers' threads among them. */
function renderersOf(browserPid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {} // It has ended.
  }
  const isOurs = (pid) => pid === browserPid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => {
    if (!isOurs(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer');
    } catch {
      return false;
    }
  });
}

/** Lets them run for one part in `factor` of the time. (Chromium's own throttling leaves workers alone.) */
function slowDown(pids, factor) {
  if (factor <= 1) return () => {};
  const signal = (name) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {} // It has ended.
    }
  };
  const sliceMilliseconds = 5;
  let timer;
  const run = () => {
    signal('SIGCONT');
    timer = setTimeout(stop, sliceMilliseconds);
  };
  const stop = () => {
    signal('SIGSTOP');
    timer = setTimeout(run, sliceMilliseconds * (factor - 1));
  };
  run();
  return () => {
    clearTimeout(timer);
    signal('SIGCONT');
  };
}

/** In the page. */
async function visit({ pack, question, forgetIndex }) {
  const { Cento } = await import(`${location.origin}/dist/index.js`);
  if (forgetIndex) {
    const database = await new Promise((done) => {
      const request = indexedDB.open('cento');
      request.onsuccess = () => done(request.result);
    });
    await new Promise((done) => {
      const transaction = database.transaction('images', 'readwrite');
      transaction.objectStore('images').clear();
      transaction.oncomplete = done;
    });
    database.close();
  }
  const start = performance.now();
  const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js', update: 'manual' });
  await cento.ask(question);
  const firstAnswer = performance.now() - start;
  await cento.ready;
  const ready = performance.now() - start;
  await cento.destroy();
  return { firstAnswer, ready };
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function measure(address, pack, { question, runs, factor }) {
  const kinds = { first: [], second: [], rebuilt: [] };
  for (let i = 0; i < runs; i++) {
    const server = await chromium.launchServer(launchOptions);
    const browser = await chromium.connect(server.wsEndpoint());
    try {
      const context = await browser.newContext();
      for (const kind of ['first', 'second', 'rebuilt']) {
        const page = await context.newPage();
        let bytes = 0;
        page.on('response', async (response) => {
          if (!response.url().includes('/packs/')) return;
          bytes += Number((await response.allHeaders())['content-length'] ?? 0);
        });
        await page.goto(`${address}bench/followers.html`);
        const goOn = slowDown(renderersOf(server.process().pid), factor);
        try {
          const times = await page.evaluate(visit, {
            pack,
            question,
            forgetIndex: kind === 'rebuilt',
          });
          kinds[kind].push({ ...times, bytes });
        } finally {
          goOn();
        }
        await page.close();
      }
    } finally {
      await browser.close();
      await server.close();
    }
  }
  const summary = (visits, key) => Math.round(median(visits.map((one) => one[key])));
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, visits]) => [
      kind,
      Object.fromEntries(
        ['firstAnswer', 'ready', 'bytes'].map((key) => [key, summary(visits, key)]),
      ),
    ]),
  );
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: 'build/packs/factbook' },
      question: { type: 'string', default: 'What is the total area of Kenya?' },
      runs: { type: 'string', default: '5' },
      slow: { type: 'string', default: '6' },
    },
  });
  const folder = resolve(values.pack);
  if (!existsSync(`${folder}/manifest.json`)) throw new UserError(`${folder} holds no pack`);
  const server = await startServer({ isolated: true, packs: dirname(folder) });
  try {
    const pack = `/packs/${encodeURIComponent(basename(folder))}/manifest.json`;
    const options = { question: values.question, runs: Number(values.runs) };
    const report = {};
    for (const factor of [1, Number(values.slow)]) {
      report[`slower x ${factor}`] = await measure(server.address, pack, { ...options, factor });
    }
    console.log(JSON.stringify(report, null, 1));
  } finally {
    await server.close();
  }
});
