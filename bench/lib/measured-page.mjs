// The page of measurements in Chromium, with a pack opened in it.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/chromium.mjs';
import { startServer } from '../../scripts/lib/server.mjs';

/**
 * Serves the pack of a folder and opens it as `opening` says ({question, cache?}; measured/page.js); gives
 * what `work(page)` gives, then closes everything.
 */
export async function withMeasuredPage(folder, opening, work) {
  const server = await startServer({
    isolated: true,
    packs: dirname(folder),
    more: { '/measured/': fileURLToPath(new URL('measured', import.meta.url)) },
  });
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.address}measured/page.html`);
    await page.waitForFunction(() => globalThis.ask);
    const pack = `/packs/${encodeURIComponent(basename(folder))}/manifest.json`;
    await page.evaluate((given) => globalThis.open(given), { pack, ...opening });
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
