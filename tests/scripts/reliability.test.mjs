// docs/reliability.md names the tests of each fault, and the scenarios of all browsers: they are there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

const read = (path) => readFileSync(`${root}/${path}`, 'utf8');
const page = read('docs/reliability.md');

test('each test that the table of faults names exists', () => {
  let named = 0;
  for (const [, path, titles] of page.matchAll(
    /`([\w./-]+(?:\.(?:test|spec)\.ts|_test\.cc))`: ((?:"[^"]+"(?:, )?)+)/g,
  )) {
    // Long titles of C++ may stand on lines of their own.
    const source = read(path)
      .replaceAll(/\(\s+"/g, '("')
      .replaceAll(/"\s*\n\s*"/g, '');
    const opening = path.endsWith('.cc') ? 'TEST_CASE("' : "test('";
    for (const [, title] of titles.matchAll(/"([^"]+)"/g)) {
      assert.ok(source.includes(opening + title), `${path} has no test "${title}"`);
      named++;
    }
  }
  assert.ok(named > 60, `only ${named} tests are named`);
});

test('the matrix of browsers has every scenario, and no other', () => {
  const scenarios = read('e2e/core/scenarios.ts').matchAll(
    /^(?:scenario|firstVisit)\(\s*'([^']+)'/gm,
  );
  const rows = page.matchAll(/^\| (.+?) (?:\| passes ){5}\|$/gm);
  const titles = Array.from(scenarios, ([, title]) => title);
  assert.ok(titles.length > 0);
  assert.deepEqual(
    Array.from(rows, ([, title]) => title),
    titles,
  );
});
