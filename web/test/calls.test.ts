import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Turn } from '../src/client/types.js';
import { answerWith, RECEIPT } from './support/answers.js';
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

test('awaiting an answer gives the whole, and so do then, catch and finally', async () => {
  const cento = await open(5);
  const answer = await cento.ask('a');
  assert.equal(answer.fragments.length, 5);
  assert.equal(await cento.overview('a').then(({ fragments }) => fragments.length), 5);
  assert.equal((await cento.complete('a').finally(() => {})).fragments.length, 5);
  assert.equal(
    await cento.ask(5 as unknown as string).catch(({ code }) => code),
    'InvalidArgumentError',
  );
});

test('an answer that is awaited can be read as a stream too', async () => {
  const cento = await open(3);
  const stream = cento.ask('a');
  const texts: string[] = [];
  for await (const { text } of stream) texts.push(text);
  assert.deepEqual(
    (await stream).fragments.map(({ text }) => text),
    texts,
  );
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

for (const method of ['check', 'trace'] as const) {
  test(`others are answered during ${method}, and an abort ends it and frees the task`, async () => {
    const log = FakeCento.resetLog();
    const cento = await open(Number.POSITIVE_INFINITY);
    const live = log.live;
    const controller = new AbortController();
    const endless = cento[method]('a', { signal: controller.signal });
    assert.equal(await cento.count('abcd'), 4);
    controller.abort();
    await assert.rejects(endless as Promise<unknown>, { code: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(log.live, live);
  });
}

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

for (const method of ['suggest', 'search', 'check', 'trace', 'score'] as const) {
  test(`of calls of ${method} at each keystroke, only the latest is worked on`, async () => {
    const log = FakeCento.resetLog();
    const cento = await open(1);
    let latest = new AbortController();
    const calls = ['a', 'ab', 'abc'].map((text) => {
      latest.abort();
      latest = new AbortController();
      return cento[method](text, { signal: latest.signal });
    });
    const settled = await Promise.allSettled<unknown>(calls);
    assert.deepEqual(
      settled.map((call) => (call.status === 'rejected' ? call.reason.code : 'fulfilled')),
      ['AbortError', 'AbortError', 'fulfilled'],
    );
    assert.equal(log.worked, 1);
  });
}

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
    await assert.rejects(cento.complete('a', options).result, { code }, JSON.stringify(options));
    const reader = cento.complete('a', options).getReader();
    await assert.rejects(reader.read(), { code }, JSON.stringify(options));
  }
  for (const options of [
    { sentences: -1 },
    { effort: 'most' as 'deep' },
    { session: [{ input: 'a' }] as unknown as Turn[] },
    { session: [{ input: 'a', topic: 5 }] as unknown as Turn[] },
    { session: 5 as unknown as Turn[] },
    { session: [() => {}] as unknown as Turn[] },
  ]) {
    await assert.rejects(cento.ask('a', options).result, { code }, JSON.stringify(options));
  }
  await assert.rejects(cento.overview('a', { maxWords: 1.5 }).result, { code });
  await assert.rejects(cento.search('a', { limit: 1001 }), { code });
  await assert.rejects(cento.search('a', { within: [5 as unknown as string] }), { code });
  await assert.rejects(cento.suggest('a', { limit: 1001 }), { code });
  await assert.rejects(cento.check(5 as unknown as string), { code });
  await assert.rejects(cento.attestedMask([1.5]), { code });
  await assert.rejects(cento.attestedMask(5 as unknown as number[]), { code });
  await assert.rejects(cento.attestedMask(null as unknown as number[]), { code });
  await assert.rejects(cento.decode([-1]), { code });
  await assert.rejects(cento.explain(null as unknown as Answer, 0), { code });
  await assert.rejects(cento.search('a', { within: 5 as unknown as string }), { code });
  await assert.rejects(cento.explain({} as Answer, 0), { code });
  await assert.rejects(cento.explain(answerWith({}), -1), { code });
  for (const change of [
    { operation: 'answer' },
    { shards: 2 ** 32 },
    { options: { ...RECEIPT.options, seed: '18446744073709551616' } },
    { options: { ...RECEIPT.options, maxTokens: 2 ** 32 } },
    { digest: undefined },
  ]) {
    await assert.rejects(cento.explain(answerWith(change), 0), { code }, JSON.stringify(change));
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

test('tokens and receipts go in and come back', async () => {
  const cento = await open(1);
  assert.deepEqual((await cento.attestedMask('ab')).tokens, [97, 98]);
  assert.deepEqual((await cento.attestedMask(new Set([5, 4]))).tokens, [5, 4]);
  assert.equal(await cento.decode(await cento.encode('añ')), 'añ');
  assert.equal((await cento.explain(answerWith({}), 2)).reason, '2 of true');
});

test('a session carries what was asked, until it is reset', async () => {
  const session = (await open(2)).session();
  await session.ask('first question');
  assert.deepEqual(session.turns, [{ input: 'first question', topic: 'title 0' }]);
  const { text } = await session.overview('second topic');
  assert.match(text, /second topic.*first question.*title 0/s); // what the engine was given
  assert.equal(session.turns.length, 2);
  const pending = session.ask('third');
  session.reset();
  await pending;
  assert.deepEqual(session.turns, []);
  assert.doesNotMatch((await session.ask('fourth')).text, /first|second|third/);
});

test('what is aborted leaves no turn', async () => {
  const session = (await open(1)).session();
  await session.ask('a');
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(session.ask('b', { signal: controller.signal }).result, {
    code: 'AbortError',
  });
  assert.equal(session.turns.length, 1);
});

test('a session keeps the last turns', async () => {
  const session = (await open(1)).session();
  for (let i = 0; i < 20; i++) await session.ask(`question ${i}`);
  assert.deepEqual(
    session.turns.map(({ input }) => input),
    Array.from({ length: 16 }, (_, i) => `question ${i + 4}`),
  );
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
