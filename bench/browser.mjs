// Measures a pack in Chromium, on the demo's measuring page, and prints one JSON object.
// Usage: npm run bench:browser -- --pack DIR [--queries N] [--seed N] [--keystrokes N] [--text FILE]
//   [--questions FILE] [--scalar]
// FILE is typed for the suggestions, and scored: a text, or documents as .jsonl; without it, passages of
// the pack, which are the easiest to foresee. The questions, {question} on each line, are asked once each. With --scalar the browser has
// no SIMD128, and takes the engine's other build.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions, scalarLaunchOptions } from '../scripts/lib/chromium.mjs';
import { distDir } from '../scripts/lib/paths.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { startServer } from '../scripts/lib/server.mjs';

const maxText = 1 << 18;

function textOf(path) {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.jsonl')) return text.slice(0, maxText);
  const documents = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).text);
  return documents.join('\n\n').slice(0, maxText);
}

const questionsOf = (path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).question);

async function measure(address, parameters, text, questions, options) {
  const browser = await chromium.launch(options);
  try {
    const page = await browser.newPage();
    await page.addInitScript(
      (given) => {
        globalThis.benchText = given.text;
        globalThis.benchQuestions = given.questions;
      },
      { text, questions },
    );
    await page.goto(`${address}bench/followers.html?${parameters}&run`);
    const body = page.locator('body[data-report], body[data-error]');
    await body.waitFor({ timeout: 0 });
    const { report, error } = await body.evaluate((element) => ({ ...element.dataset }));
    if (error) throw new UserError(error);
    return JSON.parse(report);
  } finally {
    await browser.close();
  }
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: 'build/packs/factbook' },
      queries: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      keystrokes: { type: 'string', default: '1000' },
      text: { type: 'string' },
      questions: { type: 'string', default: 'models/factbook/questions.jsonl' },
      scalar: { type: 'boolean', default: false },
    },
  });
  const folder = resolve(values.pack);
  if (!existsSync(`${folder}/manifest.json`)) throw new UserError(`${folder} holds no pack`);
  if (!existsSync(`${distDir}/demo/bench`)) throw new UserError('Run: npm run build:web');
  const server = await startServer({ isolated: true, packs: dirname(folder) });
  try {
    const pack = `../packs/${encodeURIComponent(basename(folder))}/manifest.json`;
    const { queries, seed, keystrokes } = values;
    const parameters = new URLSearchParams({ pack, queries, seed, keystrokes });
    const text = values.text === undefined ? undefined : textOf(values.text);
    const questions = questionsOf(values.questions);
    const options = values.scalar ? scalarLaunchOptions : launchOptions;
    const report = await measure(server.address, parameters, text, questions, options);
    console.log(JSON.stringify(report));
  } finally {
    await server.close();
  }
});
