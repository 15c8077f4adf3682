/** A newer version behind a stored one, and several pages at once. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { storage } from '../src/client/storage.js';
import { FatalError } from '../src/protocol/peer.js';
import { fileLockName } from '../src/store/lock.js';
import { fakeNavigator } from './support/fake_locks.js';
import { FakeCento, MANIFEST_URL, makePack, never, Site } from './support/fake_site.js';
import { load } from './support/load.js';
import { hurry } from './support/time.js';

const TOKENS = [100, 100, 100];
const older = makePack(TOKENS);
/** One shard more: the others are the same files. */
const newer = makePack([...TOKENS, 50]);
const changed = [newer.urls[0], newer.urls[4]];
const idOf = (pack: typeof older) => pack.manifest.packId as string;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  fakeNavigator();
  FakeCento.resetLog();
});

/** A site on which the newer pack is, and a browser in which the older one is stored. */
async function visited(): Promise<Site> {
  const site = new Site(older);
  await (await load(site)).cento.destroy();
  site.pack = newer;
  site.requests.length = 0;
  return site;
}

const usedId = async (cento: FakeCento) => (await cento.info()).packId;

test('the old version answers at once, the new one takes its place, and only what changed travels', async () => {
  const site = await visited();
  const { cento, updates, coverage, warnings } = await load(site);
  assert.equal(await usedId(cento), idOf(older));
  assert.equal(await cento.update(), false); // waits for the one that `create` began
  assert.equal(await usedId(cento), idOf(newer));
  assert.equal(cento.coverage.shardCount, 4);
  assert.equal(coverage.at(-1)?.shards, 4);
  assert.deepEqual(site.takeFileRequests(), changed);
  assert.deepEqual(warnings, []);
  // The first event tells what is still to come.
  const bytes = changed.reduce(
    (sum, url) => sum + (newer.files.get(url as string)?.length ?? 0),
    0,
  );
  assert.equal((updates[0]?.totalBytes as number) - (updates[0]?.bytes as number), bytes);
  assert.equal(updates[0]?.packId, idOf(newer));
  assert.deepEqual(
    updates.map(({ phase }) => phase).filter((phase) => phase === 'ready'),
    ['ready'],
  );
  assert.equal(updates.at(-1)?.phase, 'ready');
  const [stored, ...others] = await storage.list();
  assert.deepEqual([stored?.packId, stored?.complete, others.length], [idOf(newer), true, 0]);
});

test('the index of a new version is built once', async () => {
  const site = await visited();
  FakeCento.resetLog();
  const { cento } = await load(site);
  await cento.update();
  assert.deepEqual(FakeCento.log.expressed, [4]);
});

test('with update: manual nothing is asked before the application does', async () => {
  const site = await visited();
  const { cento } = await load(site, { update: 'manual' });
  assert.deepEqual(site.requests, []);
  assert.equal(await cento.update(), true);
  assert.equal(await usedId(cento), idOf(newer));
});

test('a call that runs while the version changes ends on the old one', async () => {
  const site = await visited();
  const { cento } = await load(site, { update: 'manual' }, { steps: 200 });
  const running = cento.complete('a');
  await cento.update();
  assert.equal((await running).fragments.length, 200);
  assert.equal((await cento.verify('abc')).valid, false);
});

test('what fails in an update is a warning, and the old version stays', async () => {
  for (const [fault, code] of [
    [() => new Response(null, { status: 404 }), 'NotFoundError'],
    [() => new Response('damaged'), 'IntegrityError'],
    [() => Promise.reject(new TypeError('offline')), 'NetworkError'],
  ] as const) {
    const site = await visited();
    site.fault = (url) => (url === newer.urls[4] ? fault() : undefined);
    const { cento, warnings } = await load(site);
    await assert.rejects(cento.update(), { code });
    assert.deepEqual(
      warnings.map((warning) => warning.code),
      [code],
    );
    assert.equal(await usedId(cento), idOf(older));
    await cento.destroy();
    site.fault = () => undefined;
    site.pack = older;
    const again = await load(site, { update: 'manual' });
    assert.equal(await usedId(again.cento), idOf(older));
    await storage.clear();
  }
});

test('memory that does not suffice for two versions leaves the old one', async () => {
  const site = await visited();
  let mounts = 0;
  const onMount = () => {
    if (mounts++ === 1) throw new FatalError('QuotaExceededError', 'There is not enough memory.');
  };
  const { cento, warnings } = await load(site, { update: 'manual' }, { onMount, steps: 200 });
  const running = cento.complete('a');
  await assert.rejects(cento.update(), { code: 'QuotaExceededError' });
  assert.equal((await running).fragments.length, 200);
  assert.equal(await usedId(cento), idOf(older));
  assert.deepEqual(warnings, []);
});

