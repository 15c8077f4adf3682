/** What goes wrong around a load, at every point: each call settles, and the next one works. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import type { CentoError } from '../src/client/error.js';
import { storage } from '../src/client/storage.js';
import { FatalError } from '../src/protocol/peer.js';
import { markInUse } from '../src/store/lock.js';
import { fakeNavigator } from './support/fake_locks.js';
import { FakeCento, MANIFEST_URL, makePack, never, Site } from './support/fake_site.js';
import { listen, load } from './support/load.js';
import { hurry } from './support/time.js';

const pack = makePack([100, 100]);
const bytesOf = (url: string) => pack.files.get(url) as Uint8Array<ArrayBuffer>;
const codesOf = (errors: CentoError[]) => errors.map(({ code }) => code);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  fakeNavigator();
  FakeCento.resetLog();
});

/** Loads with a fault; then without it, in the same browser. Gives the code of the first. */
async function codeOf(fault: Site['fault']): Promise<string> {
  const site = new Site(pack);
  site.fault = fault;
  const code = await load(site, { update: 'manual' }).then(
    () => 'no error',
    (error: CentoError) => error.code,
  );
  site.fault = () => undefined;
  const { cento } = await load(site);
  assert.equal(cento.coverage.share, 1);
  assert.equal(await cento.count('abc'), 3);
  await cento.destroy();
  await storage.clear();
  return code;
}

test('a file cut off at any byte is refused', async () => {
  for (const url of pack.urls) {
    for (let size = 0; size < bytesOf(url).length; size += 13) {
      const cut = () => new Response(bytesOf(url).slice(0, size));
      const fault = (asked: string) => (asked === url ? cut() : undefined);
      assert.equal(await codeOf(fault), 'IntegrityError', `${url} ${size}`);
    }
  }
});

test('a manifest cut off at any byte is refused', async () => {
  const manifest = bytesOf(MANIFEST_URL);
  for (let size = 0; size < manifest.length; size += 29) {
    const fault = (asked: string) =>
      asked === MANIFEST_URL ? new Response(manifest.slice(0, size)) : undefined;
    assert.equal(await codeOf(fault), 'IntegrityError', `${size}`);
  }
});

test('a bit that flips in any byte is refused, and so are bytes too many', async () => {
  for (const url of pack.urls) {
    for (let at = 0; at < bytesOf(url).length; at += 7) {
      const bytes = bytesOf(url).slice();
      bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
      const fault = (asked: string) => (asked === url ? new Response(bytes) : undefined);
      assert.equal(await codeOf(fault), 'IntegrityError', `${url} ${at}`);
    }
    const longer = new Uint8Array([...bytesOf(url), 0]);
    const fault = (asked: string) => (asked === url ? new Response(longer) : undefined);
    assert.equal(await codeOf(fault), 'IntegrityError');
  }
});

test('servers that refuse, fail or say nothing', async () => {
  for (const url of [MANIFEST_URL, ...pack.urls]) {
    for (const [response, code] of [
      [() => new Response(null, { status: 404 }), 'NotFoundError'],
      [() => new Response(null, { status: 403 }), 'NetworkError'],
      [() => new Response(null, { status: 500 }), 'NetworkError'],
      [() => Promise.reject(new TypeError('offline')), 'NetworkError'],
      [(init: RequestInit | undefined) => never(init), 'NetworkError'],
    ] as const) {
      const fault: Site['fault'] = (asked, init) => (asked === url ? response(init) : undefined);
      assert.equal(await codeOf(fault), code, url);
    }
  }
});

test('a server that recovers is not noticed', async () => {
  let failures = 0;
  const broken = (bytes: Uint8Array<ArrayBuffer>) =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(bytes.slice(0, 10)),
        pull: (controller) => controller.error(new TypeError('connection lost')),
      }),
    );
  const site = new Site(pack);
  const seen = new Map<string, number>();
  site.fault = (url) => {
    const tries = seen.get(url) ?? 0;
    seen.set(url, tries + 1);
    if (tries > 1) return undefined;
    failures++;
    return tries === 0 ? new Response(null, { status: 503 }) : broken(bytesOf(url));
  };
  const { cento, warnings } = await load(site);
  assert.equal(cento.coverage.share, 1);
  assert.deepEqual(warnings, []);
  assert.equal(failures, 2 * (pack.urls.length + 1));
});

