/** Faults in a real browser: every promise settles with the right error, and the next call works. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from '@playwright/test';
import { inPage, type Kept, open, watchFiles } from './support/library.js';
import {
  blankPage,
  expect,
  FACTBOOK,
  holdLaterShards,
  type Library,
  SMALL,
  test,
} from './support/test.js';

const WHOLE = { share: 1 };

/** Ends a worker as the browser does when memory is short: without a word. */
const kill = (worker: Worker) => worker.evaluate(() => self.close());

test('a worker that is killed rejects what is pending; the next call starts another', async ({
  page,
}) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  const asked = watchFiles(page.context());
  await page.context().route('**/manifest.json', () => {}); // so that the update is not done
  await page.evaluate(() => {
    const kept = globalThis as unknown as Kept & { pending: Promise<string> };
    kept.pending = kept.cento.update().then(
      () => 'no error',
      (error: { code: string }) => error.code,
    );
  });
  await expect.poll(() => asked).toEqual(['manifest.json']);
  const [worker] = page.workers();
  await kill(worker as Worker);
  const code = await page.evaluate(
    () => (globalThis as unknown as { pending: Promise<string> }).pending,
  );
  expect(code).toBe('WorkerError');
  expect(await inPage(page, ({ cento }) => cento.count(' the'))).toBeGreaterThan(0);
  expect(await inPage(page, ({ warnings }) => warnings)).toEqual(['WorkerError']);
  expect(asked.filter((name) => !name.startsWith('manifest'))).toEqual([]);
});

/** The engine's worker and the one that builds the index, from the moment that both scripts run. */
async function twoWorkers(page: Page): Promise<{ builder: Worker; alive(): Promise<number> }> {
  // A worker holds a lock for as long as its script runs: by it others hear of its death.
  const alive = () =>
    page.evaluate(async () => {
      const { held = [] } = await navigator.locks.query();
      return held.filter(({ name }) => name?.startsWith('cento:alive:')).length;
    });
  await expect.poll(alive).toBe(2);
  return { builder: page.workers()[1] as Worker, alive };
}

test('when the worker that builds the index is killed, what is covered goes on', async ({
  page,
}) => {
  await blankPage(page);
  const release = await holdLaterShards(page.context());
  await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const cento = await Cento.create({ pack, workerUrl: '/dist/worker.js' });
    Object.assign(globalThis, { Cento, cento });
  }, FACTBOOK);
  const { builder, alive } = await twoWorkers(page);
  await kill(builder);
  await expect.poll(alive).toBe(1);
  const count = () => inPage(page, ({ cento }) => cento.count(' the'));
  const covered = await count();
  expect(covered).toBeGreaterThan(0);
  release();
  const code = await inPage(page, ({ cento }) =>
    cento.ready.then(
      () => 'no error',
      (error: { code: string }) => error.code,
    ),
  );
  expect(code).toBe('WorkerError');
  expect(await count()).toBe(covered);
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
});

test('when it is killed as it starts, opening fails and the next one works', async ({ page }) => {
  await blankPage(page);
  const release = await holdLaterShards(page.context());
  const first = open(page, FACTBOOK);
  const { builder, alive } = await twoWorkers(page);
  await kill(builder);
  await expect.poll(alive).toBeLessThan(2); // none: what waited for it has failed already
  release();
  expect(await first).toMatchObject({ code: 'WorkerError' });
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
});

/** The WebAssembly with another bound of its memory, in pages of 64 KiB. */
function withMaximum(wasm: Buffer, pages: number): Buffer {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const MEMORY = 5;
  for (;;) {
    const id = wasm[at++];
    const end = number() + at;
    if (id !== MEMORY) {
      at = end;
      continue;
    }
    at += 2; // one memory, with a maximum
    number();
    for (const bytes = end - at; at < end; at++, pages >>= 7) {
      wasm[at] = (pages & 127) | (at < end - 1 ? 128 : 0);
      if (bytes < 2) throw new Error('The bound has no room.');
    }
    return wasm;
  }
}

test('memory that does not suffice is told, and what is covered goes on answering', async ({
  page,
}) => {
  await blankPage(page);
  await page.context().route('**/cento.wasm', async (route) => {
    const response = await route.fetch();
    const body = withMaximum(await response.body(), 280);
    await route.fulfill({ response, body });
  });
  const opened = await open(page, FACTBOOK);
  expect(opened).toMatchObject({ code: 'QuotaExceededError', message: /memory/ });
  await page.context().unroute('**/cento.wasm');
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
});

/** What the worker is told of its storage. (Chromium's own estimate does not heed the quota of a test.) */
async function fakeEstimate(page: Page, usage: number, quota: number): Promise<void> {
  await page.context().route('**/dist/worker.js', async (route) => {
    const response = await route.fetch();
    const estimate = `navigator.storage.estimate = async () => ({ usage: ${usage}, quota: ${quota} });`;
    await route.fulfill({ response, body: `${estimate}\n${await response.text()}` });
  });
}

