/** Questions in the demo and through the library: answers, refusals, follow-ups, streams, aborts. */

import type { Locator } from '@playwright/test';
import {
  ask,
  blankPage,
  composeOffered,
  expect,
  FACTBOOK,
  isKept,
  type Library,
  openTab,
  packIsReady,
  test,
} from './support/test.js';

test('a question is answered with its words, the sentence they stand in, and its source', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  const answer = await ask(page, 'What is the total area of Kenya?');
  await expect(answer.locator('.answer-words')).toContainText('580,367');
  await expect(answer.locator('.text mark')).toContainText('580,367');
  await expect(answer.locator('.apparatus')).toContainText('Kenya');
  await expect(answer.locator('.manner')).toContainText(/right/);
  await expect(page.locator('#ask-status')).toContainText('580,367');
  await answer.locator('.passage').first().click();
  const card = page.getByRole('dialog', { name: 'Source of the passage' });
  await expect(card.getByRole('link')).toHaveAttribute('href', /^https:\/\/.*:~:text=/);
  await expect(page.locator('#ask .found li').first()).toContainText('Kenya');
});

test('an answer is proven, and its choice explained', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  const answer = await ask(page, 'What is the total area of Kenya?');
  await answer.getByRole('button', { name: 'Verify' }).click();
  await expect(answer.locator('.proof')).toContainText(/^Proven from the shards/);
  const why = answer.getByRole('button', { name: 'Look inside' });
  await why.click();
  await expect(why).toHaveAttribute('aria-expanded', 'true');
  await expect(answer.locator('.candidates li').first()).toContainText('Chosen');
  await expect(answer.locator('.gauge')).toContainText(
    /^Sure to \d+%refused below 20%; \d+ look-ups/,
  );
  await why.click();
  await expect(answer.locator('.reasons')).toBeHidden();
});

test('the levels at work on each token of an answer are shown, as the pack has them', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  const answer = await ask(page, 'What is the climate of Kenya?');
  await answer.getByRole('button', { name: 'Look inside' }).click();
  await expect(answer.locator('.past')).toContainText('varies from tropical along coast');
  await answer.locator('.past .token', { hasText: 'along' }).click();
  await expect(answer.locator('.building .shape').first()).toBeVisible();
  await expect(answer.locator('.why-token')).toHaveText('along');
  await expect(answer.locator('.why-level').first()).toContainText(/stands \d+ times/);
  const [ofClass, shape, kind] = await answer.locator('.building > .why-level').all();
  // Other prepositions: counted, not known.
  await expect(ofClass?.locator('.members') as Locator).toContainText('between');
  await expect(shape?.locator('.shape[aria-current]') as Locator).toContainText('along');
  await expect(kind as Locator).toContainText('begin like varies from tropical');
  const { classes, shapes } = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    await cento.ready;
    return cento.info();
  }, FACTBOOK);
  await expect(ofClass?.locator('h3') as Locator).toContainText(`of ${classes}`);
  await expect(shape?.locator('h3') as Locator).toContainText(`of ${shapes.toLocaleString('en')}`);
  // Of a text that goes on from somewhere, too.
  await composeOffered(page);
  const result = page.locator('#result');
  await result.getByRole('button', { name: 'Look inside' }).click();
  await expect(result.locator('.candidates li').first()).toContainText('Chosen');
  await result.locator('.past .token').nth(2).click();
  await expect(result.locator('.building .shape[aria-current]')).toBeVisible();
  await expect(result.locator('.why-headline')).toContainText('after');
});

test('what the pack does not say is refused with a reason', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  const answer = await ask(page, 'How do I bake sourdough bread?');
  await expect(answer.locator('.refusal')).toContainText('The pack does not say.');
  await expect(page.locator('#ask-status')).toContainText(/^No answer: ./);
  await expect(answer.locator('.passage')).toHaveCount(0);
});

test('a question can go on from the one before, until the conversation is new', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  await ask(page, 'What is the total area of Kenya?');
  const answer = await ask(page, 'And its capital?');
  await expect(answer.locator('.text')).toContainText('Nairobi');
  await expect(page.locator('.answer')).toHaveCount(2);
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expect(page.locator('.answer')).toHaveCount(0);
  await expect(page.locator('#question')).toBeFocused();
});

test('the address of an answer gives it again, and examples are a click away', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  await page.locator('#ask-offers button').first().click();
  const text = page.locator('.answer .text');
  await expect(page.locator('.answer .receipt')).toBeVisible();
  const before = await text.textContent();
  await page.reload();
  await expect(text).toHaveText(before as string);
});

