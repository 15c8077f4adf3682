// docs/reliability.md names the tests of each fault: they are there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

const read = (path) => readFileSync(`${root}/${path}`, 'utf8');
const page = read('docs/reliability.md');

test('each test that the table of faults names exists', () => {
  let named = 0;
  for (const [, path, titles] of page.matchAll(
    /`([\w./-]+\.(?:test|spec)\.ts)`: ((?:"[^"]+"(?:, )?)+)/g,
  )) {
    const source = read(path);
    for (const [, title] of titles.matchAll(/"([^"]+)"/g)) {
      assert.ok(source.includes(`test('${title}'`), `${path} has no test "${title}"`);
      named++;
    }
  }
  assert.ok(named > 40, `only ${named} tests are named`);
});
