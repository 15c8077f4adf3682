import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import type { CentoError } from '../src/client/error.js';
import { storage } from '../src/client/storage.js';
import type { LoadProgress } from '../src/client/types.js';
import { VERSION } from '../src/protocol/version.js';
import { IndexedDbStore } from '../src/store/indexeddb.js';
import type { StoredImage } from '../src/store/store.js';
import { FakeCento, MANIFEST_URL, makePack, never, Site } from './support/fake_site.js';
import { load } from './support/load.js';

const TOKENS = [100, 100, 100, 100, 100, 100, 100, 100];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  FakeCento.resetLog();
});

/** Changes a byte of the answer for an address. */
function damaged(site: Site, url: string): Response {
  const bytes = (site.pack.files.get(url) as Uint8Array<ArrayBuffer>).slice();
  bytes[5] = (bytes[5] as number) ^ 1;
  return new Response(bytes);
}

test('everything is loaded, covered and stored', async () => {
  const site = new Site(makePack(TOKENS));
  const { cento, progress, coverage, warnings } = await load(site);
  assert.equal(cento.coverage.shards, TOKENS.length);
  assert.deepEqual(warnings, []);
  assert.equal((await storage.list())[0]?.complete, true);
  assert.equal(coverage.at(-1)?.share, 1);
  assert.equal(progress.at(0)?.loaded, 0);
  assert.deepEqual({ ...progress.at(-1) }.phase, 'ready');
  assert.equal(progress.at(-1)?.loaded, 1);
  for (const [i, { bytes }] of progress.entries()) {
    assert.ok(i === 0 || bytes >= (progress[i - 1] as LoadProgress).bytes);
  }
});

test('answers come after the first shard, and the index grows by doubling', async () => {
  const site = new Site(makePack(TOKENS));
  let release!: () => void;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  site.fault = (url) =>
    url === site.pack.urls[2] ? held.then(() => new Response(site.pack.files.get(url))) : undefined;
  const cento = await FakeCento.create(site);
  assert.equal(cento.coverage.shards, 1);
  assert.equal(await cento.count('abc'), 3);
  release();
  await cento.ready;
  const { expressed } = FakeCento.log;
  assert.equal(expressed[0], 1);
  assert.equal(expressed.at(-1), TOKENS.length);
  for (const [i, shards] of expressed.slice(0, -1).entries()) {
    assert.ok(i === 0 || shards >= 2 * (expressed[i - 1] as number));
  }
});

test('a second visit asks for nothing before it answers, and builds nothing', async () => {
  const site = new Site(makePack(TOKENS));
  await load(site);
  FakeCento.resetLog();
  site.requests.length = 0;
  const { cento } = await load(site, { update: 'manual' });
  assert.equal(cento.coverage.share, 1);
  assert.deepEqual(FakeCento.log.expressed, []);
  assert.deepEqual(site.requests, []);
  assert.equal(await cento.update(), false);
  assert.deepEqual(site.requests, [MANIFEST_URL]);
});

test('a second visit needs no network', async () => {
  const site = new Site(makePack(TOKENS));
  await load(site);
  for (const [fault, code] of [
    [() => Promise.reject(new TypeError('offline')), 'NetworkError'],
    [() => new Response(null, { status: 500 }), 'NetworkError'],
    [() => new Response('<!doctype html>'), 'IntegrityError'],
  ] as const) {
    site.fault = fault;
    const { cento, warnings } = await load(site);
    assert.equal(cento.coverage.share, 1);
    await assert.rejects(cento.update(), { code }); // waits for the one that `create` began
    assert.deepEqual(
      warnings.map((warning) => warning.code),
      [code],
    );
    assert.equal(await cento.count('abc'), 3);
  }
});

