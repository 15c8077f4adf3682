/** Several tabs of one origin. */

import type { Page } from '@playwright/test';
import { inPage, open, watchFiles } from './support/library.js';
import { blankPage, expect, FACTBOOK, test } from './support/test.js';

const WHOLE = { share: 1 };

async function tabs(first: Page, count: number): Promise<Page[]> {
  const pages = [first];
  while (pages.length < count) pages.push(await first.context().newPage());
  for (const page of pages) await blankPage(page);
  return pages;
}

test('tabs that open at the same time share one download', async ({ page, context }) => {
  const pages = await tabs(page, 3);
  const asked = watchFiles(context);
  const opened = await Promise.all(pages.map((one) => open(one, FACTBOOK)));
  expect(opened).toEqual([WHOLE, WHOLE, WHOLE]);
  const files = asked.filter((name) => !name.startsWith('manifest'));
  expect(files.length).toBe(new Set(files).size);
  for (const one of pages) {
    expect(await inPage(one, ({ cento }) => cento.count(' the'))).toBeGreaterThan(0);
    expect(await inPage(one, ({ warnings }) => warnings)).toEqual([]);
  }
});

test('a tab that is closed in the middle of a download hands it over', async ({
  page,
  context,
}) => {
  const [first, second] = (await tabs(page, 2)) as [Page, Page];
  const asked = watchFiles(context);
  let held = 0;
  await context.route(/\/shard-0001\./, async (route) => {
    if (held++ > 0) await route.continue();
  });
  void open(first, FACTBOOK).catch(() => {}); // the page goes
  await expect.poll(() => held).toBe(1);
  const opening = open(second, FACTBOOK);
  await second.waitForFunction(() => 'cento' in globalThis); // the first shard answers
  expect(held).toBe(1);
  await first.close();
  expect(await opening).toEqual(WHOLE);
  const count = (start: string) => asked.filter((name) => name.startsWith(start)).length;
  expect([count('tables'), count('shard-0000'), count('shard-0001')]).toEqual([1, 1, 2]);
});

test('without Web Locks each tab downloads, and nothing is corrupted', async ({
  page,
  context,
}) => {
  await context.route('**/dist/worker.js', async (route) => {
    const response = await route.fetch();
    const without = `Object.defineProperty(navigator, 'locks', { value: undefined });`;
    await route.fulfill({ response, body: `${without}\n${await response.text()}` });
  });
  const pages = await tabs(page, 2);
  const opened = await Promise.all(pages.map((one) => open(one, FACTBOOK)));
  expect(opened).toEqual([WHOLE, WHOLE]);
  const stored = await inPage(page, ({ Cento }) => Cento.storage.list());
  expect(stored.map(({ complete }) => complete)).toEqual([true]);
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
});
