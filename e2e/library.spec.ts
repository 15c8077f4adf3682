/** The library alone, in a real browser under the strict policy: what goes wrong, goes wrong well. */

import type { Page, Route } from '@playwright/test';
import { blankPage, expect, FACTBOOK, type Library, SMALL, test } from './support/test.js';

/** Creates an instance; gives the error's code and message if it cannot, else the share covered at the end. */
function open(
  page: Page,
  pack: string,
): Promise<{ code?: string; message?: string; share?: number }> {
  return page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    try {
      const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
      await cento.ready;
      const { share } = cento.coverage;
      await cento.destroy();
      return { share };
    } catch (error) {
      const { name, code, message } = error as Error & { code: string };
      return name === code ? { code, message } : { message: `not a CentoError: ${message}` };
    }
  }, pack);
}

/** Names of the shards that were asked for, from now on. */
async function watchShards(page: Page): Promise<string[]> {
  const asked: string[] = [];
  page.context().on('request', (request) => {
    const name = request.url().match(/\/(shard-[^/]*)$/)?.[1];
    if (name) asked.push(name);
  });
  return asked;
}

function storedPacks(page: Page) {
  return page.evaluate(async () => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    return Cento.storage.list();
  });
}

test('an aborted download rejects with AbortError, and the next one resumes', async ({ page }) => {
  await blankPage(page);
  let hold = true;
  await page.context().route(/\/shard-0001\./, async (route) => {
    if (!hold) await route.continue();
  });
  const code = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const controller = new AbortController();
    const { signal } = controller;
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js', signal });
    controller.abort(); // the first shard answers, the next is on its way
    return cento.ready.then(
      () => 'no error',
      (error) => error.code,
    );
  }, FACTBOOK);
  expect(code).toBe('AbortError');
  const [left] = await storedPacks(page);
  expect(left?.complete).toBe(false);
  expect(left?.bytes).toBeLessThan(left?.totalBytes as number);

  hold = false;
  const asked = await watchShards(page);
  expect(await open(page, FACTBOOK)).toEqual({ share: 1 });
  expect(asked.filter((name) => name.startsWith('shard-0000'))).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
  expect((await storedPacks(page))[0]?.complete).toBe(true);
});

test('an abort before the first shard leaves nothing behind', async ({ page }) => {
  await blankPage(page);
  await page.context().route(/\/shard-/, () => {});
  const code = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const controller = new AbortController();
    const creating = Cento.create({
      pack,
      workerUrl: '/dist/worker.js',
      signal: controller.signal,
      monitor(monitor) {
        monitor.addEventListener('downloadprogress', () => controller.abort());
      },
    });
    return creating.then(
      () => 'no error',
      (error) => error.code,
    );
  }, FACTBOOK);
  expect(code).toBe('AbortError');
  const stored = await storedPacks(page);
  expect(stored.filter(({ complete }) => complete)).toEqual([]);
});

test('a damaged shard is refused by name; then only that one is fetched again', async ({
  page,
}) => {
  await blankPage(page);
  const damage = async (route: Route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length >> 1] = (body[body.length >> 1] as number) ^ 1;
    await route.fulfill({ response, body });
  };
  await page.context().route(/\/shard-0001\./, damage);
  const failed = await open(page, FACTBOOK);
  expect(failed.code).toBe('IntegrityError');
  expect(failed.message).toContain('shard-0001');

  await page.context().unroute(/\/shard-0001\./, damage);
  const asked = await watchShards(page);
  expect(await open(page, FACTBOOK)).toEqual({ share: 1 });
  expect(asked.filter((name) => name.startsWith('shard-0000'))).toEqual([]);
  expect(asked.filter((name) => name.startsWith('shard-0001'))).toHaveLength(1);
});

test('destroying an instance settles every pending call', async ({ page }) => {
  await blankPage(page);
  const codes = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    await cento.ready;
    const calls = [
      cento.complete('The people of the island', { maxTokens: 100_000 }).result,
      cento.trace('The people of the island '.repeat(2000)),
      cento.count('the'),
      cento.info(),
    ];
    await cento.destroy();
    calls.push(cento.count('the'));
    const settled = await Promise.allSettled(calls as Promise<unknown>[]);
    return settled.map((call) => (call.status === 'rejected' ? call.reason.code : 'fulfilled'));
  }, SMALL);
  expect(codes).toEqual([
    'AbortError',
    'AbortError',
    'AbortError',
    'AbortError',
    'InvalidStateError',
  ]);
});

test('text in other scripts is composed and traced', async ({ page }) => {
  await page.goto(`/?pack=${SMALL.slice(1)}#compose`);
  await page.locator('#prompt').fill('تقع الجزيرة في');
  await page.locator('#prompt').press('Enter');
  await expect(page.locator('#result .passage').first()).toContainText('البحر الشمالي');
  const direction = await page
    .locator('#result .text')
    .evaluate((text) => getComputedStyle(text).direction);
  expect(direction).toBe('rtl');
  await page.getByRole('tab', { name: 'Trace a text' }).click();
  await page
    .locator('#trace-text')
    .fill('昔、この島は北の海にあり、人々は漁業と農業で暮らしている。');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await expect(page.locator('#trace-result .passage').first()).toContainText('北の海');
});
