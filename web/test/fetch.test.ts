import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchBytes } from '../src/loader/fetch.js';

const URL_ = 'https://example.org/file';
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Answers one after the other; the last again and again. */
function answers(...list: (() => Response | Promise<Response>)[]) {
  const state = { tries: 0 };
  const fetch = (async () => {
    const answer = list[Math.min(state.tries++, list.length - 1)] as () => Response;
    return answer();
  }) as typeof globalThis.fetch;
  return { state, fetch };
}

const get = (fetch: typeof globalThis.fetch, signal = new AbortController().signal) =>
  fetchBytes(URL_, { fetch, signal, maxBytes: 100, delays: [1, 1] });

const ok = () => new Response('hello');
const status = (code: number) => () => new Response(null, { status: code });
const cut = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(3));
      },
      pull(controller) {
        controller.error(new TypeError('connection lost'));
      },
    }),
  );
const down = () => Promise.reject(new TypeError('Failed to fetch'));

test('transient failures are tried again', async () => {
  for (const failure of [status(503), status(429), down, cut]) {
    const { state, fetch } = answers(failure, failure, ok);
    assert.equal(text((await get(fetch)).bytes), 'hello');
    assert.equal(state.tries, 3);
  }
});

test('the last failure is reported as a NetworkError', async () => {
  for (const failure of [status(500), down, cut]) {
    const { state, fetch } = answers(failure);
    await assert.rejects(get(fetch), { code: 'NetworkError' });
    assert.equal(state.tries, 3);
  }
});

test('answers that will not change are not asked for again', async () => {
  for (const [code, error] of [
    [404, 'NotFoundError'],
    [410, 'NotFoundError'],
    [403, 'NetworkError'],
  ] as const) {
    const { state, fetch } = answers(status(code));
    await assert.rejects(get(fetch), { code: error });
    assert.equal(state.tries, 1);
  }
});

test('a body that is too long is refused before all of it has come', async () => {
  let pulled = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          pulled++;
          controller.enqueue(new Uint8Array(60));
        },
      }),
    );
  await assert.rejects(get(answers(endless).fetch), { code: 'IntegrityError' });
  assert.ok(pulled < 5);
});

test('progress counts bytes and begins again with a new try', async () => {
  const seen: number[] = [];
  await fetchBytes(URL_, {
    fetch: answers(cut, ok).fetch,
    signal: new AbortController().signal,
    maxBytes: 100,
    delays: [1],
    onBytes: (bytes) => seen.push(bytes),
  });
  assert.deepEqual(seen, [3, 0, 5]);
});

test('an abort ends the request, the body and the wait between two tries', async () => {
  const hanging: typeof fetch = (_url, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  const hangingBody: typeof fetch = async (_url, init) =>
    new Response(
      new ReadableStream({
        start(controller) {
          init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
        },
      }),
    );
  for (const fetch of [hanging, hangingBody, answers(down).fetch]) {
    const controller = new AbortController();
    const call = fetchBytes(URL_, {
      fetch,
      signal: controller.signal,
      maxBytes: 100,
      delays: [60_000],
    });
    setTimeout(() => controller.abort(), 5);
    await assert.rejects(call, { code: 'AbortError' });
  }
});