test('storage that is too small is told before the download, with the sizes', async ({ page }) => {
  await blankPage(page);
  await fakeEstimate(page, 1000, 500_000);
  const asked = watchFiles(page.context());
  const error = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    return Cento.create({ pack, workerUrl: '/dist/worker.js', cache: 'indexeddb' }).then(
      () => ({ code: 'no error', requested: 0, quota: 0 }),
      ({ code, requested, quota }) => ({ code, requested, quota }),
    );
  }, FACTBOOK);
  expect(error).toMatchObject({ code: 'QuotaExceededError', quota: 500_000 });
  expect(error.requested).toBeGreaterThan(1_000_000);
  expect(asked).toEqual(['manifest.json']);
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
  expect(await inPage(page, ({ warnings }) => warnings)).toEqual(['QuotaExceededError']);
  expect(await inPage(page, async ({ cento }) => (await cento.info()).cache)).toBe('memory');
});

test('storage that fills up in the middle is done without', async ({ page }) => {
  await blankPage(page);
  const browser = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 600_000 });
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
  const warnings = await inPage(page, (kept) => kept.warnings);
  expect(warnings.length).toBeGreaterThan(0);
  expect(new Set(warnings)).toEqual(new Set(['QuotaExceededError']));
  const valid = await inPage(page, async ({ cento }) => {
    const answer = await cento.ask('What is the capital of Kenya?');
    return (await cento.verify(answer)).valid;
  });
  expect(valid).toBe(true);
});

test('with evict another pack makes room', async ({ page }) => {
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
  await page.close();
  const next = await page.context().newPage();
  await blankPage(next);
  await fakeEstimate(next, 1e6, 1e6);
  expect(await open(next, SMALL)).toEqual(WHOLE);
  expect(await inPage(next, ({ warnings }) => warnings)).toEqual(['QuotaExceededError']);
  expect(await open(next, SMALL, { evict: true, cache: 'indexeddb' })).toEqual(WHOLE);
  const names = await inPage(next, async ({ Cento }) =>
    (await Cento.storage.list()).map(({ name }) => name),
  );
  expect(names).toEqual(['e2e-small']);
});

test('a database that is deleted under a running page blocks nobody, and is made again', async ({
  page,
}) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  const outcome = await inPage(page, async ({ cento }) => {
    const answer = await cento.ask('What is Anvar?');
    const deleted = await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase('cento');
      request.onsuccess = () => resolve('deleted');
      request.onblocked = () => resolve('blocked');
    });
    const { valid } = await cento.verify(answer);
    return { deleted, valid, refused: answer.refused };
  });
  expect(outcome).toEqual({ deleted: 'deleted', valid: true, refused: false });
  expect(await open(page, SMALL)).toEqual(WHOLE);
  const stored = await inPage(page, ({ Cento }) => Cento.storage.list());
  expect(stored.map(({ complete }) => complete)).toEqual([true]);
});

test('a database that is deleted while the pack comes in is done without', async ({ page }) => {
  await blankPage(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.context().route(/\/shard-0001\./, async (route) => {
    await held;
    await route.continue();
  });
  const opening = open(page, FACTBOOK);
  await page.waitForFunction(() => (globalThis as unknown as Partial<Kept>).cento !== undefined);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('cento').onsuccess = resolve;
      }),
  );
  release();
  expect(await opening).toEqual(WHOLE);
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
});

test('files cut at every boundary and with any bit flipped are refused, with or without a right hash', async ({
  page,
}) => {
  await blankPage(page);
  const codes = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const hex = async (bytes: Uint8Array<ArrayBuffer>) =>
      Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
    const base = new URL(pack, location.href);
    const manifest = await (await fetch(base)).json();
    const files: Uint8Array<ArrayBuffer>[] = await Promise.all(
      manifest.files.map(async ({ file }: { file: string }) =>
        (await fetch(new URL(file, base))).arrayBuffer().then((buffer) => new Uint8Array(buffer)),
      ),
    );
    const codes: Record<string, number> = {};
    /** Serves the pack with one file changed; `honest` says so in the manifest. */
    const attempt = async (index: number, changed: Uint8Array<ArrayBuffer>, honest: boolean) => {
      const told = structuredClone(manifest);
      if (honest) {
        const entry = told.files[index];
        const sha256 = await hex(changed);
        Object.assign(entry, {
          sha256,
          bytes: changed.length,
          file: entry.file.replace(/\.[0-9a-f]{16}\./, `.${sha256.slice(0, 16)}.`),
        });
      }
      const serve = async (url: URL | RequestInfo) => {
        const name = String(url).split('/').at(-1);
        if (name === 'manifest.json') return Response.json(told);
        const at = told.files.findIndex(({ file }: { file: string }) => file === name);
        return new Response(at === index ? changed : (files[at] ?? null));
      };
      const code = await Cento.create({
        pack,
        workerUrl: '/dist/worker.js',
        cache: 'memory',
        fetch: serve,
      }).then(
        async (cento) => {
          const code = await cento.ready.then(
            () => 'no error',
            (error) => error.code,
          );
          await cento.destroy();
          return code;
        },
        (error) => error.code,
      );
      codes[code] = (codes[code] ?? 0) + 1;
    };
    const [tables, shard] = files as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
    for (const honest of [true, false]) {
      for (let size = 1; size < shard.length; size += 37) {
        await attempt(1, shard.slice(0, size), honest);
      }
      for (let size = 1; size < tables.length; size += 2999) {
        await attempt(0, tables.slice(0, size), honest);
      }
      for (let at = 0; at < shard.length; at += 41) {
        const flipped = shard.slice();
        flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
        if (!honest) await attempt(1, flipped, honest);
      }
    }
    return codes;
  }, SMALL);
  expect(Object.keys(codes)).toEqual(['IntegrityError']);
  expect(codes.IntegrityError).toBeGreaterThan(60);
});

