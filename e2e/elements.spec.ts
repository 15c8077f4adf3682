/** The web components: what they show and tell, when they load, their keys, and what packs cannot do to them. */

import { brotliCompressSync } from 'node:zlib';
import { elementsPage, noteEvents, on } from './support/elements.js';
import { expect, FACTBOOK, SMALL, test } from './support/test.js';

const HOSTILE = '/packs/e2e-hostile/manifest.json';

test.describe('cento-ask', () => {
  test('answers, with the words, the sentence and its source, and tells so', async ({ page }) => {
    await elementsPage(page, `<cento-ask ${on(FACTBOOK)}></cento-ask>`);
    const names = await noteEvents(page);
    await page.getByLabel('Ask a question').fill('What is the total area of Kenya?');
    await page.getByRole('button', { name: 'Ask' }).click();
    await expect(page.locator('.words')).toHaveText('580,367 sq km');
    await expect(page.locator('.passage mark')).toHaveText('580,367 sq km');
    const link = page.getByRole('group', { name: 'Sources' }).getByRole('link', { name: 'Kenya' });
    await expect(link).toHaveAttribute('href', /^https:\/\/.*#:~:text=/);
    await expect(page.getByRole('status')).toContainText('580,367 sq km');
    expect(await names()).toEqual([
      'cento-question',
      'cento-ready',
      'cento-fragment',
      'cento-answer',
      'cento-sources',
    ]);
  });

  test('refuses what the pages do not say, and offers what they speak of', async ({ page }) => {
    await elementsPage(page, `<cento-ask ${on(FACTBOOK)}></cento-ask>`);
    const names = await noteEvents(page);
    await page.getByLabel('Ask a question').fill('How do I bake sourdough bread?');
    await page.keyboard.press('Enter');
    await expect(page.locator('.refusal')).toContainText('These pages do not say.');
    await expect(page.getByRole('status')).toContainText('These pages do not say.');
    expect(await names()).toContain('cento-refusal');
    await page.locator('.refusal .offer').first().click();
    await expect(page.locator('.text .passage').first()).toBeVisible();
  });

  test('a conversation goes on from the question before', async ({ page }) => {
    await elementsPage(page, `<cento-ask conversation ${on(FACTBOOK)}></cento-ask>`);
    for (const [question, answer] of [
      ['What is the total area of Kenya?', '580,367'],
      ['And its capital?', 'Nairobi'],
    ] as const) {
      await page.getByLabel('Ask a question').fill(question);
      await page.keyboard.press('Enter');
      await expect(page.locator('.answer').first().locator('.text')).toContainText(answer);
    }
    await expect(page.locator('.answer')).toHaveCount(2);
  });

  test('the source of a passage shows on hover, on focus, and on a click that goes into it', async ({
    page,
  }) => {
    await elementsPage(
      page,
      `<cento-ask examples='["What is the total area of Kenya?"]' ${on(FACTBOOK)}></cento-ask>`,
    );
    await page.getByRole('button', { name: 'What is the total area of Kenya?' }).click();
    const passage = page.locator('.passage').first();
    const card = page.getByRole('dialog', { name: 'Source' });
    await passage.hover();
    await expect(card).toContainText('Geography');
    await page.mouse.move(0, 0);
    await expect(card).toBeHidden();
    // From the button that was clicked the next stop is the passage.
    await page.keyboard.press('Tab');
    await expect(passage).toBeFocused();
    await expect(card.locator('blockquote')).toContainText('…');
    await page.keyboard.press('Enter');
    await expect(card).toBeFocused();
    await expect(passage).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const link = card.getByRole('link', { name: 'Read it in its place' });
    await expect(link).toBeFocused();
    await expect(link).toHaveAttribute('href', /#:~:text=/);
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
    await expect(passage).toBeFocused();
  });

  test('speaks the words that the page gives it, from right to left', async ({ page }) => {
    const strings = JSON.stringify({ askLabel: 'اسأل سؤالاً', ask: 'اسأل', sources: 'المصادر' });
    await elementsPage(page, `<cento-ask strings='${strings}' ${on(SMALL)}></cento-ask>`, {
      lang: 'ar',
      dir: 'rtl',
    });
    await page.getByLabel('اسأل سؤالاً').fill('Who elects the council of Anvar?');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: 'المصادر' })).toBeVisible();
    const field = await page.locator('input').boundingBox();
    const button = await page.getByRole('button', { name: 'اسأل' }).boundingBox();
    expect(button?.x).toBeLessThan((field?.x ?? 0) + 40);
  });
});