test('storage that is too small is told before anything is downloaded, with the sizes', async () => {
  const total = pack.urls.reduce((sum, url) => sum + bytesOf(url).length, 0);
  fakeNavigator(() => ({ usage: 5000, quota: 5000 + total - 1 }));
  const site = new Site(pack);
  await assert.rejects(FakeCento.create(site, { cache: 'indexeddb' }), {
    code: 'QuotaExceededError',
    requested: 5000 + total,
    quota: 5000 + total - 1,
  });
  assert.deepEqual(site.takeFileRequests(), []);
  const { cento, warnings } = await load(site, { update: 'manual' });
  assert.deepEqual(codesOf(warnings), ['QuotaExceededError']);
  assert.equal(warnings[0]?.requested, 5000 + total);
  assert.equal(cento.coverage.share, 1);
  assert.deepEqual(await storage.list(), []);
});

test('with evict, packs that were not used for longest make room, those in use do not', async () => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const other = new Site(makePack([10], name));
    other.fault = (asked) =>
      new Response(other.pack.files.get(asked.replace(`/${name}/`, '/pack/')));
    const { cento } = await load(other, { pack: `https://example.org/${name}/manifest.json` });
    await cento.destroy();
    ids.push(other.pack.manifest.packId as string);
    await new Promise((resolve) => setTimeout(resolve, 2)); // used later than the one before
  }
  const total = pack.urls.reduce((sum, url) => sum + bytesOf(url).length, 0);
  fakeNavigator(() => ({ usage: 10_000, quota: 10_000 + total - 100 })); // the pages above are closed
  markInUse(ids[0] as string);
  await assert.rejects(FakeCento.create(new Site(pack), { cache: 'indexeddb' }), {
    code: 'QuotaExceededError',
  });
  const { cento, warnings } = await load(new Site(pack), { evict: true, cache: 'indexeddb' });
  assert.equal(cento.coverage.share, 1);
  assert.deepEqual(warnings, []);
  const left = (await storage.list()).map(({ packId }) => packId);
  assert.deepEqual(left.sort(), [ids[0], ids[2], pack.manifest.packId].sort());
});

test('a disk that fills up in the middle makes room by eviction, too', async () => {
  const other = new Site(makePack([10], 'other'));
  other.fault = (asked) => new Response(other.pack.files.get(asked.replace('/o/', '/pack/')));
  await load(other, { pack: 'https://example.org/o/manifest.json' });
  fakeNavigator();
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args) {
    if (this.name === 'files' && puts++ === 1) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, args);
  };
  try {
    const { warnings } = await load(new Site(pack), { evict: true });
    assert.deepEqual(warnings, []);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  const stored = await storage.list();
  assert.deepEqual(
    stored.map(({ manifestUrl, complete }) => [manifestUrl, complete]),
    [[MANIFEST_URL, true]],
  );
});

test('a store that fails at any write is done without', async () => {
  const put = IDBObjectStore.prototype.put;
  for (let failing = 0; failing < 6; failing++) {
    globalThis.indexedDB = new IDBFactory();
    let puts = 0;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args) {
      if (puts++ === failing) throw new DOMException('no', 'UnknownError');
      return put.apply(this, args);
    };
    try {
      const { cento, warnings } = await load(new Site(pack));
      assert.equal(cento.coverage.share, 1, `put ${failing}`);
      assert.deepEqual(codesOf(warnings), ['IoError'], `put ${failing}`);
      assert.equal((await cento.verify('abc')).valid, false);
      await cento.destroy();
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    const { cento } = await load(new Site(pack));
    assert.equal(cento.coverage.share, 1);
  }
});

test('a database that is deleted under a running page is made again', async () => {
  const site = new Site(pack);
  const { cento } = await load(site);
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('cento').onsuccess = resolve;
  });
  assert.equal(await cento.count('abc'), 3);
  site.requests.length = 0;
  assert.equal((await cento.verify('abc')).valid, false); // reads the shards, which it has to fetch
  assert.deepEqual(site.takeFileRequests(), pack.urls);
  const again = await load(site);
  assert.equal(again.cento.coverage.share, 1);
  assert.deepEqual(site.takeFileRequests(), pack.urls);
});

