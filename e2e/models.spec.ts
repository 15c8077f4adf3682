/** The demo's choice of models: by mouse and keyboard, with the address, the panel and the words kept. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openTab, packIsReady, test } from './support/test.js';

const about = (name: string, title: string, question: string) => ({
  name,
  title,
  bytes: 20_000,
  questions: [question],
  followUps: [],
  topics: [],
});

/** Opens the demo on a site with two small models. */
async function openDemo(page: Page, address = '/?pack=packs/e2e-small/manifest.json') {
  await page.route('**/packs/packs.json', (route) =>
    route.fulfill({
      json: [
        about('e2e-small', 'Islands', 'Where is Anvar?'),
        about('e2e-zh', 'Shangu', '石桥是谁设计的？'),
      ],
    }),
  );
  await page.goto(address);
  await packIsReady(page);
}

test('another model is opened with the keyboard, and the question is asked of it', async ({
  page,
}) => {
  await openDemo(page);
  await expect(page.getByRole('button', { name: 'Where is Anvar?' })).toBeVisible();
  await page.locator('#question').fill('石桥是谁设计的？');
  await page.locator('#question').press('Enter');
  await expect(page.locator('.answer .refusal')).toBeVisible();

  const choice = page.getByRole('combobox', { name: 'Model' });
  await expect(choice).toHaveValue('e2e-small');
  await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeDisabled();
  await choice.focus();
  await page.keyboard.press('ArrowDown');
  // Nothing happens before the button is pressed.
  await expect(page).toHaveURL(/e2e-small/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\?pack=packs(?:\/|%2F)e2e-zh(?:\/|%2F)manifest\.json#ask=/);
  await packIsReady(page);
  await expect(page.locator('.answer .text').first()).toContainText('林大山');
  await expect(choice).toHaveValue('e2e-zh');
  await expect(page.locator('.intro .pack-title')).toHaveText('e2e-zh');
});

test('the panel and what was typed in it stay, and the focus', async ({ page }) => {
  await openDemo(page);
  await openTab(page, 'Check a text');
  await page.locator('#check-text').fill('The bridge is made of cheese.');
  const choice = page.getByRole('combobox', { name: 'Model' });
  await choice.selectOption('e2e-zh');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/e2e-zh.*#check$/);
  await packIsReady(page);
  await expect(page.locator('#check-text')).toHaveValue('The bridge is made of cheese.');
  await expect(page.getByRole('tab', { name: 'Check a text' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(choice).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('.masthead').analyze();
  expect(violations).toEqual([]);
});

test('where there is one model there is no choice', async ({ page }) => {
  await page.route('**/packs/packs.json', (route) =>
    route.fulfill({ json: [about('e2e-small', 'Islands', 'Where is Anvar?')] }),
  );
  await page.goto('/?pack=packs/e2e-small/manifest.json');
  await packIsReady(page);
  await expect(page.getByRole('combobox', { name: 'Model' })).toBeHidden();
});
