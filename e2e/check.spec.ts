/** Texts that are held against the pack, in the demo. */

import { expect, openTab, packIsReady, test } from './support/test.js';

test('sentences are told apart by more than colour, and the documents are quoted', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  await openTab(page, 'Check a text');
  await page.locator('#check-example').click();
  const text = page.locator('#check-result .text');
  for (const [kind, sign] of [
    ['attested', '✓'],
    ['near-miss', '≠'],
    ['unsupported', '?'],
  ]) {
    const sentence = text.locator(`.checked.${kind}`).first();
    await expect(sentence.locator('.sign')).toHaveText(sign as string);
    await expect(sentence.locator('.visually-hidden')).toHaveText(
      `${(kind as string).replace('-', ' ')}: `,
    );
  }
  await expect(text.locator('.near-miss del').first()).not.toBeEmpty();
  await expect(text.locator('.near-miss ins').first()).not.toBeEmpty();
  await expect(page.locator('#check-status')).toContainText(/attested, \d+ near miss/);
  await text.locator('.near-miss').first().click();
  const card = page.getByRole('dialog', { name: 'Source of the passage' });
  await expect(card.locator('mark')).not.toBeEmpty();
  await expect(card.getByRole('link')).toHaveAttribute('href', /:~:text=/);
});

test('markup in a checked text stays text', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  await openTab(page, 'Check a text');
  const text = '<img src=x onerror=alert(1)> Nobody has ever said zzyzx about anything.';
  await page.locator('#check-text').fill(text);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  const view = page.locator('#check-result .text');
  await expect(view.locator('.checked').first()).toBeVisible();
  await expect(view.locator('img')).toHaveCount(0);
  await expect(view).toContainText('<img src=x onerror=alert(1)>');
});