test('an interrupted download resumes with what is missing', async () => {
  const site = new Site(makePack(TOKENS));
  site.fault = (url) =>
    url === site.pack.urls[5] ? new Response(null, { status: 403 }) : undefined;
  const cento = await FakeCento.create(site);
  await assert.rejects(cento.ready, { code: 'NetworkError' });
  assert.ok(cento.coverage.shards >= 1);
  assert.equal(await cento.count('abc'), 3);
  const [stored] = await storage.list();
  assert.equal(stored?.complete, false);

  site.fault = () => undefined;
  site.takeFileRequests();
  await load(site);
  const fetched = site.takeFileRequests();
  assert.ok(fetched.includes(site.pack.urls[5] as string));
  assert.ok(!fetched.includes(site.pack.urls[1] as string));
});

test('a damaged answer of a cache on the way is asked for again, past the cache', async () => {
  const site = new Site(makePack(TOKENS));
  const url = site.pack.urls[3] as string;
  site.fault = (asked, init) =>
    asked === url && init?.cache !== 'reload' ? damaged(site, url) : undefined;
  const { cento } = await load(site);
  assert.equal(cento.coverage.share, 1);
});

test('a damaged file is refused with its name', async () => {
  const site = new Site(makePack(TOKENS));
  const url = site.pack.urls[1] as string;
  site.fault = (asked) => (asked === url ? damaged(site, url) : undefined);
  await assert.rejects(FakeCento.create(site), (error: CentoError) => {
    assert.equal(error.code, 'IntegrityError');
    return error.message.includes('shard-0000');
  });
});

/** Changes what the database holds, as a failing disk would. */
async function change(name: string, work: (store: IDBObjectStore) => void): Promise<void> {
  const open = indexedDB.open('cento');
  await new Promise((resolve) => {
    open.onsuccess = resolve;
  });
  const tx = open.result.transaction(name, 'readwrite');
  work(tx.objectStore(name));
  await new Promise((resolve) => {
    tx.oncomplete = resolve;
  });
  open.result.close();
}

/** Damages a stored file, and tells what a second visit fetches. */
async function visitAgain(role: string, number: number, damage: () => Promise<void>) {
  const site = new Site(makePack(TOKENS));
  await load(site);
  const files = site.pack.manifest.files as { sha256: string; role: string }[];
  assert.equal(files[number]?.role, role);
  await change('files', (store) => store.put(new Uint8Array([6]), files[number]?.sha256));
  await damage();
  site.takeFileRequests();
  const { cento, warnings } = await load(site);
  assert.deepEqual(site.takeFileRequests(), [site.pack.urls[number]]);
  assert.equal(warnings[0]?.code, 'IntegrityError');
  assert.equal(cento.coverage.share, 1);
}

test('stored tables that were damaged are fetched again', () =>
  visitAgain('tables', 0, async () => {}));

test('a stored shard that was damaged is fetched again where there is no index', () =>
  visitAgain('shard', 2, () => change('images', (store) => store.clear())));

test('a stored index answers without the shards, and of these only missing ones are fetched', async () => {
  const site = new Site(makePack(TOKENS));
  await (await load(site)).cento.destroy();
  const files = site.pack.manifest.files as { sha256: string }[];
  await change('files', (store) => store.delete(files[2]?.sha256 ?? ''));
  site.takeFileRequests();
  FakeCento.resetLog();
  const { cento } = await load(site);
  assert.deepEqual(site.takeFileRequests(), [site.pack.urls[2]]);
  assert.deepEqual(FakeCento.log.expressed, []);
  assert.equal(cento.coverage.share, 1);
});

test('a stored index that cannot be used is built again', async () => {
  const site = new Site(makePack(TOKENS));
  await load(site);
  const { packId } = site.pack.manifest;
  const bytes = new Uint8Array([99]);
  await change('images', (store) =>
    store.put({ packId, engineVersion: VERSION, shards: TOKENS.length, bytes }),
  );
  FakeCento.resetLog();
  const { cento } = await load(site);
  assert.deepEqual(FakeCento.log.expressed, [TOKENS.length]);
  assert.equal(cento.coverage.share, 1);
});

