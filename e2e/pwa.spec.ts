/** The example of an installable app: after one visit it needs no network. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.js';

const APP = '/examples/pwa/';

test.use({ serviceWorkers: 'allow' });

async function firstVisit(page: Page): Promise<void> {
  await page.goto(APP);
  await expect(page.locator('#kept[data-state=kept]')).toBeVisible();
}

test('without a network it opens and answers, from the first visit on', async ({
  page,
  context,
}) => {
  await firstVisit(page);
  await page.close();
  await context.setOffline(true);
  const offline = await context.newPage();
  await offline.goto(APP);
  await expect(offline.locator('#kept[data-state=kept]')).toBeVisible();
  await offline
    .getByLabel('Ask the guide')
    .fill('Which knot joins two ropes of different thickness?');
  await offline.keyboard.press('Enter');
  await expect(offline.locator('.text')).toContainText('sheet bend');
  await offline.getByLabel('Look it up').fill('capsizes');
  await expect(offline.locator('.results li').first()).toContainText('reef knot');
});

test('of the two WebAssembly files it keeps the one that runs', async ({ page }) => {
  await firstVisit(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.filter((path) => path.endsWith('.wasm'))).toEqual([`${APP}cento/cento.wasm`]);
  expect(kept).toContain(`${APP}cento/worker.js`);
});

test('a browser offers to install it', async ({ page, context }) => {
  await firstVisit(page);
  const session = await context.newCDPSession(page);
  const { errors, url } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toContain('manifest.webmanifest');
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  const ids = installabilityErrors.map(({ errorId }) => errorId);
  expect(ids.filter((id) => id !== 'in-incognito')).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it is accessible in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await firstVisit(page);
    await page.getByRole('button', { name: 'What is a bowline for?' }).click();
    await expect(page.locator('.answer[aria-busy=false]')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  });
}
