import { defineConfig } from '@playwright/test';
import { launchOptions } from '../scripts/lib/chromium.mjs';

// Another one where two checkouts are tested at once.
const port = Number(process.env.E2E_PORT ?? 4381);

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts', // core/*.test.ts run under Node, in three engines
  outputDir: '../build/e2e/results',
  globalSetup: './global-setup.ts',
  // Each test has a browser context, so a store, of its own.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    launchOptions,
    serviceWorkers: 'block', // allowed where a test is about them
    reducedMotion: 'reduce',
  },
  webServer: {
    command: `node ../scripts/serve.mjs --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