test.describe('loading', () => {
  test('fetches nothing but its own small script before it is touched', async ({
    page,
    context,
  }) => {
    const scripts: string[] = [];
    context.on('request', (request) => scripts.push(new URL(request.url()).pathname));
    await elementsPage(
      page,
      `<cento-ask ${on(SMALL)}></cento-ask><cento-search ${on(SMALL)}></cento-search>`,
    );
    await expect(page.getByLabel('Ask a question')).toBeVisible();
    await page.mouse.move(200, 200);
    expect(scripts.filter((path) => /dist|packs/.test(path))).toEqual(['/dist/elements.js']);
    const script = await (await page.request.get('/dist/elements.js')).body();
    expect(brotliCompressSync(script).length).toBeLessThan(20_000);
    await page.getByLabel('Ask a question').focus();
    await expect.poll(() => scripts).toContain('/dist/index.js');
    await expect.poll(() => scripts).toContain(SMALL);
  });

  test('load="eager" and load="visible" do not wait for a touch', async ({ page }) => {
    await elementsPage(
      page,
      `<cento-ask load="eager" ${on(SMALL)}></cento-ask>
       <cento-search load="visible" ${on(HOSTILE)}></cento-search>`,
    );
    const isReady = (name: string) =>
      page.locator(name).evaluate(
        (element) =>
          new Promise<boolean>((resolve) => {
            element.addEventListener('cento-ready', () => resolve(true));
            const { cento, shared } = element as unknown as {
              cento: unknown;
              shared?: { state: string };
            };
            if (cento || shared?.state === 'answering' || shared?.state === 'ready') resolve(true);
          }),
      );
    expect(await isReady('cento-ask')).toBe(true);
    expect(await isReady('cento-search')).toBe(true);
  });

  test('the elements of a page share one instance, with its scripts too', async ({ page }) => {
    await elementsPage(
      page,
      `<cento-ask ${on(SMALL)}></cento-ask><cento-search ${on(SMALL)}></cento-search>`,
    );
    await page.getByLabel('Search').fill('harbour');
    await expect(page.locator('.results li').first()).toBeVisible();
    await page.getByLabel('Ask a question').fill('Who elects the council of Anvar?');
    await page.keyboard.press('Enter');
    await expect(page.locator('.passage').first()).toBeVisible();
    const title = await page.evaluate(async (pack) => {
      const url = '/dist/elements.js';
      const { sharedCento }: typeof import('../web/src/elements/index.js') = await import(url);
      return (await (await sharedCento({ pack, workerUrl: '/dist/worker.js' })).info()).name;
    }, SMALL);
    expect(title).toBe('e2e-small');
    expect(page.workers().length).toBe(1);
  });

  test.describe('that fails', () => {
    test.use({ expectedComplaints: /404/ });

    test('is told, and can be tried again', async ({ page, context }) => {
      let isBroken = true;
      await context.route(/manifest\.json$/, (route) =>
        isBroken ? route.fulfill({ status: 404, body: '' }) : route.continue(),
      );
      await elementsPage(page, `<cento-ask ${on(SMALL)}></cento-ask>`);
      const names = await noteEvents(page);
      await page.getByLabel('Ask a question').focus();
      await expect(page.locator('[part=error]')).toContainText('could not be loaded');
      expect(await names()).toEqual(['cento-error']);
      isBroken = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.locator('[part=error]')).toBeHidden();
      await page.getByLabel('Ask a question').fill('Who elects the council of Anvar?');
      await page.keyboard.press('Enter');
      await expect(page.locator('.passage').first()).toBeVisible();
    });
  });

  test('without WebAssembly the page keeps what it had', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
    await elementsPage(
      page,
      `<cento-ask ${on(SMALL)}><a href="/contents.html">All pages</a></cento-ask>
       <cento-complete ${on(SMALL)}><textarea aria-label="Notes"></textarea></cento-complete>`,
    );
    await expect(page.getByRole('link', { name: 'All pages' })).toBeVisible();
    await expect(page.locator('.notice')).toContainText('cannot run');
    await page.getByLabel('Notes').fill('one can still write');
  });
});