test('a stored index of another engine version is built again without a word', async () => {
  const site = new Site(makePack(TOKENS));
  await (await load(site)).cento.destroy();
  const store = await IndexedDbStore.open();
  const packId = site.pack.manifest.packId as string;
  const image = (await store.image(packId, VERSION)) as StoredImage;
  await store.putImage(packId, '0.0.9', image);
  FakeCento.resetLog();
  const { cento, warnings } = await load(site, { update: 'manual' });
  assert.equal(FakeCento.log.expressed.at(-1), TOKENS.length);
  assert.deepEqual(warnings, []);
  assert.equal(cento.coverage.share, 1);
  assert.equal((await store.image(packId, VERSION))?.shards, TOKENS.length);
});

async function withFullDisk(work: () => Promise<void>) {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  try {
    await work();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

test('a full disk is a warning when the choice of store is ours, else an error', async () => {
  const site = new Site(makePack(TOKENS));
  await withFullDisk(async () => {
    const { cento, warnings } = await load(site);
    assert.equal(cento.coverage.share, 1);
    assert.equal(warnings[0]?.code, 'QuotaExceededError');
    assert.deepEqual(await cento.verify('text'), { valid: false });
    await assert.rejects(FakeCento.create(site, { cache: 'indexeddb' }), {
      code: 'QuotaExceededError',
    });
  });
});

test('where IndexedDB is denied the memory serves, with a warning', async () => {
  const site = new Site(makePack(TOKENS));
  globalThis.indexedDB = {
    open() {
      throw new DOMException('denied', 'SecurityError');
    },
  } as unknown as IDBFactory;
  const { cento, warnings } = await load(site);
  assert.equal(cento.coverage.share, 1);
  assert.equal(warnings[0]?.code, 'NotSupportedError');
  await assert.rejects(FakeCento.create(site, { cache: 'indexeddb' }), {
    code: 'NotSupportedError',
  });
});

test('nothing is stored with the memory for a cache', async () => {
  await load(new Site(makePack(TOKENS)), { cache: 'memory' });
  assert.deepEqual(await storage.list(), []);
});

test('a missing pack is a NotFoundError', async () => {
  const site = new Site(makePack([1]));
  site.pack.files.clear();
  await assert.rejects(FakeCento.create(site), { code: 'NotFoundError' });
});

test('an abort is heard in every phase', async () => {
  const phases: Record<string, string> = {
    manifest: MANIFEST_URL,
    tables: makePack(TOKENS).urls[0] as string,
    'first shard': makePack(TOKENS).urls[1] as string,
  };
  for (const [phase, url] of Object.entries(phases)) {
    const site = new Site(makePack(TOKENS));
    const controller = new AbortController();
    site.fault = (asked, init) => {
      if (asked !== url) return undefined;
      setTimeout(() => controller.abort(), 2);
      return never(init);
    };
    const created = FakeCento.create(site, { cache: 'memory', signal: controller.signal });
    await assert.rejects(created, { code: 'AbortError' }, phase);
  }
  const before = FakeCento.create(new Site(makePack([1])), { signal: AbortSignal.abort() });
  await assert.rejects(before, { code: 'AbortError' });
});

test('an abort after the first answer destroys the instance', async () => {
  const site = new Site(makePack(TOKENS));
  const controller = new AbortController();
  site.fault = (url, init) => (url === site.pack.urls[3] ? never(init) : undefined);
  const cento = await FakeCento.create(site, { signal: controller.signal });
  controller.abort();
  await assert.rejects(cento.ready, { code: 'AbortError' });
  await assert.rejects(cento.count('a'), { code: 'InvalidStateError' });
});

test('pages without a secure context check hashes with the engine', async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  try {
    const site = new Site(makePack(TOKENS));
    const { cento } = await load(site);
    assert.equal(cento.coverage.share, 1);
    const url = site.pack.urls[1] as string;
    site.fault = (asked) => (asked === url ? damaged(site, url) : undefined);
    await assert.rejects(FakeCento.create(site, { cache: 'memory' }), { code: 'IntegrityError' });
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  }
});

test('tables of another pack are refused', async () => {
  const site = new Site(makePack([1]));
  site.pack.manifest.packId = makePack([2]).manifest.packId;
  site.pack.files.set(MANIFEST_URL, new TextEncoder().encode(JSON.stringify(site.pack.manifest)));
  await assert.rejects(FakeCento.create(site), { code: 'IntegrityError' });
});
