// Measures a pack in Chromium, on the demo's measuring page, and prints one JSON object.
// Usage: npm run bench:browser -- --pack DIR [--queries N] [--seed N]
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../scripts/lib/chromium.mjs';
import { distDir } from '../scripts/lib/paths.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { startServer } from '../scripts/lib/server.mjs';

async function measure(address, parameters) {
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
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
    },
  });
  const folder = resolve(values.pack);
  if (!existsSync(`${folder}/manifest.json`)) throw new UserError(`${folder} holds no pack`);
  if (!existsSync(`${distDir}/demo/bench`)) throw new UserError('Run: npm run build:web');
  const server = await startServer({ isolated: true, packs: dirname(folder) });
  try {
    const pack = `../packs/${encodeURIComponent(basename(folder))}/manifest.json`;
    const { queries, seed } = values;
    const report = await measure(server.address, new URLSearchParams({ pack, queries, seed }));
    console.log(JSON.stringify(report));
  } finally {
    await server.close();
  }
});
