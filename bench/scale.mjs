// What a large pack costs in Chromium, beside smaller ones: to build, to load and to ask. Prints one JSON
// object. Usage: npm run bench:scale -- [--pack DIR]... [--calls N]
// Without --pack: Rust's documentation (12,404 pages, 49 MB of text), which is fetched from Debian's archive and
// built from its HTML first (the seconds of that are reported), beside the default model.
// Times are seconds of a clock and, where `Cpu` is in their name, of the processor for the busiest thread: other
// work on the machine adds to the former. `engine` is what a call takes in the worker, `page` with messages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { htmlFolder } from '../models/rust-docs/html.mjs';
import { launchOptions } from '../scripts/lib/chromium.mjs';
import { distDir, packsDir } from '../scripts/lib/paths.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { startServer } from '../scripts/lib/server.mjs';
import { openMeasured } from './lib/measured-page.mjs';
import { peakResidentBytes, renderersOf, watchThreads } from './lib/renderers.mjs';

/** Seconds that building the pack from its pages takes. */
function build(out) {
  const start = performance.now();
  const options = ['--name', 'rust-docs', '--title', 'Rust', '--licence', 'MIT OR Apache-2.0'];
  const cli = [`${distDir}/cli.js`, 'build', htmlFolder(), '--out', out, '--json', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, cli, { maxBuffer: 1 << 26 });
  if (status !== 0) throw new UserError(String(stderr).slice(-2000));
  const { documents, textBytes, wireBytes, seconds } = JSON.parse(stdout);
  const whole = round((performance.now() - start) / 1000);
  return { documents, textBytes, wireBytes, buildSeconds: whole, ofTheseTool: round(seconds) };
}

const KINDS = ['suggest', 'next', 'count', 'ghost', 'complete', 'ask', 'search', 'overview'];
const round = (value) => Number(value.toFixed(1));
const megabytes = (bytes) => round(bytes / 1e6);

/** The most that both workers' WebAssembly held at a time; it never shrinks while a worker lives. */
function memoryOf(told) {
  const bytes = { engine: 0, expression: 0 };
  for (const one of told) bytes[one.worker] = Math.max(bytes[one.worker], one.bytes);
  // The expression's worker ends after the last index was built; what the engine takes then is its own.
  const last = told.findLast(({ call }) => call === 'expresser_express')?.at ?? 0;
  const before = told.filter(({ worker, at }) => worker === 'engine' && at <= last);
  const during = Math.max(0, ...before.map((one) => one.bytes)) + bytes.expression;
  return {
    engine: megabytes(bytes.engine),
    expression: megabytes(bytes.expression),
    together: megabytes(Math.max(during, bytes.engine)),
  };
}

function loadOf({ times, told }) {
  const express = told.filter(({ call }) => call === 'expresser_express');
  const sum = (call) =>
    round(told.reduce((all, one) => all + (one.call === call ? one.milliseconds : 0), 0));
  return {
    firstAnswerMs: round(times.firstAnswer),
    coveredThen: times.covered,
    readyMs: round(times.ready),
    expressSeconds: express.map(({ milliseconds }) => round(milliseconds / 1000)),
    addShardMs: sum('expresser_add_shard'),
    mountMs: sum('engine_mount'),
    wasmMegabytes: memoryOf(told),
  };
}

async function measure(address, folder, calls) {
  const server = await chromium.launchServer(launchOptions);
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const context = await browser.newContext();
    const visit = async (work) => {
      const page = await context.newPage();
      await page.goto(`${address}measured/empty.html`); // its process is known from here on
      const threads = watchThreads(renderersOf(server.process().pid));
      const pack = `/packs/${encodeURIComponent(basename(folder))}/manifest.json`;
      const question = 'What is the total area of Kenya?';
      const opened = await openMeasured(page, address, { pack, question });
      const busiest = threads.stop();
      const peak = peakResidentBytes(renderersOf(server.process().pid));
      const result = await work?.(page);
      await page.evaluate(() => globalThis.close());
      await page.close();
      return {
        ...loadOf(opened),
        busiestThreadCpuSeconds: round(busiest),
        processMegabytes: megabytes(peak),
        ...result,
      };
    };
    return {
      first: await visit(async (page) => ({
        latencies: await page.evaluate((given) => globalThis.ask(given), { calls, kinds: KINDS }),
      })),
      second: await visit(),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', multiple: true },
      calls: { type: 'string', default: '400' },
    },
  });
  const folders = values.pack ?? [`${packsDir}/rust-docs`, `${packsDir}/factbook`];
  const report = {};
  if (!values.pack) report.build = build(folders[0]);
  for (const folder of folders.map((one) => resolve(one))) {
    if (!existsSync(`${folder}/manifest.json`)) throw new UserError(`${folder} holds no pack`);
    const server = await startServer({
      isolated: true,
      packs: dirname(folder),
      more: { '/measured/': fileURLToPath(new URL('lib/measured', import.meta.url)) },
    });
    try {
      report[basename(folder)] = await measure(server.address, folder, Number(values.calls));
    } finally {
      await server.close();
    }
  }
  console.log(JSON.stringify(report, null, 1));
});
