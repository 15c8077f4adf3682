/** Nothing that is asked leaves the device; and the strictest policies suffice. */

import type { Frame } from '@playwright/test';
import { inPage, open } from './support/library.js';
import { expect, SMALL, test } from './support/test.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

test.beforeEach(async ({ page, context }) => {
  const headers = { 'content-security-policy': POLICY };
  await context.route('**/strict.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers,
      body: '<!doctype html><title>strict</title>',
    }),
  );
  await context.route('**/dist/*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
  });
  await page.goto('/strict.html');
});

test('no call makes a request, under a policy that allows nothing else either', async ({
  page,
  context,
}) => {
  expect(await open(page, SMALL)).toEqual({ share: 1 });
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('page', (other) => requests.push(`a page: ${other.url()}`));
  const done = await inPage(page, async ({ cento }) => {
    const text = 'The people of the island live from fishing.';
    const answer = await cento.ask('What do the people of Anvar live from?');
    const session = cento.session();
    const calls: Record<string, unknown> = {
      session: await session.ask('What is Belisk?'),
      overview: await cento.overview('harbour'),
      complete: await cento.complete('The people of the island'),
      search: await cento.search('ferry'),
      suggest: await cento.suggest('The people of the isl'),
      predict: await cento.predict(text),
      explainNext: await cento.explainNext('The people of the', ' island'),
      trace: await cento.trace(text),
      check: await cento.check(text),
      score: await cento.score(text),
      verify: await cento.verify(answer),
      explain: await cento.explain(answer, 0),
      attestedMask: await cento.attestedMask('The people of'),
      decode: await cento.decode(await cento.encode(text)),
      count: await cento.count(' the'),
      next: await cento.next(' the'),
      locate: await cento.locate(' island'),
      info: await cento.info(),
      learn: await cento.learn({ id: 'mine', title: 'Mine', text: 'My boat lies at Anvar.' }),
      learned: await cento.ask('Where does my boat lie?'),
      exportLearned: await cento.exportLearned(),
      forget: await cento.forget('mine'),
    };
    await cento.destroy();
    return Object.keys(calls).length;
  });
  expect(done).toBe(22);
  expect(requests).toEqual([]);
});

test('a second visit with update: manual asks for no file of the pack', async ({
  page,
  context,
}) => {
  expect(await open(page, SMALL)).toEqual({ share: 1 });
  const requests: string[] = [];
  context.on('request', (request) => requests.push(new URL(request.url()).pathname));
  expect(await open(page, SMALL, { update: 'manual' })).toEqual({ share: 1 });
  expect(requests.filter((path) => !path.startsWith('/dist/'))).toEqual([]);
});

test('a frame of another site, to which the browser denies storage, works in memory', async ({
  page,
  baseURL,
}) => {
  // A private window's browser context blocks what third parties would store.
  const embedder = `http://localhost:${new URL(baseURL as string).port}/embedder.html`;
  const embedded = new URL('/strict.html', baseURL).href;
  await page.route(embedder, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>embedder</title><iframe src="${embedded}"></iframe>`,
    }),
  );
  await page.goto(embedder);
  const frame = page.frame({ url: embedded }) as Frame;
  expect(await open(frame, SMALL)).toEqual({ share: 1 });
  expect(await inPage(frame, ({ warnings }) => warnings)).toEqual(['NotSupportedError']);
  const { cache, valid } = await inPage(frame, async ({ cento }) => ({
    cache: (await cento.info()).cache,
    valid: (await cento.verify(await cento.ask('What is Anvar?'))).valid,
  }));
  expect({ cache, valid }).toEqual({ cache: 'memory', valid: true });
  expect(await open(frame, SMALL, { cache: 'indexeddb' })).toMatchObject({
    code: 'NotSupportedError',
    message: /denied/,
  });
  const availability = await inPage(frame, ({ Cento }) =>
    Cento.availability({ pack: '/packs/e2e-small/manifest.json' }),
  );
  expect(availability).toBe('downloadable');
});
