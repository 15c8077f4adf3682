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
