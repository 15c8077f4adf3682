import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTests } from '../../scripts/lib/count-tests.mjs';

test('reads the sum of the C++ tests and not its parts', () => {
  const text = `[doctest] test cases:  12 |  11 passed | 1 failed | 0 skipped
C++ test cases: 11 passed, 1 failed
`;
  assert.deepEqual(countTests(text), { passed: 11, failed: 1, skipped: 0 });
});

test("reads both reporters of Node's runner", () => {
  const spec = 'ℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n';
  assert.deepEqual(countTests(spec), { passed: 3, failed: 1, skipped: 1 });
  assert.deepEqual(countTests('# pass 3\n# fail 0\n# skipped 1\n'), {
    passed: 3,
    failed: 0,
    skipped: 1,
  });
});

test('reads Vitest and Playwright, in colour too', () => {
  const esc = String.fromCharCode(27);
  assert.deepEqual(countTests('      Tests  1 failed | 5 passed (6)\n'), {
    passed: 5,
    failed: 1,
    skipped: 0,
  });
  assert.deepEqual(countTests(`${esc}[32m  7 passed${esc}[39m (3.2s)\n  1 skipped\n`), {
    passed: 7,
    failed: 0,
    skipped: 1,
  });
});

test('counts nothing in prose', () => {
  assert.deepEqual(countTests('we passed 3 tests, 2 failed\n'), {
    passed: 0,
    failed: 0,
    skipped: 0,
  });
});