test.describe('cento-search', () => {
  test('finds while one types, and the arrows go through what is found', async ({ page }) => {
    await elementsPage(page, `<cento-search limit="4" ${on(FACTBOOK)}></cento-search>`);
    const names = await noteEvents(page);
    await page.getByLabel('Search').pressSequentially('border dispute river');
    await expect(page.locator('.results li')).toHaveCount(4);
    await expect(page.locator('.excerpt mark').first()).toBeVisible();
    await expect(page.getByRole('status')).toHaveText('4 found');
    expect(await names()).toContain('cento-results');
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.results a').first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.results a').nth(1)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByLabel('Search')).toBeFocused();
  });

  test('says what a word was taken for', async ({ page }) => {
    await elementsPage(page, `<cento-search ${on(SMALL)}></cento-search>`);
    await page.getByLabel('Search').fill('harbuor');
    await expect(page.locator('.status')).toContainText('“harbour” in place of “harbuor”');
  });
});

test.describe('cento-complete', () => {
  const NOTES = `<cento-complete ${on(FACTBOOK)}>
      <textarea aria-label="Notes" rows="4" dir="auto"></textarea>
    </cento-complete><button type="button">After</button>`;
  const START = 'The economy depends heavily on ';

  test('Tab takes the ghost text; without one it moves on', async ({ page }) => {
    await elementsPage(page, NOTES);
    const names = await noteEvents(page);
    const field = page.getByLabel('Notes');
    const ghost = page.locator('[part=ghost]');
    await field.click();
    await field.pressSequentially(START);
    await expect(ghost).toHaveText(/\w/);
    await expect(page.getByRole('status')).toContainText('Tab accepts');
    const offered = (await ghost.textContent()) as string;
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue(START + offered);
    expect(await names()).toContain('cento-accept');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(field).toHaveValue(START);
    await page.keyboard.press('Escape');
    await expect(ghost).toBeHidden();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'After' })).toBeFocused();
  });

  test('the arrow takes it at the end of the text, and is an arrow elsewhere', async ({ page }) => {
    await elementsPage(page, NOTES);
    const field = page.getByLabel('Notes');
    const ghost = page.locator('[part=ghost]');
    await field.pressSequentially(START);
    await expect(ghost).toHaveText(/\w/);
    await page.keyboard.press('ArrowLeft');
    await expect(ghost).toBeHidden();
    await page.keyboard.press('ArrowRight');
    await expect(field).toHaveValue(START);
    await page.keyboard.press('Backspace');
    await page.keyboard.type(' ');
    await expect(ghost).toHaveText(/\w/);
    await page.keyboard.press('Shift+ArrowRight');
    await expect(field).toHaveValue(START);
    await page.keyboard.press('ArrowRight');
    await expect(field).not.toHaveValue(START);
  });

  test('typing what it says keeps it; coming back to a field shows none', async ({ page }) => {
    await elementsPage(page, NOTES);
    const field = page.getByLabel('Notes');
    const ghost = page.locator('[part=ghost]');
    await field.pressSequentially(START);
    await expect(ghost).toHaveText(/\w{2}/);
    const [offered, left] = await ghost.evaluate((words) => {
      const offered = words.textContent as string;
      document.execCommand('insertText', false, offered[0]);
      return [offered, words.textContent];
    });
    expect(left).toBe(offered?.slice(1));
    await field.blur();
    await expect(ghost).toBeHidden();
    await field.focus();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'After' })).toBeFocused();
  });

  test('no key is taken from an input method', async ({ page }) => {
    await elementsPage(page, NOTES);
    const field = page.getByLabel('Notes');
    await field.pressSequentially(START);
    await expect(page.locator('[part=ghost]')).toHaveText(/\w/);
    const taken = await field.evaluate((element) => {
      const press = (options: KeyboardEventInit) =>
        !element.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true, ...options }),
        );
      return [press({ isComposing: true }), press({ keyCode: 229 }), press({ ctrlKey: true })];
    });
    expect(taken).toEqual([false, false, false]);
    await field.dispatchEvent('compositionstart');
    await expect(page.locator('[part=ghost]')).toBeHidden();
  });

  test('from right to left the ghost stands on the left, and the left arrow takes it', async ({
    page,
  }) => {
    await elementsPage(page, NOTES.replaceAll(FACTBOOK, SMALL), { lang: 'ar', dir: 'rtl' });
    const field = page.getByLabel('Notes');
    const start = 'تقع الجزيرة في البحر';
    await field.pressSequentially(start);
    const ghost = page.locator('[part=ghost]');
    await expect(ghost).toHaveText(/\p{L}/u);
    const [inside, outside] = [await ghost.boundingBox(), await field.boundingBox()];
    const middle = (outside?.x ?? 0) + (outside?.width ?? 0) / 2;
    expect(inside?.x).toBeGreaterThan(middle - (outside?.width ?? 0) / 2);
    expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThan(
      (outside?.x ?? 0) + (outside?.width ?? 0) - 100,
    );
    await page.keyboard.press('ArrowLeft');
    await expect(field).not.toHaveValue(start);
  });
});