test('a connection that breaks in the middle of a file is taken up again', async ({
  page,
  baseURL,
}) => {
  let cuts = 0;
  const server = createServer(async (request, response) => {
    if (request.url === '/blank.html') {
      return response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><link rel=icon href=data:,>');
    }
    const answer = await fetch(new URL(request.url as string, baseURL));
    const body = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type, 'content-length': body.length });
    if (!/shard/.test(request.url as string) || cuts === 2) return response.end(body);
    cuts++;
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/blank.html`);
  expect(await open(page, FACTBOOK)).toEqual(WHOLE);
  expect(cuts).toBe(2);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('an instance can be destroyed, and its creation aborted, at any moment', async ({ page }) => {
  await blankPage(page);
  const codes = await page.evaluate(async (pack) => {
    const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
    const codes = new Set<string>();
    for (let wait = 0; wait < 30; wait++) {
      const controller = new AbortController();
      const creating = Cento.create({
        pack,
        workerUrl: '/dist/worker.js',
        signal: controller.signal,
      });
      setTimeout(() => controller.abort(), wait * 7);
      try {
        const cento = await creating;
        const calls = [
          cento.ready,
          cento.ask('What is Anvar?').result,
          cento.overview('harbour').result,
          cento.complete('The people of the island').result,
          cento.trace('The people of the island'),
          cento.check('The people of the island live from fishing.'),
          cento.verify('The people of the island'),
          cento.suggest('The peo'),
          cento.update(),
        ] as Promise<unknown>[];
        for (const call of await Promise.allSettled(calls)) {
          if (call.status === 'rejected') codes.add(call.reason.code);
        }
      } catch (error) {
        codes.add((error as { code: string }).code);
      }
    }
    return [...codes];
  }, SMALL);
  expect(codes).toContain('AbortError');
  for (const code of codes) expect(['AbortError', 'InvalidStateError']).toContain(code);
  expect(await open(page, SMALL)).toEqual(WHOLE);
});

test('a thousand calls at once all settle', async ({ page }) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  const fulfilled = await inPage(page, async ({ cento }) => {
    const calls: Promise<unknown>[] = [];
    for (let i = 0; i < 100; i++) {
      calls.push(
        cento.ask(`What is Anvar? ${i}`).result,
        cento.overview('harbour').result,
        cento.complete('The people of the island', { seed: i }).result,
        cento.search(`ferry ${i}`),
        cento.suggest(`The people of the isl${i % 2 ? 'a' : ''}`),
        cento.trace(`The people of the island ${i}`),
        cento.check('The people of the island live from fishing.'),
        cento.verify('The people of the island'),
        cento.count(' the'),
        cento.info(),
      );
    }
    const settled = await Promise.allSettled(calls);
    return settled.filter(({ status }) => status === 'fulfilled').length;
  });
  expect(fulfilled).toBe(1000);
});

test('files of two releases are refused with both versions', async ({ page }) => {
  await blankPage(page);
  const script = /\/dist\/worker\.js$/;
  await page.context().route(script, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/(["'`])0\.1\.0\1/g, '"0.0.7"');
    await route.fulfill({ response, body });
  });
  expect(await open(page, SMALL)).toMatchObject({
    code: 'VersionMismatchError',
    message: expect.stringMatching(/0\.0\.7.*0\.1\.0.*load the page again/),
  });
  await page.context().unroute(script);
  // A stale cento.wasm from some cache is asked for again, past it.
  let asked = 0;
  await page.context().route('**/cento.wasm', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (asked++ === 0) body.write('0.0.7', body.indexOf('0.1.0'), 'latin1');
    await route.fulfill({ response, body });
  });
  expect(await open(page, SMALL)).toEqual(WHOLE);
  expect(asked).toBe(2);
});
