/** Chinese and Arabic texts in an English page: asked, searched, suggested, and read in their own direction. */

import type { Locator } from '@playwright/test';
import { elementsPage, on } from './support/elements.js';
import { expect, test } from './support/test.js';

const CHINESE = '/packs/e2e-zh/manifest.json';
const ARABIC = '/packs/e2e-ar/manifest.json';

/** The direction in which a browser sets the text of an element. */
const direction = (place: Locator): Promise<string> =>
  place.evaluate((element) => getComputedStyle(element).direction);

test.describe('Chinese', () => {
  const questions: [string, string][] = [
    ['石桥是谁设计的？', '林大山'],
    ['古寺的钟有多重？', '三吨'],
    ['小火车什么时候通车？', '1958'],
    ['为什么蜂蜜最受欢迎？', '野花'],
  ];
  for (const [question, words] of questions) {
    test(`answers ${question}`, async ({ page }) => {
      await elementsPage(page, `<cento-ask ${on(CHINESE)}></cento-ask>`);
      await page.getByLabel('Ask a question').fill(question);
      await page.keyboard.press('Enter');
      const text = page.locator('[part=text]');
      await expect(text).toContainText(words);
      await expect(text).toHaveAttribute('lang', 'zh');
    });
  }

  test('one character is enough for a search', async ({ page }) => {
    await elementsPage(page, `<cento-search ${on(CHINESE)}></cento-search>`);
    await page.getByLabel('Search').fill('茶');
    await expect(page.locator('.results a')).toHaveText(['云岭茶园']);
    await expect(page.locator('.excerpt mark').first()).toHaveText('茶');
  });

  test('a word goes on without a space', async ({ page }) => {
    await elementsPage(
      page,
      `<cento-complete ${on(CHINESE)}><textarea aria-label="Notes"></textarea></cento-complete>`,
    );
    const field = page.getByLabel('Notes');
    await field.click();
    await field.pressSequentially('山谷小');
    await expect(page.locator('[part=ghost]')).toHaveText(/^学/);
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue(/^山谷小学/);
  });
});

test.describe('Arabic', () => {
  test('an answer in an English page reads from right to left, and its card', async ({ page }) => {
    await elementsPage(page, `<cento-ask ${on(ARABIC)}></cento-ask>`);
    await page.getByLabel('Ask a question').fill('من صمم المنارة؟');
    await page.keyboard.press('Enter');
    const text = page.locator('[part=text]');
    await expect(text).toContainText('سليم الحدّاد');
    await expect(text).toHaveAttribute('lang', 'ar');
    expect(await direction(text)).toBe('rtl');
    expect(await direction(page.locator('.status'))).toBe('ltr');
    await page.locator('.passage').first().click();
    const quote = page.locator('[part=quote]');
    await expect(quote).toContainText('المصباح');
    await expect(quote).toHaveAttribute('lang', 'ar');
    expect(await direction(quote)).toBe('rtl');
  });

  test('the article makes no difference to a search', async ({ page }) => {
    await elementsPage(page, `<cento-search ${on(ARABIC)}></cento-search>`);
    const links = page.locator('.results a');
    for (const query of ['مكتبة', 'المكتبة', 'والمكتبة']) {
      await page.getByLabel('Search').fill(query);
      await expect(links.first()).toHaveText('المكتبة');
    }
    const excerpt = page.locator('.excerpt').first();
    await expect(excerpt).toHaveAttribute('lang', 'ar');
    expect(await direction(excerpt)).toBe('rtl');
  });

  test('what nobody wrote about is refused', async ({ page }) => {
    await elementsPage(page, `<cento-ask ${on(ARABIC)}></cento-ask>`);
    await page.getByLabel('Ask a question').fill('من فاز بكأس العالم؟');
    await page.keyboard.press('Enter');
    await expect(page.locator('[part=refusal]')).toBeVisible();
  });
});
