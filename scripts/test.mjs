// Everything that CI runs, fast failures first. Ends with the sum of all test cases; a step that counts
// none (a check, a build) counts as one.
import { lintSteps } from './lib/lint-steps.mjs';
import { runSteps } from './lib/steps.mjs';

const steps = [
  { name: 'Set-up', script: 'setup', isNeeded: true },
  ...lintSteps,
  { name: "The scripts' own tests", script: 'test:scripts' },
  { name: 'Native build', script: 'build:native', isNeeded: true },
  { name: 'C++ tests, native', script: 'test:cpp' },
  { name: 'C++ tests, AddressSanitizer and UBSan', script: 'test:sanitize' },
  { name: 'WebAssembly build', script: 'build:wasm', isNeeded: true },
  { name: 'C++ tests, WebAssembly under Node', script: 'test:wasm' },
  { name: 'Library build', script: 'build:web', isNeeded: true },
  { name: 'Words that must not be shipped', script: 'lint:shipped' },
  { name: 'Size budget', script: 'size' },
  { name: 'TypeScript tests', script: 'test:web' },
  { name: 'Default model', script: 'build:model', isNeeded: true },
  { name: 'Instructions of each operation', script: 'bench:instructions' },
  { name: 'Product tests', script: 'test:product' },
  { name: 'Browser tests (Chromium)', script: 'test:e2e' },
  { name: 'Browser tests (core, three engines)', script: 'test:browsers' },
];

const start = performance.now();
const results = await runSteps(steps);
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const { ok, counts } of results) {
  const ran = counts.passed + counts.failed;
  sum.passed += ran > 0 ? counts.passed : Number(ok);
  sum.failed += ok ? counts.failed : Math.max(counts.failed, 1);
  sum.skipped += counts.skipped;
}
const notRun = steps.slice(results.length);
if (notRun.length > 0) console.log(`Not run: ${notRun.map((step) => step.name).join('; ')}`);
console.log(`${((performance.now() - start) / 60000).toFixed(1)} min`);
const skips = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skips}`);
// A skipped test proves nothing: on CI, where everything is installed, it is a failure.
if (sum.failed > 0 || (process.env.CI && sum.skipped > 0)) process.exitCode = 1;
