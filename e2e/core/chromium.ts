/** Chromium, through Playwright. */

import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/chromium.mjs';
import type { Browser } from './browser.js';

/** `more` are options of its command line. */
export async function launchChromium(...more: string[]): Promise<Browser> {
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...launchOptions.args, ...more],
  });
  const page = await browser.newPage();
  return {
    version: `Chromium ${browser.version()}`,
    goto: async (url) => void (await page.goto(url)),
    evaluate: (script) => page.evaluate(script),
    close: () => browser.close(),
  };
}
