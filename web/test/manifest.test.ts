import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseManifest } from '../src/loader/manifest.js';
import { makePack } from './support/fake_site.js';

interface Case {
  name: string;
  /** null where it must be accepted. */
  code: string | null;
  /** Strings stand for themselves, all else for its JSON. */
  manifest: unknown;
}

const path = new URL('../../tests/golden/manifests/cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(path, 'utf8')) as Case[];

for (const { name, code, manifest } of cases) {
  test(`${code === null ? 'accepted' : 'refused'}: ${name}`, () => {
    const json = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
    if (code === null) parseManifest(json);
    else assert.throws(() => parseManifest(json), { name: code, code });
  });
}

test('the files are told apart, and their bytes add up', () => {
  const { tables, shards, totalBytes } = parseManifest(JSON.stringify(makePack([10, 20]).manifest));
  assert.equal(tables.role, 'tables');
  assert.deepEqual(
    shards.map(({ tokens }) => tokens),
    [10, 20],
  );
  assert.equal(
    totalBytes,
    shards.reduce((sum, { bytes }) => sum + bytes, tables.bytes),
  );
});
