// The page of measurements in Chromium, with a pack opened in it.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/chromium.mjs';
import { startServer } from '../../scripts/lib/server.mjs';

/**
 * Goes to the page, which opens a pack as `opening` says ({pack, question, cache?, isMeasured?}) and gives its times
 * (measured/page.js). `address` is that of the server, whose /measured/ is the folder.
 */
export async function openMeasured(page, address, opening) {
  const query = new URLSearchParams({ open: JSON.stringify(opening) });
  await page.goto(`${address}measured/page.html?${query}`);
  return page.evaluate(() => globalThis.opened);
}

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
    const pack = `/packs/${encodeURIComponent(basename(folder))}/manifest.json`;
    await openMeasured(page, server.address, { pack, ...opening });
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
