/** Suggestions while one writes, and the explanation of a word. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  blankPage,
  expect,
  FACTBOOK,
  isKept,
  type Library,
  packIsReady,
  SMALL,
  test,
} from './support/test.js';

const BEGINNING = 'The economy is heavily depen';

/** Types into the field, and waits for the suggestions. */
async function type(page: Page, text = BEGINNING): Promise<void> {
  await page.locator('#prompt').click();
  await page.keyboard.type(text);
  await expect(page.locator('#prompt-box')).toBeVisible();
  await expect(page.locator('.ghost')).not.toBeEmpty();
}

/**
 * The ghost text at the moment of the key or click that takes it. Read before, it may be what was typed
 * through of an earlier one, in whose place a longer one comes.
 */
async function taking(page: Page, by: 'keydown' | 'click', act: () => Promise<void>) {
  const seen = await page.evaluateHandle((type) => {
    const seen = { ghost: '' };
    const look = () => {
      seen.ghost = document.querySelector('.ghost')?.textContent ?? '';
    };
    addEventListener(type, look, { capture: true, once: true });
    return seen;
  }, by);
  await act();
  return seen.evaluate(({ ghost }) => ghost);
}

const field = (page: Page) => page.locator('#prompt');

test.beforeEach(async ({ page }) => {
  await page.goto('/#compose');
  await packIsReady(page);
});

for (const key of ['Tab', 'ArrowRight']) {
  test(`${key} takes the ghost text, which then goes on`, async ({ page }) => {
    await type(page);
    const rest = await taking(page, 'keydown', () => page.keyboard.press(key));
    expect(rest).toMatch(/^dent/);
    await expect(field(page)).toHaveValue(BEGINNING + rest);
    await expect(field(page)).toBeFocused();
    await expect(page.locator('.ghost')).not.toHaveText(rest);
  });
}

test('what was taken can be undone', async ({ page }) => {
  await type(page);
  await page.keyboard.press('Tab');
  await expect(field(page)).not.toHaveValue(BEGINNING);
  await page.keyboard.press('Control+z');
  await expect(field(page)).toHaveValue(BEGINNING);
});

test('the ghost stands where the next letter will, in every line', async ({ page }) => {
  await type(page, `${'The terrain is mostly mountains and hills. '.repeat(4)}${BEGINNING}`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  const offsets = await page.evaluate(() => {
    const [field, mirror] = ['prompt', 'prompt-mirror'].map(
      (id) => document.getElementById(id) as HTMLElement,
    ) as [HTMLElement, HTMLElement];
    const style = (element: HTMLElement) => {
      const { font, letterSpacing, padding, width, lineHeight, whiteSpace } =
        getComputedStyle(element);
      return { font, letterSpacing, padding, width, lineHeight, whiteSpace };
    };
    return {
      same: [style(field), style(mirror)],
      scroll: field.scrollHeight - field.clientHeight,
      lines: mirror.clientHeight / Number.parseFloat(getComputedStyle(mirror).lineHeight),
    };
  });
  expect(offsets.same[0]).toEqual(offsets.same[1]);
  expect(offsets.scroll).toBe(0);
  expect(offsets.lines).toBeGreaterThan(2);
});

test('in the middle of the text the arrow moves, and the list still serves', async ({ page }) => {
  await field(page).click();
  await page.keyboard.type('The econ is small.');
  for (let i = 0; i < ' is small.'.length; i++) await page.keyboard.press('ArrowLeft');
  await expect(page.locator('#prompt-box')).toBeHidden();
  await page.keyboard.type('o');
  await expect(page.locator('#prompt-box')).toBeVisible();
  await expect(page.locator('.ghost')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(field(page)).toHaveValue('The econo is small.');
  await expect(page.locator('#prompt-box')).toBeHidden();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  await expect(page.locator('#prompt-box')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('The econ is small.');
  await expect(field(page)).not.toBeFocused();
});

test('the list is reached with the arrow down and taken from with Enter', async ({ page }) => {
  await type(page, 'The ');
  const rows = page.locator('#prompt-box [role=row]');
  const second = await rows.nth(1).locator('ins').textContent();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', 'prompt-suggestions-1-0');
  await expect(page.locator('#prompt-suggestions-1-0')).toContainText(/%/);
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue(`The ${second}`);
  await expect(field(page)).toBeFocused();
  await expect(page.locator('#result')).toBeHidden();
});

test('each suggestion says which levels spoke for it', async ({ page }) => {
  await type(page);
  for (const row of await page.locator('#prompt-box [role=row]').all()) {
    await expect(row.locator('.levels')).toContainText(
      /(pack|classes|shapes|this text|frequency) \d+%/,
    );
  }
});

test('Escape puts the suggestions away, and then Tab leaves the field', async ({ page }) => {
  await type(page);
  await page.keyboard.press('Escape');
  await expect(page.locator('#prompt-box')).toBeHidden();
  await expect(page.locator('.ghost')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Continue', exact: true })).toBeFocused();
  await expect(field(page)).toHaveValue(BEGINNING);
});

test('without a ghost, Tab only passes through', async ({ page }) => {
  await type(page);
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('#prompt-box')).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Continue', exact: true })).toBeFocused();
});

test('a mistyped word is shown as such, and replaced', async ({ page }) => {
  await type(page, 'The econimy');
  await expect(page.locator('.mistyped')).toHaveText('econimy');
  await expect(page.locator('.ghost')).toHaveText('economy');
  await expect(page.locator('#prompt-box del').first()).toHaveText('econimy');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('The economy');
});

test('while an input method composes, nothing is suggested and no key is taken', async ({
  page,
}) => {
  await type(page, 'The econ');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'o', selectionStart: 1, selectionEnd: 1 });
  await expect(page.locator('#prompt-box')).toBeHidden();
  const taken = await field(page).evaluate((element) => {
    const key = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, cancelable: true });
    return !element.dispatchEvent(key);
  });
  expect(taken).toBe(false);
  await session.send('Input.insertText', { text: 'o' });
  await expect(field(page)).toHaveValue('The econo');
  await expect(page.locator('#prompt-box')).toBeVisible();
});

