import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { VERSION } from '../src/protocol/version.js';
import { FakeCento, makePack, Site } from './support/fake_site.js';

test('the scripts say the version of the package', () => {
  const path = new URL('../../package.json', import.meta.url);
  assert.equal(VERSION, JSON.parse(readFileSync(path, 'utf8')).version);
});

test('an engine of another release is refused with both versions and the remedy', async () => {
  const created = FakeCento.create(new Site(makePack([1])), {}, { version: '0.0.9' });
  await assert.rejects(created, {
    code: 'VersionMismatchError',
    message: new RegExp(`${VERSION.replaceAll('.', '\\.')}.*0\\.0\\.9.*load the page again`),
  });
});
