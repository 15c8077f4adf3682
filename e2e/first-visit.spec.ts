import {
  composeOffered,
  expect,
  holdLaterShards,
  isKept,
  packIsReady,
  test,
} from './support/test.js';

test('answers come after the first shard, and say how much of the pack they cover', async ({
  page,
  context,
}) => {
  const release = await holdLaterShards(context);
  await page.goto('/');
  await composeOffered(page);
  const facts = page.locator('#load-facts');
  await expect(facts).toContainText(/answers cover [1-9]\d?%/);
  await expect(page.locator('#result .receipt')).toContainText(/covered to [1-9]\d?%/);
  const before = await page
    .locator('#load-progress')
    .evaluate((bar: HTMLProgressElement) => bar.value);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(1);
  release();
  await packIsReady(page);
  await expect(page.locator('#load-progress')).toHaveJSProperty('value', 1);
  await expect(facts).toContainText('kept in this browser');
});

test('progress only rises', async ({ page }) => {
  await page.addInitScript(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    const look = () => {
      const bar = document.querySelector<HTMLProgressElement>('#load-progress');
      if (bar && bar.value !== seen.at(-1)) seen.push(bar.value);
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
    });
  });
  await page.goto('/');
  await packIsReady(page);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('a completion continues the beginning with numbered passages, each with its source', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  const text = await composeOffered(page);
  const offered = await page.locator('#offers button').first().textContent();
  expect(text.startsWith(offered as string)).toBe(true);
  const passages = page.locator('#result .passage');
  const sources = page.locator('#result .apparatus li');
  expect(await passages.count()).toBeGreaterThan(0);
  for (const passage of await passages.all()) {
    const number = await passage.locator('sup').textContent();
    const described = await passage.getAttribute('aria-describedby');
    expect(described).toBe(`source-${number}`);
    await expect(page.locator(`#${described}`)).toBeVisible();
  }
  expect(await sources.count()).toBeLessThanOrEqual(await passages.count());
});

test('hovering a passage shows where it stands and why it was chosen', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  await composeOffered(page);
  const passage = page.locator('#result .passage').first();
  const words = ((await passage.evaluate((node) => node.firstChild?.textContent)) as string).trim();
  await passage.hover();
  const card = page.getByRole('dialog', { name: 'Source of the passage' });
  await expect(card).toBeVisible();
  await expect(card.locator('mark')).toContainText(words);
  await expect(card).toContainText(/Chosen because/);
  await expect(card.locator('blockquote')).toContainText('…');
  await expect(card.getByRole('link')).toHaveAttribute('href', /^https:\/\/.*:~:text=/);
  await page.locator('h1').hover();
  await expect(card).toBeHidden();
});

test('the keyboard reaches passages and their cards, and Escape goes back', async ({ page }) => {
  await page.goto('/#compose');
  await packIsReady(page);
  await page
    .locator('#prompt')
    .fill((await page.locator('#offers button').first().textContent()) as string);
  await page.locator('#prompt').press('Enter');
  await expect(page.locator('#result .receipt')).toBeVisible();
  const passage = page.locator('#result .passage').first();
  await page.locator('#prompt-why').focus();
  await page.keyboard.press('Tab');
  await expect(passage).toBeFocused();
  const card = page.getByRole('dialog', { name: 'Source of the passage' });
  await expect(card).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(card).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(passage).toBeFocused();
});

test('another one is another text, and the address gives the same text again', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  const texts = [await composeOffered(page)];
  for (let seed = 1; seed < 5; seed++) {
    await page.getByRole('button', { name: 'Another one' }).click();
    await expect(page.locator('#result .receipt')).toContainText(`seed ${seed} `);
    texts.push((await page.locator('#result .text').textContent()) as string);
  }
  expect(new Set(texts).size).toBeGreaterThan(1);
  await page.reload();
  await expect(page.locator('#result .receipt')).toContainText('seed 4 ');
  await expect(page.locator('#result .text')).toHaveText(texts[4] as string);
});

test('an answer is proven again from the shards', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  await composeOffered(page);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.locator('#result .proof')).toContainText(/^Proven from the shards/);
});

test('what the pack cannot continue is refused with a reason and suggestions', async ({ page }) => {
  await page.goto('/#compose');
  await packIsReady(page);
  await page.locator('#prompt').fill('Xqzzt vrfplk wubbadub');
  await page.locator('#prompt').press('Enter');
  const refusal = page.locator('#result .refusal');
  await expect(refusal).toBeVisible();
  await expect(page.locator('#result-status')).toContainText(/^Refused: ./);
  await refusal.getByRole('button').first().click();
  await expect(page.locator('#result .passage').first()).toBeVisible();
});

test('tracing shows which spans of a text stand in the pack, and markup stays text', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  await page.getByRole('tab', { name: 'Trace a text' }).click();
  const text = '<img src=x onerror=alert(1)> The economy is heavily dependent on zzyzx.';
  await page.locator('#trace-text').fill(text);
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  const view = page.locator('#trace-result .text');
  await expect(view.locator('.passage').first()).toContainText(
    'The economy is heavily dependent on',
  );
  await expect(view.locator('img')).toHaveCount(0);
  await expect(view).toContainText('<img src=x onerror=alert(1)>');
  await view.locator('.passage').first().click();
  await expect(page.getByRole('dialog')).toContainText(/Stands in \d+ places?\./);
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('once everything is here, nothing is requested any more', async ({ page, context }) => {
    await page.goto('/');
    await packIsReady(page);
    await isKept(page);
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    await composeOffered(page);
    await page.getByRole('button', { name: 'Another one' }).click();
    await expect(page.locator('#result .receipt')).toBeVisible();
    await page.locator('#result .passage').first().click();
    await expect(page.getByRole('dialog').locator('blockquote')).toContainText('…');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.locator('#result .proof')).toContainText('Proven');
    await page.getByRole('tab', { name: 'Trace a text' }).click();
    await page.locator('#trace-example').click();
    await expect(page.locator('#trace-result .receipt')).toBeVisible();
    expect(requests).toEqual([]);
    await expect(page.locator('#meter-requests')).toHaveText('0');
  });
});
