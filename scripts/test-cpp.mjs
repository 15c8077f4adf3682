// Builds a variant and runs its C++ tests. Usage: test-cpp.mjs native|sanitize|wasm [ctest options]
import { readFileSync, rmSync } from 'node:fs';
import { build, envOf, folderOf, jobs } from './lib/cpp.mjs';
import { main, run } from './lib/run.mjs';

/** The sum of the test programs' closing lines in what ctest recorded. */
function countCases(junit) {
  const sum = { passed: 0, failed: 0 };
  for (const [line] of junit.matchAll(/\[doctest\] test cases:.*/g)) {
    for (const kind of Object.keys(sum)) {
      sum[kind] += Number(line.match(new RegExp(`(\\d+) ${kind}`))?.[1] ?? 0);
    }
  }
  return sum;
}

await main(async () => {
  const [variant, ...options] = process.argv.slice(2);
  await build(variant);
  const folder = folderOf(variant);
  const junitPath = `${folder}/ctest.xml`;
  rmSync(junitPath, { force: true });
  const args = ['--test-dir', folder, '--no-tests=error', '--output-on-failure', '-j', jobs];
  // Enough of each output to hold the closing line, which is the last.
  const record = ['--output-junit', junitPath, '--test-output-size-passed', '1000000'];
  try {
    await run('ctest', [...args, ...record, ...options], { env: envOf(variant) });
  } finally {
    const { passed, failed } = countCases(readFileSync(junitPath, 'utf8'));
    console.log(`C++ test cases: ${passed} passed, ${failed} failed`);
  }
});