test('a tap takes a suggestion and keeps the field', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 360, height: 800 },
  });
  const page = await context.newPage();
  await page.goto(`${baseURL}#compose`);
  await packIsReady(page);
  await type(page);
  const rest = await taking(page, 'click', () => page.locator('#prompt-suggestions-0-0').tap());
  expect(rest).not.toBe('');
  await expect(field(page)).toHaveValue(BEGINNING + rest);
  await expect(field(page)).toBeFocused();
  await context.close();
});

test('from right to left, the arrow to the left takes the ghost', async ({ page }) => {
  await page.goto(`/?pack=${SMALL.slice(1)}#compose`);
  await packIsReady(page);
  const beginning = 'تقع الجزيرة في البحر';
  await type(page, beginning);
  expect(
    await page.locator('#prompt-mirror').evaluate((mirror) => getComputedStyle(mirror).direction),
  ).toBe('rtl');
  const rest = await taking(page, 'keydown', () => page.keyboard.press('ArrowLeft'));
  expect(rest).not.toBe('');
  await expect(field(page)).toHaveValue(beginning + rest);
});

test('screen readers are told once, after a pause', async ({ page }) => {
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    new MutationObserver(([record]) => {
      const text = record?.target.textContent ?? '';
      if (text !== '') told.push(text);
    }).observe(document.getElementById('prompt-status') as HTMLElement, { childList: true });
  });
  await type(page);
  await expect(page.locator('#prompt-status')).toHaveText(
    /^Suggestion: dependent.* in the list\.$/,
  );
  const told = await page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  expect(told).toHaveLength(1);
});

test('the explanation shows the experts of a suggestion, and goes back with Escape', async ({
  page,
}) => {
  await type(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const why = page.getByRole('region', { name: 'Why these words?' });
  await expect(why.locator('.why-token')).toHaveText(/^depend/);
  await expect(why.locator('.why-caption').first()).toContainText(
    /stands .* in these documents; .* followed/,
  );
  const shares = await why.locator('.why-share:not(.why-which)').allTextContents();
  const sum = shares.reduce((total, share) => total + Number.parseInt(share, 10), 0);
  expect(Math.abs(sum - 100)).toBeLessThanOrEqual(shares.length);
  await expect(why.locator('.past')).toHaveText('The economy is heavily');
  await expect(why.locator('[aria-pressed=true]')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(why.locator('.why-token')).not.toHaveText(/^dependent$/);
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
  await expect(field(page)).toBeFocused();
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('suggesting and explaining request nothing', async ({ page, context }) => {
    await isKept(page);
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    await type(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Why these words?' }).click();
    await expect(page.locator('.why-token')).toBeVisible();
    expect(requests).toEqual([]);
    await expect(page.locator('#meter-requests')).toHaveText('0');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1200]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      const check = async (page: Page) => {
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual(
          [],
        );
      };

      test('suggestions fit and are accessible', async ({ page }) => {
        await type(page);
        await page.keyboard.press('ArrowDown');
        await check(page);
      });

      test('a correction fits and is accessible', async ({ page }) => {
        await type(page, 'The econimy');
        await check(page);
      });

      test('an explanation fits and is accessible', async ({ page }) => {
        await type(page);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        await expect(page.locator('.past')).toHaveText('The economy is heavily');
        await check(page);
      });
    });
  }
}

test('suggestions, explanations and scores can be had from the library alone', async ({ page }) => {
  await blankPage(page);
  const got = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    await cento.ready;
    const text = 'The economy is heavily';
    const { suggestions, coverage } = await cento.suggest(text, { limit: 5 });
    const { tokens } = await cento.predict(text, { limit: 5 });
    const explanation = await cento.explainNext(text, tokens[0]?.text ?? '');
    const score = await cento.score('The terrain is mostly mountains.', { checkEvery: 4 });
    return { suggestions, coverage, tokens, explanation, score };
  }, FACTBOOK);
  expect(got.coverage.share).toBe(1);
  expect(got.suggestions[0]).toMatchObject({ replaces: 0, corrected: false });
  expect(got.suggestions[0]?.text).toMatch(/^ dependent/);
  expect(got.explanation.token).toBe(got.tokens[0]?.text);
  expect(got.explanation.probability).toBeCloseTo(got.tokens[0]?.probability as number, 6);
  expect(got.score.sums).toBeGreaterThan(0);
  expect(got.score.maxSumError).toBeLessThan(1e-6);
  expect(got.score.bitsPerByte).toBeLessThan(4);
});
