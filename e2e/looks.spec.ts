/** Small screens, dark mode and accessibility, in every state of the page. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  ask,
  composeOffered,
  expect,
  measureShifts,
  openTab,
  packIsReady,
  test,
} from './support/test.js';

const states: { name: string; reach(page: Page): Promise<void> }[] = [
  { name: 'a composed text', reach: async (page) => void (await composeOffered(page)) },
  {
    name: 'an open source card',
    async reach(page) {
      await composeOffered(page);
      await page.locator('#result .passage').first().click();
      await expect(page.getByRole('dialog').locator('blockquote')).toContainText('…');
    },
  },
  {
    name: 'a refusal',
    async reach(page) {
      await openTab(page, 'Continue a sentence');
      await page.locator('#prompt').fill(`Xqzzt ${'vrfplk'.repeat(30)}`);
      await page.locator('#prompt').press('Enter');
      await expect(page.locator('#result .refusal')).toBeVisible();
    },
  },
  {
    name: 'a traced text',
    async reach(page) {
      await openTab(page, 'Trace a text');
      await page.locator('#trace-example').click();
      await expect(page.locator('#trace-result .receipt')).toBeVisible();
    },
  },
  {
    name: 'an answer with its reasons, after a refusal',
    async reach(page) {
      await ask(page, `What is the capital of ${'Wakanda'.repeat(20)}?`);
      const answer = await ask(page, 'What is the total area of Kenya?');
      await answer.getByRole('button', { name: 'Look inside' }).click();
      await expect(answer.locator('.candidates li').first()).toBeVisible();
      await expect(answer.locator('.building .shape').first()).toBeVisible();
      await expect(page.locator('#ask .found li').first()).toBeVisible();
    },
  },
  {
    name: 'an overview',
    async reach(page) {
      await openTab(page, 'Overview of a topic');
      await page.getByRole('button', { name: 'Kenya', exact: true }).click();
      await expect(page.locator('#overview .receipt')).toBeVisible();
    },
  },
  {
    name: 'the page for texts of the reader’s own, with some, a problem and an answer',
    async reach(page) {
      await openTab(page, 'Learn your own');
      const file = (name: string, text: string) => ({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(text),
      });
      await page
        .getByLabel('Choose files')
        .setInputFiles([
          file(`${'long'.repeat(40)}.txt`, 'Her dog is called Bartholomew.'),
          file('empty.txt', ''),
        ]);
      await expect(page.locator('#learn-problems p')).toBeVisible();
      await page.getByLabel('Question about your texts').fill('What is her dog called?');
      await page.keyboard.press('Enter');
      await expect(page.locator('#learn-ask-thread .receipt')).toBeVisible();
    },
  },
  {
    name: 'the question whether to forget all',
    async reach(page) {
      await openTab(page, 'Learn your own');
      await page.getByLabel('Or paste a text').fill('Her dog is called Bartholomew.');
      await page.getByRole('button', { name: 'Learn it' }).click();
      await page.getByRole('button', { name: 'Forget all' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'a checked text',
    async reach(page) {
      await openTab(page, 'Check a text');
      await page.locator('#check-example').click();
      await expect(page.locator('#check-result .receipt')).toBeVisible();
    },
  },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      for (const { name, reach } of states) {
        test(`${name} fits and is accessible`, async ({ page }) => {
          await page.goto('/');
          await packIsReady(page);
          await reach(page);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBe(0);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual(
            [],
          );
        });
      }
    });
  }
}

for (const width of [360, 1280]) {
  test(`at ${width} pixels hardly anything moves while the pack arrives`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const shifts = await measureShifts(page);
    await page.goto('/');
    await packIsReady(page);
    expect(await shifts()).toBeLessThan(0.1); // what Web Vitals call good
  });
}

test.describe('without a pack', () => {
  test.use({ expectedComplaints: /404/ });

  test('a failed download is explained, and trying again helps', async ({ page }) => {
    let isBroken = true;
    await page
      .context()
      .route(/manifest\.json$/, (route) =>
        isBroken ? route.fulfill({ status: 404, body: '' }) : route.continue(),
      );
    await page.goto('/');
    const problem = page.locator('#load-problem');
    await expect(problem).toContainText('NotFoundError');
    isBroken = false;
    await problem.getByRole('button', { name: 'Try again' }).click();
    await packIsReady(page);
  });
});
