// How the browser tests and measurements start Chromium: the system's, or Playwright's where there is none.
import { findChromium } from './tools.mjs';

const executablePath = findChromium();

export const launchOptions = {
  ...(executablePath && { executablePath }),
  args: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** As on a processor without the instructions that V8 needs for SIMD128. On others than x64 there is no such switch. */
export const scalarLaunchOptions = {
  ...launchOptions,
  args: [...launchOptions.args, '--js-flags=--no-enable-sse4-1'],
};
