/** Chromium over its own protocol, and Firefox over WebDriver BiDi. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LaunchOptions, launch } from 'puppeteer-core';
import type { Browser } from './browser.js';

async function start(options: LaunchOptions, name: string): Promise<Browser> {
  const browser = await launch({ ...options, headless: true });
  const page = await browser.newPage();
  return {
    version: `${name} ${(await browser.version()).replace(/.*\//, '')}`,
    goto: async (url) => void (await page.goto(url)),
    evaluate: (script, place) => {
      const frame = place === 'frame' ? page.frames()[1] : page.mainFrame();
      if (!frame) throw new Error('There is no frame.');
      return frame.evaluate(script);
    },
    close: () => browser.close(),
  };
}

export const launchFirefox = (executablePath: string): Promise<Browser> =>
  start({ browser: 'firefox', executablePath }, 'Firefox');

/** `args` are options of its command line. (Playwright would have it share storage between sites.) */
export async function launchChromium(executablePath: string, args: string[]): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'cento-chromium-'));
  // Debian's denies storage to frames of other sites.
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const browser = await start({ executablePath, args, userDataDir: profile }, 'Chromium');
  return {
    ...browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
