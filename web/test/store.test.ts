import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { parseManifest } from '../src/loader/manifest.js';
import { IndexedDbStore } from '../src/store/indexeddb.js';
import { MemoryStore } from '../src/store/memory.js';
import { hashesOf } from '../src/store/store.js';
import { MANIFEST_URL, makePack } from './support/fake_site.js';

const bytes = new Uint8Array([1, 2, 3]);

function packOf(salt: string) {
  const text = JSON.stringify(makePack([1, 2], salt).manifest);
  const manifest = parseManifest(text);
  return { text, manifest, hashes: hashesOf(manifest) };
}
const first = packOf('first');
const second = packOf('second');

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function stored(pack: ReturnType<typeof packOf>) {
  const store = await IndexedDbStore.open();
  await store.begin(MANIFEST_URL, pack.manifest, pack.text);
  for (const hash of pack.hashes) await store.putFile(hash, bytes);
  return store;
}

async function failingPuts(name: string, work: () => Promise<void>) {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no', name);
  };
  try {
    await work();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

test('a committed pack is there for the next one who opens the store', async () => {
  const store = await stored(first);
  assert.equal((await store.find(MANIFEST_URL))?.isWhole ?? false, false);
  await store.commit(MANIFEST_URL, first.manifest, first.text);
  store.close();
  const again = await IndexedDbStore.open();
  assert.deepEqual(await again.find(MANIFEST_URL), { text: first.text, isWhole: true });
  assert.deepEqual(await again.file(first.hashes[1] as string), bytes);
});

test('a manifest whose files are not all there is not committed', async () => {
  const store = await stored(first);
  await store.deleteFile(first.hashes[2] as string);
  await assert.rejects(store.commit(MANIFEST_URL, first.manifest, first.text), {
    code: 'NotFoundError',
  });
  assert.equal((await store.find(MANIFEST_URL))?.isWhole ?? false, false);
  assert.equal((await store.list())[0]?.complete, false);
});

test('the old version stays until the new one is committed; then its files go', async () => {
  const store = await stored(first);
  await store.commit(MANIFEST_URL, first.manifest, first.text);
  await store.putImage(first.manifest.packId, '1', { shards: 2, bytes });
  await store.begin(MANIFEST_URL, second.manifest, second.text);
  assert.deepEqual(await store.find(MANIFEST_URL), { text: first.text, isWhole: true });
  for (const hash of second.hashes) await store.putFile(hash, bytes);
  assert.deepEqual(await store.file(first.hashes[0] as string), bytes);
  await store.commit(MANIFEST_URL, second.manifest, second.text);
  assert.deepEqual(await store.find(MANIFEST_URL), { text: second.text, isWhole: true });
  for (const hash of first.hashes) assert.equal(await store.file(hash), undefined);
  assert.equal(await store.image(first.manifest.packId, '1'), undefined);
});

test('files of a download that was given up go when another begins', async () => {
  const store = await stored(first);
  await store.begin(MANIFEST_URL, second.manifest, second.text);
  for (const hash of first.hashes) assert.equal(await store.file(hash), undefined);
});

test('an image is given to the engine version that made it alone', async () => {
  const store = await stored(first);
  await store.putImage(first.manifest.packId, '1', { shards: 2, bytes });
  assert.equal(await store.hasImage(first.manifest.packId, '1'), true);
  assert.equal((await store.image(first.manifest.packId, '1'))?.shards, 2);
  assert.equal(await store.hasImage(first.manifest.packId, '2'), false);
  assert.equal(await store.image(first.manifest.packId, '2'), undefined);
});

test('an image takes the place of those that other versions left, and of its pack alone', async () => {
  const store = await stored(first);
  const { packId } = first.manifest;
  await store.putImage(packId, '1', { shards: 2, bytes });
  await store.putImage(second.manifest.packId, '1', { shards: 2, bytes });
  await store.putImage(packId, '2', { shards: 2, bytes });
  assert.equal(await store.hasImage(packId, '1'), false);
  assert.equal(await store.hasImage(packId, '2'), true);
  await store.deleteImage(packId);
  assert.equal(await store.hasImage(packId, '2'), false);
  assert.equal(await store.hasImage(second.manifest.packId, '1'), true);
});

for (const version of [1, 2]) {
  test(`what version ${version} of the database holds stays, but for the images`, async () => {
    const { packId } = first.manifest;
    const text = { layer: 'notes', id: 'a', title: '', url: '', text: 'Kept.', learned: 1 };
    const opening = indexedDB.open('cento', version);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      const files = db.createObjectStore('files');
      for (const hash of first.hashes) files.put(bytes, hash);
      const packs = db.createObjectStore('packs', { keyPath: 'url' });
      const committed = { packId, text: first.text, files: first.hashes };
      packs.put({ url: MANIFEST_URL, committed, used: 1 });
      const images = db.createObjectStore('images', { keyPath: 'packId' });
      images.put({ packId, engineVersion: '1', shards: 2, bytes });
      if (version > 1) {
        db.createObjectStore('texts', { keyPath: ['layer', 'id'] }).put(text);
      }
    };
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    opening.result.close();
    const store = await IndexedDbStore.open();
    assert.deepEqual(await store.find(MANIFEST_URL), { text: first.text, isWhole: true });
    assert.equal(await store.hasImage(packId, '1'), false);
    await store.putImage(packId, '1', { shards: 2, bytes });
    assert.equal((await store.image(packId, '1'))?.shards, 2);
    assert.deepEqual(await store.texts('notes'), version > 1 ? [text] : []);
  });
}

