import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../src/client/types.js';
import { FakeCento, makePack, Site } from './support/fake_site.js';

const open = (steps: number) =>
  FakeCento.create(new Site(makePack([1])), { cache: 'memory' }, { steps });

test('fragments stream as they come, and the result holds them all', async () => {
  const cento = await open(5);
  const stream = cento.complete('a');
  const texts: string[] = [];
  for await (const { text } of stream) texts.push(text);
  assert.deepEqual(texts, ['0', '1', '2', '3', '4']);
  assert.deepEqual(
    (await stream.result).fragments.map(({ text }) => text),
    texts,
  );
});

test('the result can be awaited without reading the stream', async () => {
  const cento = await open(5);
  assert.equal((await cento.complete('a').result).fragments.length, 5);
});

test('a stream can be read by a reader', async () => {
  const reader = (await open(1)).complete('a').getReader();
  assert.equal((await reader.read()).value?.text, '0');
  assert.equal((await reader.read()).done, true);
});

test('an abort ends the stream and the result, and frees the task', async () => {
  const log = FakeCento.resetLog();
  const cento = await open(Number.POSITIVE_INFINITY);
  const live = log.live;
  const controller = new AbortController();
  const stream = cento.complete('a', { signal: controller.signal });
  const read = (async () => {
    for await (const _ of stream) controller.abort();
  })();
  await assert.rejects(read, { code: 'AbortError' });
  await assert.rejects(stream.result, { code: 'AbortError' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(log.live, live);
});

test('leaving the loop stops the work', async () => {
  const log = FakeCento.resetLog();
  const cento = await open(Number.POSITIVE_INFINITY);
  const live = log.live;
  const stream = cento.complete('a');
  for await (const _ of stream) break;
  await assert.rejects(stream.result, { code: 'AbortError' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(log.live, live);
});

test('completions run side by side with other calls', async () => {
  const cento = await open(Number.POSITIVE_INFINITY);
  const controller = new AbortController();
  const endless = cento.complete('a', { signal: controller.signal });
  assert.equal(await cento.count('abcd'), 4);
  controller.abort();
  await assert.rejects(endless.result, { code: 'AbortError' });
});

test('of suggestions asked for at each keystroke, only the latest is worked on', async () => {
  const log = FakeCento.resetLog();
  const cento = await open(1);
  let latest = new AbortController();
  const calls = ['a', 'ab', 'abc'].map((text) => {
    latest.abort();
    latest = new AbortController();
    return cento.suggest(text, { signal: latest.signal });
  });
  const settled = await Promise.allSettled(calls);
  assert.deepEqual(
    settled.map((call) => (call.status === 'rejected' ? call.reason.code : 'fulfilled')),
    ['AbortError', 'AbortError', 'fulfilled'],
  );
  assert.equal(log.suggested, 1);
});

test('destroying settles every pending call, and later ones', async () => {
  const cento = await open(Number.POSITIVE_INFINITY);
  const pending = [cento.complete('a').result, cento.count('a')];
  const settled = Promise.allSettled(pending as Promise<unknown>[]);
  await cento.destroy();
  const codes = (await settled).map((call) => call.status === 'rejected' && call.reason.code);
  assert.deepEqual(codes, ['AbortError', 'AbortError']);
  await assert.rejects(cento.complete('a').result, { code: 'InvalidStateError' });
  await assert.rejects(cento.info(), { code: 'InvalidStateError' });
});

test('an error of the engine keeps code, message and offset', async () => {
  const cento = await open(1);
  await assert.rejects(cento.next('a'), { code: 'IntegrityError', message: 'damaged', offset: 7 });
});

test('arguments that cannot be used are refused', async () => {
  const cento = await open(1);
  const code = 'InvalidArgumentError';
  for (const options of [
    { maxTokens: 0 },
    { maxTokens: 1.5 },
    { seed: -1 },
    { seed: 2 ** 60 },
    { seed: '18446744073709551616' },
    { seed: '0x1' },
    { grounding: 'loose' as 'quote' },
    { maxQuote: -1 },
  ]) {
    assert.throws(() => cento.complete('a', options), { code }, JSON.stringify(options));
  }
  await assert.rejects(cento.count(5 as unknown as string), { code });
  await assert.rejects(cento.next('a', { limit: -1 }), { code });
  for (const options of [{ limit: 0.5 }, { maxWords: 0 }, { maxEdits: 3 }]) {
    await assert.rejects(cento.suggest('a', options), { code }, JSON.stringify(options));
  }
  await assert.rejects(cento.explainNext('a', 5 as unknown as string), { code });
  await assert.rejects(cento.score('a', { checkEvery: -1 }), { code });
  for (const answer of [{}, null, { text: 'a' }, { text: 'a', refused: false, fragments: [{}] }]) {
    await assert.rejects(cento.verify(answer as unknown as Answer), { code });
  }
});

test('seeds of 64 bits go in as bigints and as digits', async () => {
  const cento = await open(1);
  for (const seed of [0, 2 ** 53 - 1, 2n ** 64n - 1n, '18446744073709551615']) {
    await cento.complete('a', { seed }).result;
  }
});

test('halves of surrogate pairs do not move what follows', async () => {
  const cento = await open(1);
  assert.equal(await cento.count('a\ud800b\udc00c😀'), 7);
});
