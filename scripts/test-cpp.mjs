// Builds a variant and runs its C++ tests. Usage: test-cpp.mjs native|sanitize|wasm [ctest options]
import { build, envOf, folderOf, jobs } from './lib/cpp.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  const [variant, ...options] = process.argv.slice(2);
  await build(variant);
  // Verbose, because the test cases are counted from what the test programs print.
  const args = [
    '--test-dir',
    folderOf(variant),
    '--verbose',
    '--no-tests=error',
    '-j',
    jobs,
    ...options,
  ];
  await run('ctest', args, { env: envOf(variant) });
});
