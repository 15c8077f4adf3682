import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from '../src/loader/manifest.js';
import { makePack } from './support/fake_site.js';

type Json = Record<string, unknown>;

const good = () => structuredClone(makePack([10, 20]).manifest) as Json & { files: Json[] };
const fileOf = (manifest: { files: Json[] }, i: number) => manifest.files[i] as Json;

test('a sound manifest is read', () => {
  const manifest = parseManifest(JSON.stringify(good()));
  assert.equal(manifest.shards.length, 2);
  assert.equal(manifest.shards[1]?.tokens, 20);
  assert.equal(
    manifest.totalBytes,
    manifest.tables.bytes + manifest.shards.reduce((sum, { bytes }) => sum + bytes, 0),
  );
});

test('members that it does not know are left alone', () => {
  parseManifest(JSON.stringify({ ...good(), later: { a: 1 } }));
});

const faults: Record<string, (manifest: ReturnType<typeof good>) => void> = {
  'another format': (m) => Object.assign(m, { format: 'zip' }),
  'a pack id in capitals': (m) => Object.assign(m, { packId: String(m.packId).toUpperCase() }),
  'no counts': (m) => Reflect.deleteProperty(m, 'counts'),
  'counts that are an array': (m) => Object.assign(m, { counts: [] }),
  'no files': (m) => Object.assign(m, { files: [] }),
  'tables only': (m) => m.files.splice(1),
  'shards in another order': (m) => m.files.splice(1, 2, fileOf(m, 2), fileOf(m, 1)),
  'a shard twice': (m) => m.files.push(fileOf(m, 2)),
  'a name that leaves the folder': (m) => Object.assign(fileOf(m, 1), { file: '../x.zst' }),
  'an absolute name': (m) => Object.assign(fileOf(m, 1), { file: 'https://other.example/x' }),
  'a name with another hash': (m) => Object.assign(fileOf(m, 1), { sha256: '0'.repeat(64) }),
  'a hash that is too short': (m) => Object.assign(fileOf(m, 1), { sha256: 'abc' }),
  'no bytes': (m) => Object.assign(fileOf(m, 1), { bytes: 0 }),
  'bytes that are a string': (m) => Object.assign(fileOf(m, 1), { bytes: '12' }),
  'bytes with a fraction': (m) => Object.assign(fileOf(m, 1), { bytes: 1.5 }),
  'far too many bytes': (m) => Object.assign(fileOf(m, 1), { bytes: 1e12 }),
  'negative tokens': (m) => Object.assign(fileOf(m, 1), { tokens: -1 }),
  'a role that is not there': (m) => Object.assign(fileOf(m, 1), { role: 'index' }),
};

for (const [name, damage] of Object.entries(faults)) {
  test(`refused: ${name}`, () => {
    const manifest = good();
    damage(manifest);
    assert.throws(() => parseManifest(JSON.stringify(manifest)), { code: 'IntegrityError' });
  });
}

for (const json of ['', '{', 'null', '[]', '"x"', '<!doctype html>']) {
  test(`refused: ${JSON.stringify(json)} for a manifest`, () => {
    assert.throws(() => parseManifest(json), { code: 'IntegrityError' });
  });
}

test('a newer format asks for a newer engine', () => {
  const json = JSON.stringify({ ...good(), version: 2 });
  assert.throws(() => parseManifest(json), { code: 'VersionMismatchError' });
});