test('a database that does not open is done without', async (t) => {
  await load(new Site(pack));
  // Another program holds it and another one wants it deleted: whoever opens it now waits for both.
  const other = indexedDB.open('cento');
  await new Promise((resolve) => {
    other.onsuccess = resolve;
  });
  indexedDB.deleteDatabase('cento');
  const { cento, warnings } = await hurry(t, () => load(new Site(pack)));
  assert.equal(cento.coverage.share, 1);
  assert.deepEqual(codesOf(warnings), ['NotSupportedError']);
  other.result.close();
});

test('a database of a newer Cento is left alone', async () => {
  await new Promise((resolve) => {
    indexedDB.open('cento', 99).onsuccess = resolve;
  });
  const { cento, warnings } = await load(new Site(pack));
  assert.equal(cento.coverage.share, 1);
  assert.deepEqual(codesOf(warnings), ['VersionMismatchError']);
  await assert.rejects(FakeCento.create(new Site(pack), { cache: 'indexeddb' }), {
    code: 'VersionMismatchError',
  });
});

test('an engine that stops rejects what is pending, and the next call starts another', async () => {
  const site = new Site(pack);
  const { monitor, warnings } = listen();
  const cento = await FakeCento.create(site, { monitor } as object, {
    steps: Number.POSITIVE_INFINITY,
  });
  await cento.ready;
  const hanging = cento.complete('a').result;
  const stopping = cento.score('stop the engine');
  await assert.rejects(stopping, { code: 'QuotaExceededError' });
  await assert.rejects(hanging, { code: 'QuotaExceededError' });
  assert.deepEqual(codesOf(warnings), ['QuotaExceededError']);
  site.requests.length = 0;
  assert.equal(await cento.count('abc'), 3);
  await cento.ready;
  assert.deepEqual(site.takeFileRequests(), []);
  assert.equal(cento.coverage.share, 1);
  const controller = new AbortController();
  await assert.rejects(cento.score('stop the engine'));
  const waiting = cento.count('abc', { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { code: 'AbortError' });
  await cento.destroy();
  await assert.rejects(cento.count('a'), { code: 'InvalidStateError' });
});

test('when the index cannot be built, what is covered goes on answering', async () => {
  let builds = 0;
  const onExpress = () => {
    if (builds++ === 1) throw new FatalError('QuotaExceededError', 'There is not enough memory.');
  };
  const cento = await FakeCento.create(new Site(pack), { cache: 'memory' }, { onExpress });
  await assert.rejects(cento.ready, { code: 'QuotaExceededError' });
  assert.equal(cento.coverage.shards, 1);
  assert.equal(await cento.count('abc'), 3);
  assert.equal(await cento.update(), true);
  assert.equal(cento.coverage.shards, 2);
});

test('an instance can be destroyed at any moment', async () => {
  for (let wait = 0; wait < 40; wait++) {
    const site = new Site(pack);
    const controller = new AbortController();
    const creating = FakeCento.create(site, { signal: controller.signal });
    const calls = creating.then((cento) => [
      cento.ready,
      cento.complete('a').result,
      cento.verify('abc'),
      cento.update(),
    ]);
    const outcome = calls.then(
      (list) => Promise.allSettled(list as Promise<unknown>[]),
      (error: CentoError) => assert.equal(error.code, 'AbortError'),
    );
    for (let i = 0; i < wait; i++) await new Promise(setImmediate);
    controller.abort();
    for (const call of (await outcome) ?? []) {
      if (call.status === 'rejected') {
        assert.match(call.reason.code, /AbortError|InvalidStateError/, `after ${wait}`);
      }
    }
  }
  const { cento } = await load(new Site(pack));
  assert.equal(cento.coverage.share, 1);
});

test('a thousand calls at once all settle', async () => {
  const { cento } = await load(new Site(pack));
  const calls: Promise<unknown>[] = [];
  for (let i = 0; i < 250; i++) {
    calls.push(
      cento.count('abc'),
      cento.complete('a').result,
      cento.verify('abc'),
      cento.next('abc'),
    );
  }
  const settled = await Promise.allSettled(calls);
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 750);
});