test('markup in a question stays text', async ({ page }) => {
  await page.goto('/');
  await packIsReady(page);
  const question = '<img src=x onerror=alert(1)> What is the capital of Kenya?';
  const answer = await ask(page, question);
  await expect(answer.locator('img')).toHaveCount(0);
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('nothing that is asked leaves the page', async ({ page, context }) => {
    await page.goto('/');
    await packIsReady(page);
    await isKept(page);
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    const answer = await ask(page, 'Which countries border Chile?');
    await answer.getByRole('button', { name: 'Verify' }).click();
    await expect(answer.locator('.proof')).toContainText('Proven');
    await answer.getByRole('button', { name: 'Look inside' }).click();
    await expect(answer.locator('.reasons-why')).toBeVisible();
    await expect(page.locator('#ask .found li').first()).toBeVisible();
    expect(requests).toEqual([]);
    await expect(page.locator('#meter-requests')).toHaveText('0');
  });
});

test('fragments stream before the answer is whole, and make its text', async ({ page }) => {
  await blankPage(page);
  const { events, text } = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    await cento.ready;
    const events: string[] = [];
    const stream = cento.overview('Kenya', { sentences: 4 });
    const whole = stream.then((answer) => {
      events.push('whole');
      return answer;
    });
    for await (const fragment of stream) events.push(fragment.text);
    const { text } = await whole;
    await cento.destroy();
    return { events, text };
  }, FACTBOOK);
  expect(events.length).toBeGreaterThan(2);
  expect(events[0]).not.toBe('whole');
  let at = 0;
  for (const fragment of events.filter((event) => event !== 'whole')) {
    const begin = text.indexOf(fragment, at);
    expect(text.slice(at, Math.max(begin, at)).trim()).toBe(''); // what joins two fragments
    at = begin + fragment.length;
  }
  expect(at).toBe(text.length);
});

test('an abort rejects, stops the work, and leaves the engine answering', async ({ page }) => {
  await blankPage(page);
  const codes = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    await cento.ready;
    const controller = new AbortController();
    const { signal } = controller;
    const pending = [
      cento.ask('What is the capital of Kenya?', { signal, effort: 'deep' }),
      cento.overview('Kenya', { signal, effort: 'deep' }),
      cento.search('coffee', { signal }),
    ];
    controller.abort();
    const settled = await Promise.allSettled(pending as PromiseLike<unknown>[]);
    const answer = await cento.ask('What is the capital of Kenya?');
    await cento.destroy();
    return [
      ...settled.map((call) => (call.status === 'rejected' ? call.reason.code : 'fulfilled')),
      answer.refused,
    ];
  }, FACTBOOK);
  expect(codes).toEqual(['AbortError', 'AbortError', 'AbortError', false]);
});

test('while a long text is checked or traced, other calls are answered, and it can be aborted', async ({
  page,
}) => {
  await blankPage(page);
  const settled = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    await cento.ready;
    const sentence = (i: number) => `Kenya exported ${i} tons of coffee to the other island. `;
    const text = Array.from({ length: 10_000 }, (_, i) => sentence(i)).join('');
    const order: string[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    const pending = [cento.check(text, { signal }), cento.trace(text, { signal })].map((call) =>
      (call as Promise<unknown>).then(
        () => order.push('read to its end'),
        (error) => order.push(error.code),
      ),
    );
    await cento.count(' coffee').then(() => order.push('counted'));
    await cento.suggest('The exports of Kenya are ').then(() => order.push('suggested'));
    controller.abort();
    await Promise.all(pending);
    const { sentences } = await cento.check(sentence(1) + sentence(2));
    await cento.destroy();
    return [...order, sentences];
  }, FACTBOOK);
  expect(settled).toEqual(['counted', 'suggested', 'AbortError', 'AbortError', 2]);
});

test('an overview of a topic is several sentences, each with its source, at its own address', async ({
  page,
}) => {
  await page.goto('/');
  await packIsReady(page);
  await openTab(page, 'Overview of a topic');
  await page.getByRole('button', { name: 'Iceland', exact: true }).click();
  const answer = page.locator('#overview .answer');
  await expect(answer.locator('.receipt')).toBeVisible();
  expect(await answer.locator('.passage').count()).toBeGreaterThan(2);
  const text = await answer.locator('.text').textContent();
  const last = answer.locator('.passage').last();
  const card = page.getByRole('dialog', { name: 'Source of the passage' });
  await last.hover();
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await last.press('Enter');
  await expect(card.getByRole('link')).toHaveAttribute('href', /^https:\/\/.*:~:text=/);
  await expect(page.locator('#meter-first')).toContainText('ms');
  await expect(page.locator('#meter-speed')).toHaveText(/\d/);
  await page.reload();
  await expect(answer.locator('.text')).toHaveText(text as string);
});

test('an overview of what the pack does not speak of is refused', async ({ page }) => {
  await page.goto('/#overview');
  await packIsReady(page);
  await page.locator('#topic').fill('Zzyzx vrfplk');
  await page.locator('#topic').press('Enter');
  const refusal = page.locator('#overview .refusal');
  await expect(refusal).toContainText('The pack does not say.');
  await expect(page.locator('#overview-status')).toContainText(/^No answer: ./);
  await expect(page.locator('#overview .passage')).toHaveCount(0);
});
