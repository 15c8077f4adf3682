/** Firefox, through WebDriver BiDi. */

import { launch } from 'puppeteer-core';
import type { Browser } from './browser.js';

export async function launchFirefox(executablePath: string): Promise<Browser> {
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  return {
    version: (await browser.version()).replace('firefox/', 'Firefox '),
    goto: async (url) => void (await page.goto(url)),
    evaluate: (script) => page.evaluate(script),
    close: () => browser.close(),
  };
}