test.describe('cento-check', () => {
  const TEXT =
    'The harbour of Anvar is open from April to October. In winter the ferry sails once a week. ' +
    'The people of the island elect a council every 200 years. Penguins play chess on Mondays.';

  test('tells what is attested, what is said otherwise, and what is not', async ({ page }) => {
    await elementsPage(page, `<cento-check ${on(SMALL)}></cento-check>`);
    const names = await noteEvents(page);
    await page.getByLabel('Text to check').fill(TEXT);
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.locator('.text .attested').first()).toContainText('harbour of Anvar');
    await expect(page.locator('.text .near-miss del')).toHaveText('200 years');
    await expect(page.locator('.text .near-miss ins')).toHaveText(/^\d+ years$/);
    await expect(page.locator('.text .unsupported')).toContainText('Penguins');
    await expect(page.getByRole('status')).toHaveText('2 attested, 1 near miss, 1 unsupported');
    expect(await names()).toContain('cento-check');
    await page.locator('.text .near-miss .said').first().click();
    await expect(page.getByRole('dialog', { name: 'Source' })).toContainText('elect a council');
  });

  test('checks another field of the page', async ({ page }) => {
    await elementsPage(
      page,
      `<textarea id="draft" aria-label="Draft">${TEXT}</textarea>
       <cento-check for="draft" ${on(SMALL)}></cento-check>`,
    );
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.locator('.text .checked')).toHaveCount(4);
  });
});

test('cento-sources lists the sources of another element', async ({ page }) => {
  await elementsPage(
    page,
    `<cento-ask id="ask" without-sources ${on(FACTBOOK)}></cento-ask>
     <cento-sources for="ask"><p>Nothing was asked yet.</p></cento-sources>`,
  );
  await expect(page.getByText('Nothing was asked yet.')).toBeVisible();
  await page.getByLabel('Ask a question').fill('What is the total area of Kenya?');
  await page.keyboard.press('Enter');
  await expect(page.locator('cento-sources').getByRole('link', { name: 'Kenya' })).toBeVisible();
  await expect(page.locator('cento-ask .sources')).toHaveCount(0);
  await expect(page.getByText('Nothing was asked yet.')).toBeHidden();
});

test('a hostile pack stays text, and its addresses lead nowhere', async ({ page }) => {
  await elementsPage(
    page,
    `<cento-ask ${on(HOSTILE)}></cento-ask><cento-search ${on(HOSTILE)}></cento-search>
     <cento-check ${on(HOSTILE)}></cento-check>`,
  );
  await page.getByLabel('Search').fill('invented widget sprocket gear lever');
  await expect(page.locator('.results li')).toHaveCount(4);
  const addresses = await page
    .locator('.results a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).getAttribute('href')));
  // Of the four only the relative one is an address of a page: that of the folder above the pack's.
  expect(addresses).toHaveLength(1);
  expect(new URL(addresses[0] as string).pathname).toBe('/packs/guide/gears.html');
  await page.getByLabel('Ask a question').fill('Who invented the widget?');
  await page.keyboard.press('Enter');
  await expect(page.locator('.text')).toContainText('<img src=x');
  await page.locator('.passage').first().click();
  await expect(page.getByRole('dialog', { name: 'Source' })).toContainText('Widgets <img');
  await page.keyboard.press('Escape');
  await page
    .getByLabel('Text to check')
    .fill('The widget <img src=x onerror=alert(1)> was invented by Mallory in 1987.');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.legend')).toBeVisible();
  const inserted = await page.evaluate(() =>
    ['cento-ask', 'cento-search', 'cento-check'].flatMap((name) => {
      const root = document.querySelector(name)?.shadowRoot;
      return [
        ...(root?.querySelectorAll('img, script, [href^="javascript:"], [href^="data:"]') ?? []),
      ];
    }),
  );
  expect(inserted).toEqual([]);
  await expect(page).toHaveTitle('Elements');
});
