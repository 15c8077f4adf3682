import { startServer } from '../scripts/lib/server.mjs';
import { composeOffered, expect, isKept, packIsReady, test } from './support/test.js';

test.use({
  serviceWorkers: 'allow',
  // The browser tells of each request that fails, and the page asks whether there is a newer manifest.
  expectedComplaints: /^Failed to load resource: net::ERR_/,
});

test('a second visit works with the network switched off', async ({ page, context }) => {
  await page.goto('/');
  await packIsReady(page);
  await isKept(page);
  const online = await composeOffered(page);
  await context.setOffline(true);
  await page.reload();
  await packIsReady(page);
  await expect(page.locator('#offline')).toHaveAttribute('data-state', 'offline');
  await expect(page.locator('#result .text')).toHaveText(online);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.locator('#result .proof')).toContainText('Proven');
});

test('a second visit works when the server has gone', async ({ page, context }) => {
  const server = await startServer();
  await page.goto(server.address);
  await packIsReady(page);
  await isKept(page);
  const before = await composeOffered(page);
  await server.close();
  await page.close();
  const again = await context.newPage();
  await again.goto(server.address);
  await packIsReady(again);
  expect(await composeOffered(again)).toBe(before);
});
