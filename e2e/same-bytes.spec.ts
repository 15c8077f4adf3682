/** The browser's engine and the native tool say the same, byte for byte. */

import { readFileSync } from 'node:fs';
import { native, root } from './support/native.js';
import { blankPage, expect, FACTBOOK, type Library, test } from './support/test.js';

const SEEDS = 100;
/** Of ten questions each, of which none goes on from another by intention, but each might. */
const SESSIONS = 10;
const TURNS = 10;
const folder = `${root}build/packs/factbook`;

test('a hundred seeded completions are equal to those of the native tool', async ({ page }) => {
  test.slow();
  const prompts: string[] = JSON.parse(readFileSync(`${root}models/factbook/prompts.json`, 'utf8'));
  const tasks = Array.from({ length: SEEDS }, (_, seed) => ({
    seed,
    prompt: prompts[seed % prompts.length] as string,
  }));
  await blankPage(page);
  const inBrowser = await page.evaluate(
    async ({ pack, tasks }) => {
      const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
      const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
      await cento.ready;
      const results: string[] = [];
      for (const { prompt, seed } of tasks) {
        results.push(JSON.stringify(await cento.complete(prompt, { seed }).result));
      }
      return results;
    },
    { pack: FACTBOOK, tasks },
  );
  for (const [i, { prompt, seed }] of tasks.entries()) {
    const printed = await native('complete', folder, prompt, '--seed', String(seed), '--json');
    expect(inBrowser[i], `${prompt}, seed ${seed}`).toBe(JSON.stringify(JSON.parse(printed)));
  }
});

test('answers in sessions are equal to those of the native tool', async ({ page }) => {
  test.slow();
  const lines = readFileSync(`${root}models/factbook/questions.jsonl`, 'utf8').trimEnd();
  const questions: string[] = lines.split('\n').map((line) => JSON.parse(line).question);
  const sessions = Array.from({ length: SESSIONS }, (_, i) =>
    questions.filter((_, at) => at % SESSIONS === i).slice(0, TURNS),
  );
  await blankPage(page);
  const inBrowser = await page.evaluate(
    async ({ pack, sessions }) => {
      const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
      const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
      await cento.ready;
      const results: string[][] = [];
      for (const questions of sessions) {
        const session = cento.session();
        const answers: string[] = [];
        for (const question of questions) answers.push(JSON.stringify(await session.ask(question)));
        results.push(answers);
      }
      return results;
    },
    { pack: FACTBOOK, sessions },
  );
  for (const [i, asked] of sessions.entries()) {
    const printed = await native('ask', folder, ...asked, '--json');
    const answers = printed.trimEnd().split('\n');
    expect(inBrowser[i]).toEqual(answers.map((line) => JSON.stringify(JSON.parse(line))));
  }
});

test('the measuring page is isolated, and its followers are those of the native tool', async ({
  page,
}) => {
  await page.goto('/bench/followers.html?queries=500&seed=7&run');
  const body = page.locator('body[data-report], body[data-error]');
  await expect(body).toHaveCount(1);
  const report = JSON.parse((await body.getAttribute('data-report')) ?? '{}');
  const printed = await native(
    'eval',
    'followers',
    folder,
    '--queries',
    '500',
    '--seed',
    '7',
    '--json',
  );
  expect(report).toMatchObject({ queries: 500, isolated: true, kernel: 'simd128' });
  expect(report.checksum).toBe(JSON.parse(printed).checksum);
});
