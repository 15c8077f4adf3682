/** The app of web/examples/vite-app, built from the packed package by three bundlers, and served by Vite. */

import { readFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { scalarLaunchOptions } from '../scripts/lib/chromium.mjs';
import { root } from './support/native.js';
import { expect, test } from './support/test.js';

async function useApp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Ask your notes').fill('How long does a sourdough loaf keep?');
  await page.keyboard.press('Enter');
  await expect(page.locator('.text')).toContainText('five days in a linen bag');
  await page.getByLabel('Find').fill('kelp');
  await page.keyboard.press('Enter');
  await expect(page.locator('#places li').first()).toContainText('a piece of kelp');
  expect(page.workers().length).toBe(1);
}

for (const name of ['vite-app', 'webpack-app', 'esbuild-app']) {
  test(`${name}: a bundled app finds its worker and its WebAssembly`, async ({ page }) => {
    await useApp(page, `/examples/${name}/`);
  });
}

test('where the browser has no SIMD128, a bundled app loads the scalar WebAssembly alone', async ({
  baseURL,
}) => {
  test.skip(process.arch !== 'x64', 'V8 can do without SIMD128 on x64 alone');
  const browser = await chromium.launch(scalarLaunchOptions);
  try {
    for (const name of ['vite-app', 'webpack-app', 'esbuild-app']) {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.context().on('request', (request) => asked.push(request.url()));
      await useApp(page, `${baseURL}examples/${name}/`);
      const wasm = asked.filter((url) => url.endsWith('.wasm'));
      expect(wasm.length, name).toBeGreaterThan(0);
      const own = await page.request.get(wasm[0] as string);
      expect((await own.body()).equals(readFileSync(`${root}dist/cento-scalar.wasm`)), name).toBe(
        true,
      );
      expect(new Set(wasm).size, name).toBe(1);
    }
  } finally {
    await browser.close();
  }
});

test('the app runs on the development server of Vite', async ({ page }) => {
  const server = await createServer({
    root: `${root}build/apps/vite-app`,
    logLevel: 'error',
    server: { port: Number(process.env.E2E_PORT ?? 4381) + 1, strictPort: true, host: '127.0.0.1' },
  });
  await server.listen();
  try {
    await useApp(page, server.resolvedUrls?.local[0] as string);
  } finally {
    await server.close();
  }
});