test('a newer pack that this Cento cannot read leaves the stored one', async () => {
  const site = await visited();
  const manifest = { ...newer.manifest, version: 3 };
  site.fault = (url) => (url === MANIFEST_URL ? Response.json(manifest) : undefined);
  const { cento, warnings } = await load(site);
  await assert.rejects(cento.update(), { code: 'VersionMismatchError', message: /3.*2.*newer/ });
  assert.equal(warnings[0]?.code, 'VersionMismatchError');
  assert.equal(await usedId(cento), idOf(older));
});

test('an abort stops an update, and the next one goes on where it was', async () => {
  const site = await visited();
  const { cento } = await load(site, { update: 'manual' });
  const controller = new AbortController();
  site.fault = (url, init) => {
    if (url !== newer.urls[4]) return undefined;
    setTimeout(() => controller.abort(), 2);
    return never(init);
  };
  await assert.rejects(cento.update({ signal: controller.signal }), { code: 'AbortError' });
  site.fault = () => undefined;
  site.requests.length = 0;
  assert.equal(await cento.update(), true);
  assert.deepEqual(site.takeFileRequests(), [newer.urls[4]]);
});

test('destroying ends an update', async () => {
  const site = await visited();
  site.fault = (url, init) => (url === newer.urls[4] ? never(init) : undefined);
  const { cento } = await load(site, { update: 'manual' });
  const updating = cento.update();
  setTimeout(() => void cento.destroy(), 5);
  await assert.rejects(updating, { code: 'AbortError' });
  await assert.rejects(cento.update(), { code: 'InvalidStateError' });
});

test('a pack that could not be loaded as a whole is finished by an update', async () => {
  const site = new Site(newer);
  site.fault = (url) => (url === newer.urls[4] ? new Response(null, { status: 403 }) : undefined);
  const cento = await FakeCento.create(site);
  await assert.rejects(cento.ready, { code: 'NetworkError' });
  assert.ok(cento.coverage.share < 1);
  site.fault = () => undefined;
  assert.equal(await cento.update(), true);
  assert.equal(cento.coverage.share, 1);
});

test('a pack kept in memory is updated, too', async () => {
  const site = new Site(older);
  const { cento } = await load(site, { cache: 'memory' });
  site.pack = newer;
  site.requests.length = 0;
  assert.equal(await cento.update(), true);
  assert.deepEqual(site.takeFileRequests(), changed);
  assert.equal((await cento.verify('abc')).valid, false);
});

test('offline, a part of a pack answers as far as it goes', async () => {
  const site = new Site(newer);
  site.fault = (url) => (url === newer.urls[4] ? new Response(null, { status: 403 }) : undefined);
  await assert.rejects((await FakeCento.create(site)).ready);
  site.fault = () => Promise.reject(new TypeError('offline'));
  const cento = await FakeCento.create(site);
  assert.equal(await cento.count('abc'), 3);
  await assert.rejects(cento.ready, { code: 'NetworkError' });
  assert.ok(cento.coverage.shards >= 1);
});

test('two pages share one download', async () => {
  const site = new Site(newer);
  const pages = await Promise.all([load(site), load(site), load(site)]);
  for (const { cento } of pages) assert.equal(cento.coverage.share, 1);
  assert.deepEqual(site.takeFileRequests().sort(), [...newer.urls].sort());
});

test('a page that is closed in the middle hands its download over', async () => {
  const site = new Site(newer);
  const held = newer.urls[2] as string;
  let asked = 0;
  site.fault = (url, init) => (url === held && asked++ === 0 ? never(init) : undefined);
  const first = await FakeCento.create(site);
  const second = load(site);
  while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await first.destroy();
  assert.equal((await second).cento.coverage.share, 1);
  assert.equal(asked, 2);
  for (const url of newer.urls) {
    if (url !== held) assert.equal(site.requests.filter((one) => one === url).length, 1);
  }
});

test('a page that was put to sleep in the middle is not waited for', async (t) => {
  const site = new Site(newer);
  const { sha256 } = (newer.manifest.files as { sha256: string }[])[2] as { sha256: string };
  void navigator.locks.request(fileLockName(sha256), () => new Promise(() => {}));
  const { cento } = await hurry(t, () => load(site));
  assert.equal(cento.coverage.share, 1);
  const files = site.takeFileRequests();
  assert.equal(files.at(-1), newer.urls[2]);
  assert.deepEqual(files.sort(), [...newer.urls].sort());
});

test('where there are no locks, pages download each for itself, and nothing is corrupted', async () => {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  const site = new Site(newer);
  const pages = await Promise.all([load(site), load(site)]);
  for (const { cento } of pages) assert.equal(cento.coverage.share, 1);
  assert.equal((await storage.list())[0]?.complete, true);
});

test('files that another page has open stay when a page takes a new version', async () => {
  const site = new Site(older);
  const first = (await load(site)).cento;
  site.pack = newer;
  const second = (await load(site, { update: 'manual' })).cento;
  assert.equal(await second.update(), true);
  assert.equal(await usedId(first), idOf(older));
  assert.equal((await first.verify('abc')).valid, false); // read again from the stored shards
});
