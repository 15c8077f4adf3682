// How the browser tests and measurements start Chromium: the system's, or Playwright's where there is none.
import { existsSync } from 'node:fs';

const systemPath = '/usr/bin/chromium';

export const launchOptions = {
  ...(existsSync(systemPath) && { executablePath: systemPath }),
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
