/** The example of a static site: it answers, and costs a visitor nothing until it is asked. */

import { brotliCompressSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, measureShifts, test } from './support/test.js';

const SITE = '/examples/static-site/';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds: of the clock, and of the processor. */
  dur?: number;
  tdur?: number;
  args?: { name?: string; data?: { frames?: { url: string; processId: number }[] } };
}

/**
 * The longest task of the page's main thread in a trace, in milliseconds of the processor: how long it blocks
 * a machine that has nothing else to do. (The clock's time is what other work on this machine makes of it.)
 */
function longestTask(trace: Buffer): { processor: number; clock: number } {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  const frames = traceEvents.flatMap(({ args }) => args?.data?.frames ?? []);
  const process = frames.find(({ url }) => url.includes(SITE))?.processId;
  const main = traceEvents.find(
    ({ name, pid, args }) =>
      name === 'thread_name' && args?.name === 'CrRendererMain' && (!process || pid === process),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ph }) =>
      ph === 'X' && /RunTask$/.test(name) && pid === main?.pid && tid === main?.tid,
  );
  if (tasks.length === 0) throw new Error('The trace has no tasks.');
  const longest = (key: 'dur' | 'tdur') => Math.max(...tasks.map((task) => task[key] ?? 0)) / 1000;
  return { processor: longest('tdur'), clock: longest('dur') };
}

test('its pages answer, and the source is a link to the words', async ({ page }) => {
  await page.goto(SITE);
  await page.getByRole('button', { name: 'How tall is the tower?' }).click();
  await expect(page.locator('.text')).toHaveText(/The tower is 41 metres tall\./);
  await page.locator('.sources a').click();
  await expect(page).toHaveURL(/static-site\/history\.html#building/);
  await page.goBack();
  await page.getByLabel('Ask the lighthouse').fill('Who was the last keeper?');
  await page.keyboard.press('Enter');
  await expect(page.locator('.words')).toHaveText('Margaret Voss');
  await page.getByLabel('Ask the lighthouse').fill('How do I bake bread?');
  await page.keyboard.press('Enter');
  await expect(page.locator('.refusal')).toBeVisible();
});

for (const width of [360, 1280]) {
  test(`at ${width} pixels nothing moves, and nothing blocks the page`, async ({
    page,
    context,
    browser,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    const scripts: string[] = [];
    context.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    const shifts = await measureShifts(page);
    // The script comes when the page has been painted, as to a visitor from far away.
    await page.route('**/elements.js', async (route) => {
      await page.waitForFunction(
        () => performance.getEntriesByName('first-contentful-paint').length,
      );
      await route.continue();
    });
    await browser.startTracing(page, {
      categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
    });
    await page.goto(SITE, { waitUntil: 'networkidle' });
    const before = [...scripts];
    for (const question of ['When is the lighthouse open?', 'How much do tickets cost?']) {
      await page.getByLabel('Ask the lighthouse').fill(question);
      await page.keyboard.press('Enter');
      await expect(page.locator('.sources')).toBeVisible();
      // For half a second after a key what moves counts as the visitor's own doing.
      await page.waitForTimeout(700);
    }
    const { processor, clock } = longestTask(await browser.stopTracing());
    const layoutShift = await shifts();
    const bodies = await Promise.all(
      before.map(async (url) => brotliCompressSync(await (await page.request.get(url)).body())),
    );
    const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
    console.log(
      `static-site at ${width}: script before interaction ${bytes} B (Brotli), layout shift ` +
        `${layoutShift}, longest task ${processor.toFixed(1)} ms of the processor ` +
        `(${clock.toFixed(1)} ms here and now)`,
    );
    expect(before.length).toBe(1);
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(layoutShift).toBe(0);
    expect(processor).toBeLessThan(50);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it is accessible in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(SITE);
    await page.getByRole('button', { name: 'Who was the last keeper?' }).click();
    await expect(page.locator('.sources')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the element shows what stands inside it', async ({ page }) => {
    await page.goto(SITE);
    await expect(page.getByText('Every page is linked above.')).toBeVisible();
  });
});
