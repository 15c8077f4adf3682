/** The test function of these tests: whatever a page complains of, fails the test. */

import {
  type BrowserContext,
  test as base,
  expect,
  type Locator,
  type Page,
  type Route,
} from '@playwright/test';

export { expect } from '@playwright/test';

interface Options {
  /** Complaints that a test brings about on purpose. */
  expectedComplaints: RegExp | undefined;
}

interface Fixtures {
  complaints: string[];
}

export const test = base.extend<Options & Fixtures>({
  expectedComplaints: [undefined, { option: true }],
  complaints: [
    async ({ context, expectedComplaints }, use) => {
      const complaints: string[] = [];
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      await use(complaints);
      const unexpected = complaints.filter((text) => !expectedComplaints?.test(text));
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],
});

export const FACTBOOK = '/packs/factbook/manifest.json';
export const SMALL = '/packs/e2e-small/manifest.json';

/** Waits until the demo's pack is there as a whole. */
export async function packIsReady(page: Page): Promise<void> {
  await expect(page.locator('#load[data-phase=ready]')).toBeVisible();
}

/** Waits until the page and its pack are kept for visits without a network. */
export async function isKept(page: Page): Promise<void> {
  await expect(page.locator('#offline[data-state=kept]')).toBeVisible();
}

/** Shows a panel of the demo by its tab. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

/** Asks in the panel that is shown first, and waits for the answer or refusal. */
export async function ask(page: Page, question: string): Promise<Locator> {
  await page.locator('#question').fill(question);
  await page.locator('#question').press('Enter');
  const answer = page.locator('.answer').first();
  await expect(answer.locator('.asked')).toHaveText(question);
  await expect(answer.locator('.receipt, .refusal')).toBeVisible();
  return answer;
}

/** Asks the texts of the reader's own, and waits for the answer or refusal. */
export async function askOwn(page: Page, question: string): Promise<Locator> {
  const field = page.getByLabel('Question about your texts');
  await field.fill(question);
  await field.press('Enter');
  const answer = page.locator('#learn-ask-thread .answer').first();
  await expect(answer.locator('.asked')).toHaveText(question);
  await expect(answer.locator('.receipt, .refusal')).toBeVisible();
  return answer;
}

/** Composes from the first beginning that the page offers; gives the text. */
export async function composeOffered(page: Page): Promise<string> {
  await openTab(page, 'Continue a sentence');
  await page.locator('#offers button').first().click();
  await expect(page.locator('#result .receipt')).toBeVisible();
  return (await page.locator('#result .text').textContent()) as string;
}

/** Holds the requests for shards from the second on until it is called. */
export async function holdLaterShards(context: BrowserContext): Promise<() => void> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route(/\/shard-(?!0000)/, async (route: Route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** An empty page under the server's Content Security Policy, to use the library alone. */
export async function blankPage(page: Page): Promise<void> {
  const policy = await page.request.get('/');
  await page.route('/blank.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: {
        'content-security-policy': policy.headers()['content-security-policy'] as string,
      },
      body: '<!doctype html><title>blank</title>',
    }),
  );
  await page.goto('/blank.html');
}

/** Before the page: notes how much moves without a visitor's doing; gives what reads the sum so far. */
export async function measureShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) shifts.sum += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { shifts: { sum: number } }).shifts.sum);
}

/** The library as a page imports it; for use inside `page.evaluate`. */
export type Library = typeof import('../../web/src/index.js');