test('the list says what is stored of each pack', async () => {
  const store = await stored(first);
  await store.deleteFile(first.hashes[2] as string);
  const [pack] = await store.list();
  const last = first.manifest.shards[1]?.bytes as number;
  assert.equal(pack?.packId, first.manifest.packId);
  assert.equal(pack?.totalBytes, first.manifest.totalBytes);
  assert.equal(pack?.bytes, first.manifest.totalBytes - last);
});

test('deleting a pack leaves the files that another one shares', async () => {
  const store = await stored(first);
  await store.commit(MANIFEST_URL, first.manifest, first.text);
  const other = `${MANIFEST_URL}?other`;
  const shared = { ...second.manifest, tables: first.manifest.tables };
  const text = JSON.stringify({
    ...JSON.parse(second.text),
    files: [JSON.parse(first.text).files[0], ...JSON.parse(second.text).files.slice(1)],
  });
  await store.begin(other, shared, text);
  for (const hash of hashesOf(shared)) await store.putFile(hash, bytes);
  await store.commit(other, shared, text);
  assert.equal(await store.delete(first.manifest.packId), true);
  assert.deepEqual(await store.file(first.hashes[0] as string), bytes);
  assert.equal(await store.file(first.hashes[1] as string), undefined);
  assert.equal(await store.delete(first.manifest.packId), false);
  assert.deepEqual(
    (await store.list()).map(({ packId }) => packId),
    [second.manifest.packId],
  );
});

test('a full disk is a QuotaExceededError, and nothing that was stored is lost', async () => {
  const store = await stored(first);
  await store.commit(MANIFEST_URL, first.manifest, first.text);
  await failingPuts('QuotaExceededError', async () => {
    await assert.rejects(store.putFile('x', bytes), { code: 'QuotaExceededError' });
    await assert.rejects(store.begin(MANIFEST_URL, second.manifest, second.text), {
      code: 'QuotaExceededError',
    });
  });
  await failingPuts('UnknownError', () =>
    assert.rejects(store.putFile('x', bytes), { code: 'IoError' }),
  );
  assert.deepEqual(await store.find(MANIFEST_URL), { text: first.text, isWhole: true });
  for (const hash of first.hashes) assert.deepEqual(await store.file(hash), bytes);
});

test('clearing leaves nothing', async () => {
  const store = await stored(first);
  await store.clear();
  assert.deepEqual(await store.list(), []);
  assert.equal(await store.file(first.hashes[0] as string), undefined);
});

test('the memory over a full store reads through and writes nothing below', async () => {
  const below = await stored(first);
  const memory = new MemoryStore(below);
  await memory.putFile('x', bytes);
  assert.deepEqual(await memory.file('x'), bytes);
  assert.deepEqual(await memory.file(first.hashes[0] as string), bytes);
  assert.equal(await below.file('x'), undefined);
});
