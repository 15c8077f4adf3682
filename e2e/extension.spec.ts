/** The example of an extension, in a Chromium that has loaded it. */

import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/lib/chromium.mjs';
import { root } from './support/native.js';
import { logRequests, type RequestLog } from './support/proxy.js';
import { test as base, expect } from './support/test.js';

const FOLDER = `${root}build/examples/extension`;

/** For updates of itself and its extensions, and for accounts. */
const CHROMIUMS_OWN = /^(?:https?:\/\/)?[\w.-]+\.(?:google|googleapis|gvt1)\.com[:/]/;

const test = base.extend<{ requests: RequestLog }>({
  requests: async ({ baseURL }, use) => {
    const requests = await logRequests(CHROMIUMS_OWN);
    await use(requests);
    requests.close();
    // The pages themselves, and nothing else in the whole browser.
    const others = requests.urls.filter((url) => !url.startsWith(baseURL as string));
    expect(others).toEqual([]);
  },
  // Of a profile of its own, since extensions belong to profiles.
  context: async ({ requests }, use) => {
    const context = await chromium.launchPersistentContext('', {
      ...launchOptions,
      headless: false, // --headless=new, which has extensions
      args: [
        ...launchOptions.args,
        `--disable-extensions-except=${FOLDER}`,
        `--load-extension=${FOLDER}`,
      ],
      ignoreDefaultArgs: ['--disable-extensions'],
      reducedMotion: 'reduce',
      proxy: { server: requests.proxy, bypass: '<-loopback>' },
    });
    await use(context);
    await context.close();
  },
  page: async ({ context }, use) => use(await context.newPage()),
});

async function panelOf(context: BrowserContext): Promise<Page> {
  const [worker = await context.waitForEvent('serviceworker')] = context.serviceWorkers();
  const panel = await context.newPage();
  await panel.setViewportSize({ width: 380, height: 800 });
  await panel.goto(`chrome-extension://${new URL(worker.url()).host}/panel.html`);
  await expect(panel.getByLabel('Suggest words')).toBeChecked();
  return panel;
}

async function read(panel: Page, title: string): Promise<void> {
  await panel.getByRole('button', { name: 'Read this page' }).click();
  await expect(panel.locator('#pages li', { hasText: title })).toBeVisible();
}

test('it answers from the page of the tab, with a link to the words, and forgets it', async ({
  page,
  context,
  baseURL,
  requests,
}) => {
  await page.goto(`${baseURL}examples/static-site/keepers.html`);
  const panel = await panelOf(context);
  requests.urls.length = 0;
  await read(panel, 'The keepers');
  await panel.getByLabel('Question').fill('Who was the last keeper?');
  await panel.keyboard.press('Enter');
  await expect(panel.locator('cento-ask .text')).toContainText('Margaret Voss');
  const link = panel.locator('cento-ask .sources a').first();
  await expect(link).toHaveAttribute('href', /keepers\.html#:~:text=/);
  await panel.getByRole('button', { name: /^Forget The keepers/ }).click();
  await expect(panel.locator('#pages li')).toHaveCount(0);
  await panel.getByLabel('Question').fill('Which keeper was a fisherman?');
  await panel.keyboard.press('Enter');
  await expect(panel.locator('cento-ask .refusal').first()).toBeVisible();
  expect(requests.urls).toEqual([]);
});

test('it checks what is selected on a page', async ({ page, context, baseURL }) => {
  await page.goto(`${baseURL}examples/static-site/history.html`);
  const panel = await panelOf(context);
  await read(panel, 'History');
  await page.goto(`${baseURL}examples/static-site/index.html`);
  await page.evaluate(() => {
    const text = document.createElement('p');
    text.textContent =
      'The light was made automatic in 1997. The trust bought the tower from the harbour board for one pound in 1994 and opened it to visitors two years later.';
    document.querySelector('main')?.append(text);
    getSelection()?.selectAllChildren(text);
  });
  await panel.getByRole('button', { name: 'Take the selection' }).click();
  await expect(panel.locator('cento-check .near-miss ins').first()).toContainText('1987');
  await expect(panel.locator('cento-check .text .attested')).toContainText('harbour board');
});

test('it suggests in fields of pages, from its English and from what was written if asked to', async ({
  page,
  context,
  baseURL,
  requests,
}) => {
  const panel = await panelOf(context);
  await panel.getByLabel('Learn from what I write').check();
  await page.bringToFront();
  await page.goto(`${baseURL}examples/static-site/birds.html`);
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.ariaLabel = 'Letter';
    field.cols = 60;
    document.querySelector('main')?.prepend(field);
  });
  const field = page.getByLabel('Letter');
  requests.urls.length = 0;
  // What is drawn is out of the page's reach, so the test sees what the key does.
  const complete = async (start: string) => {
    await field.fill('');
    await field.pressSequentially(start);
    await page.waitForTimeout(300);
    await page.keyboard.press('ArrowRight');
    return field.inputValue();
  };
  await expect(async () => {
    expect(await complete('Please let me know if you')).toMatch(/^Please let me know if you \w+/);
  }).toPass({ timeout: 30_000 });
  const own = 'The quarterly marmalade audit begins on Thursday in the cellar.';
  await field.fill(own);
  await field.blur();
  await expect(async () => {
    expect(await complete('The quarterly marmalade')).toMatch(/marmalade audit/);
  }).toPass({ timeout: 30_000 });
  await panel.getByRole('button', { name: 'Forget what I wrote' }).click();
  await expect(panel.locator('#state')).toHaveText('Forgotten.');
  expect(requests.urls).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the panel is accessible in ${colorScheme} colours`, async ({ page, context, baseURL }) => {
    await page.goto(`${baseURL}examples/static-site/keepers.html`);
    const panel = await panelOf(context);
    await panel.emulateMedia({ colorScheme });
    await read(panel, 'The keepers');
    await panel.getByLabel('Question').fill('Who was the last keeper?');
    await panel.keyboard.press('Enter');
    await expect(panel.locator('cento-ask .text')).toBeVisible();
    await panel.screenshot({
      path: `${root}build/e2e/extension-${colorScheme}.png`,
      fullPage: true,
    });
    const { violations } = await new AxeBuilder({ page: panel }).analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  });
}
