// Reads how many test cases passed, failed and were skipped out of what the test runners print.

// Each runner's closing line; a count that it leaves out is 0.
const runners = {
  'test-cpp.mjs': {
    // C++ test cases: 11 passed, 1 failed
    line: /^C\+\+ test cases: .*$/gm,
    counts: { passed: /(\d+) passed/, failed: /(\d+) failed/ },
  },
  node: {
    // ℹ pass 3   or, not on a terminal and with the TAP reporter, # pass 3
    line: /^(?:ℹ|#) (?:pass|fail|cancelled|skipped|todo) \d+$/gm,
    counts: {
      passed: /pass (\d+)/,
      failed: /(?:fail|cancelled) (\d+)/,
      skipped: /(?:skipped|todo) (\d+)/,
    },
  },
  vitest: {
    // Tests  1 failed | 5 passed | 1 skipped (7)
    line: /^\s*Tests {2}.*\(\d+\)$/gm,
    counts: { passed: /(\d+) passed/, failed: /(\d+) failed/, skipped: /(\d+) (?:skipped|todo)/ },
  },
  playwright: {
    //   5 passed (3.2s)
    line: /^ {2}\d+ (?:passed|failed|skipped|flaky|did not run|interrupted)(?: \(.*\))?$/gm,
    counts: {
      passed: /(\d+) (?:passed|flaky)/,
      failed: /(\d+) (?:failed|interrupted)/,
      skipped: /(\d+) (?:skipped|did not run)/,
    },
  },
};

const ansiColour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The sum over all closing lines in `text`, as {passed, failed, skipped}. */
export function countTests(text) {
  const plain = text.replace(ansiColour, '');
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { line, counts } of Object.values(runners)) {
    for (const [closing] of plain.matchAll(line)) {
      for (const [kind, pattern] of Object.entries(counts)) {
        sum[kind] += Number(closing.match(pattern)?.[1] ?? 0);
      }
    }
  }
  return sum;
}
