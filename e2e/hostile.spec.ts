/** A pack whose texts would like to be markup, script or addresses of it: in the demo and the elements they stay texts. */

import type { Page } from '@playwright/test';
import { elementsPage, on } from './support/elements.js';
import { MARKUP } from './support/small-pack.js';
import { ask, expect, openTab, packIsReady, test } from './support/test.js';

const HOSTILE = '/packs/e2e-hostile/manifest.json';
const COG = 'The cog turns left in spring.';

/**
 * Nothing of the pack has become an element, an attribute that runs, or an address other than of a web page;
 * in the page and in the shadow trees of its elements.
 */
async function expectTextAlone(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const faults: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll(':not([rel=icon], [src="icon.svg"])')) {
        const runs = element.getAttributeNames().some((name) => name.startsWith('on'));
        const isForeign = element.matches('img, iframe, object, embed, script:not([src])');
        if (runs || isForeign) faults.push(element.outerHTML);
        for (const name of ['href', 'src', 'action', 'formaction', 'xlink:href']) {
          const address = element.getAttribute(name);
          if (
            address !== null &&
            !/^(https?|blob):$/.test(new URL(address, document.baseURI).protocol)
          ) {
            faults.push(element.outerHTML);
          }
        }
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return faults;
  });
  expect(found).toEqual([]);
  expect(await page.title()).not.toContain('broken into');
}

test.describe('in the demo', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(`/?pack=${HOSTILE}`);
    await packIsReady(page);
  });

  test.afterEach(({ page }) => expectTextAlone(page));

  test('answers, their sources, reasons and what was found besides stay text', async ({ page }) => {
    for (const question of ['Who invented the widget?', 'When does the cog turn left?']) {
      const answer = await ask(page, question);
      await expect(answer.locator('.text')).toContainText('<img src=x');
      await answer.locator('.passage').first().click();
      const card = page.getByRole('dialog', { name: 'Source of the passage' });
      await expect(card).toContainText('<img src=x');
      await expect(card.getByRole('link')).toHaveCount(0);
      await expectTextAlone(page);
      await page.keyboard.press('Escape');
      await answer.getByRole('button', { name: 'Look inside' }).click();
      await expect(answer.locator('.candidates li').first()).toContainText('Chosen');
      await answer.getByRole('button', { name: 'Verify' }).click();
      await expect(answer.locator('.proof')).toContainText(/^Proven/);
    }
    await expect(page.locator('.pack-title').first()).toHaveText(MARKUP);
  });

  test('an overview stays text', async ({ page }) => {
    await openTab(page, 'Overview of a topic');
    await page.locator('#topic').fill('cog');
    await page.locator('#topic').press('Enter');
    const answer = page.locator('#overview .answer').first();
    await expect(answer.locator('.text, .refusal')).not.toBeEmpty();
    await expect(answer.locator('.receipt, .refusal')).toBeVisible();
  });

  test('suggestions and completions stay text', async ({ page }) => {
    await openTab(page, 'Continue a sentence');
    await page.locator('#prompt').fill('The pawl stops the cog <im');
    await page.locator('#prompt').press('End');
    await page.keyboard.type('g');
    await expect(page.locator('.ghost')).toContainText('src');
    await expectTextAlone(page);
    await page.locator('#compose-form').getByRole('button').first().click();
    await expect(page.locator('#result .text')).not.toBeEmpty();
  });

  test('checked and traced texts stay text, and so does what the documents say', async ({
    page,
  }) => {
    const text = `The cog ${MARKUP} turns left in spring. The widget ${MARKUP} was invented by Mallory in 1988.`;
    for (const name of ['check', 'trace']) {
      await page.locator(`#tab-${name}`).click();
      await page.locator(`#${name}-text`).fill(text);
      await page.locator(`#${name}-form`).getByRole('button').first().click();
      const view = page.locator(`#${name}-result .text`);
      await expect(view).toContainText('<img src=x');
      await view.locator('[role=button]').first().click();
      await expect(page.getByRole('dialog', { name: 'Source of the passage' })).toBeVisible();
      await expectTextAlone(page);
      await page.keyboard.press('Escape');
    }
  });

  test('texts of the reader, too, stay text', async ({ page }) => {
    await openTab(page, 'Learn your own');
    await page
      .locator('#learn-text')
      .fill(`${MARKUP}\n\nThe ratchet ${MARKUP} was invented by Herbert in 1975.`);
    await page.locator('#learn-form').getByRole('button').first().click();
    await expect(page.locator('#learn-list li')).toContainText('<img src=x');
    await page.locator('#learn-question').fill('Who invented the ratchet?');
    await page.locator('#learn-question').press('Enter');
    const answer = page.locator('#learn-ask-thread .answer').first();
    await expect(answer.locator('.text')).toContainText('<img src=x');
  });
});

test('a completion and a list of sources of the elements stay text', async ({ page }) => {
  await elementsPage(
    page,
    `<cento-complete ${on(HOSTILE)}><textarea aria-label="Notes" rows="4"></textarea></cento-complete>
     <cento-ask id="ask" without-sources ${on(HOSTILE)}></cento-ask>
     <cento-sources for="ask"></cento-sources>`,
  );
  const field = page.getByLabel('Notes');
  await field.pressSequentially('The pawl stops the cog <img');
  await expect(page.locator('[part=ghost]')).toContainText('src');
  await page.getByLabel('Ask a question').fill(COG);
  await page.keyboard.press('Enter');
  await expect(page.locator('cento-sources')).toContainText('<svg onload');
  await expect(page.locator('cento-sources').getByRole('link')).toHaveCount(0);
  await expectTextAlone(page);
});
