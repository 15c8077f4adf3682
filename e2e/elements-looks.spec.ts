/** The elements in every state, light and dark, on small and large screens: accessible, and nothing moves. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { elementsPage, on } from './support/elements.js';
import { expect, FACTBOOK, SMALL, test } from './support/test.js';

const ALL = `<cento-ask id="ask" examples='["What is the total area of Kenya?"]' ${on(FACTBOOK)}></cento-ask>
  <cento-sources for="ask"></cento-sources>
  <cento-search limit="3" ${on(FACTBOOK)}></cento-search>
  <cento-check ${on(SMALL)}></cento-check>
  <cento-complete ${on(FACTBOOK)}><textarea aria-label="Notes" rows="3"></textarea></cento-complete>`;

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Ask a question').fill(question);
  await page.keyboard.press('Enter');
}

const states: { name: string; reach(page: Page): Promise<void> }[] = [
  { name: 'untouched', reach: async () => {} },
  {
    name: 'in use',
    async reach(page) {
      await ask(page, 'What is the total area of Kenya?');
      await expect(page.locator('.words')).toBeVisible();
      await page.getByLabel('Search').fill('border dispute');
      await expect(page.locator('.results li')).toHaveCount(3);
      await page
        .getByLabel('Text to check')
        .fill(
          'In winter the ferry sails once a week. The people of the island elect a council every ' +
            '200 years. Penguins play chess.',
        );
      await page.getByRole('button', { name: 'Check' }).click();
      await expect(page.locator('.legend')).toBeVisible();
      await page.getByLabel('Notes').pressSequentially('The economy depends heavily on ');
      await expect(page.locator('[part=ghost]')).toHaveText(/\w/);
    },
  },
  {
    name: 'with an open source',
    async reach(page) {
      await ask(page, 'What is the total area of Kenya?');
      await page.locator('.passage').first().click();
      await expect(page.getByRole('dialog').locator('blockquote')).toContainText('…');
    },
  },
  {
    name: 'after a refusal',
    async reach(page) {
      await ask(page, 'How do I bake sourdough bread?');
      await expect(page.locator('.refusal')).toBeVisible();
    },
  },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      for (const { name, reach } of states) {
        test(`the elements ${name} fit and are accessible`, async ({ page }) => {
          await elementsPage(page, ALL);
          await expect(page.getByLabel('Ask a question')).toBeVisible();
          await reach(page);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBe(0);
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
            .analyze();
          expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual(
            [],
          );
        });
      }
    });
  }
}

test('the theme attribute sets light or dark against the page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await elementsPage(
    page,
    `<cento-ask ${on(SMALL)}></cento-ask><cento-search theme="dark" ${on(SMALL)}></cento-search>`,
  );
  const surface = (name: string) =>
    page.locator(`${name} .field`).evaluate((field) => getComputedStyle(field).backgroundColor);
  expect(await surface('cento-ask')).toBe('rgb(255, 255, 255)');
  expect(await surface('cento-search')).toBe('rgb(28, 31, 36)');
});

test('custom properties and parts restyle an element', async ({ page }) => {
  await elementsPage(page, `<cento-ask ${on(SMALL)}></cento-ask>`);
  const button = page.getByRole('button', { name: 'Ask' });
  await page.locator('cento-ask').evaluate((element) => {
    element.style.setProperty('--cento-accent', 'rgb(120, 0, 80)');
    element.style.setProperty('--cento-radius', '0px');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('cento-ask::part(button) { letter-spacing: 3px; }');
    document.adoptedStyleSheets.push(sheet);
  });
  const look = await button.evaluate((element) => {
    const { backgroundColor, letterSpacing } = getComputedStyle(element);
    return [backgroundColor, letterSpacing];
  });
  expect(look).toEqual(['rgb(120, 0, 80)', '3px']);
});
