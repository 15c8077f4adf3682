// How long visits take in Chromium, at full speed and as on a phone: the page's processes, workers among
// them, get one part in six of the time, behind a 4G network. The first visit, a second one from the
// stored index, and a second one that has to build it from the stored shards.
// Usage: npm run bench:visits -- [--pack DIR] [--runs N] [--slow N]
// Prints one JSON object: for each kind of visit the medians, in milliseconds, from the call of `create` to
// the first answer and to `ready`, from the navigation to the first answer, and the bytes of the pack that
// travelled; suggestions at each keystroke; and how much slower a worker really was.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../scripts/lib/chromium.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { startServer } from '../scripts/lib/server.mjs';
import { openMeasured } from './lib/measured-page.mjs';
import { renderersOf, slowDown } from './lib/renderers.mjs';
import { FAST_4G, startSlowNetwork } from './lib/slow-network.mjs';

const KINDS = ['first', 'second', 'rebuilt'];
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function visit(page, address, pack, { question, kind, factor, pid }) {
  // Slow from the navigation on; the process that renders is known once there is a page.
  await page.goto('about:blank');
  await page.goto(`${address}measured/empty.html`);
  if (kind === 'rebuilt') await page.evaluate(forgetIndex);
  let bytes = 0;
  page.on('response', async (response) => {
    if (!response.url().includes('/packs/')) return;
    bytes += Number((await response.allHeaders().catch(() => ({})))['content-length'] ?? 0);
  });
  const goOn = slowDown(renderersOf(pid), factor);
  try {
    const { times } = await openMeasured(page, address, { pack, question, isMeasured: false });
    const suggest =
      kind === 'second' ? await page.evaluate(() => globalThis.typeSuggest(200)) : undefined;
    return { ...times, bytes, suggest };
  } finally {
    goOn();
  }
}

/** In the page. */
async function forgetIndex() {
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

/** How many times as long a worker takes for the same work. */
async function slowness(browser, address, pid, factor) {
  const page = await browser.newPage();
  await page.goto(`${address}measured/page.html`);
  const before = await page.evaluate(() => globalThis.spinInWorker(300));
  const goOn = slowDown(renderersOf(pid), factor);
  const after = await page.evaluate((loops) => globalThis.spinInWorker(0, loops), before.loops);
  goOn();
  await page.close();
  return Number((after.milliseconds / before.milliseconds).toFixed(2));
}

async function measure(address, pack, { question, runs, factor }) {
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, []]));
  const slower = [];
  for (let i = 0; i < runs; i++) {
    const server = await chromium.launchServer(launchOptions);
    const browser = await chromium.connect(server.wsEndpoint());
    const { pid } = server.process();
    try {
      const context = await browser.newContext();
      for (const kind of KINDS) {
        const page = await context.newPage();
        kinds[kind].push(await visit(page, address, pack, { question, kind, factor, pid }));
        await page.close();
      }
      slower.push(await slowness(browser, address, pid, factor));
    } finally {
      await browser.close();
      await server.close();
    }
  }
  const summary = (visits, key) => Math.round(median(visits.map((one) => one[key])));
  const keys = ['firstAnswer', 'sinceNavigation', 'ready', 'bytes'];
  const { p50, p99 } = kinds.second.map(({ suggest }) => suggest).sort((a, b) => a.p99 - b.p99)[
    runs >> 1
  ];
  return {
    ...Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        Object.fromEntries(keys.map((key) => [key, summary(kinds[kind], key)])),
      ]),
    ),
    suggest: { p50, p99 },
    workerSlower: median(slower),
  };
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
  const server = await startServer({
    isolated: true,
    packs: dirname(folder),
    more: { '/measured/': fileURLToPath(new URL('lib/measured', import.meta.url)) },
  });
  const network = await startSlowNetwork(server.address, FAST_4G);
  try {
    const pack = `/packs/${encodeURIComponent(basename(folder))}/manifest.json`;
    const options = { question: values.question, runs: Number(values.runs) };
    const factor = Number(values.slow);
    const report = {
      'full speed': await measure(server.address, pack, { ...options, factor: 1 }),
      [`processor ${factor} times slower`]: await measure(server.address, pack, {
        ...options,
        factor,
      }),
      [`the same, ${FAST_4G.downMegabits} Mbit/s and ${FAST_4G.latencyMilliseconds} ms`]:
        await measure(network.address, pack, { ...options, factor }),
    };
    console.log(JSON.stringify(report, null, 1));
  } finally {
    await network.close();
    await server.close();
  }
});
