// The tests that take too long for each change: every fuzz target for a while, on its corpus. A crash
// leaves its input in build/fuzz. Usage: test-long.mjs [--seconds N] (a target, 120 by default)
import { existsSync, mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build, folderOf } from './lib/cpp.mjs';
import { projectFiles } from './lib/files.mjs';
import { root } from './lib/paths.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '120' } } });
  await build('fuzz');
  const folder = folderOf('fuzz');
  for (const source of projectFiles(/^tests\/fuzz\/\w+_fuzz\.cc$/)) {
    const name = source.match(/(\w+)_fuzz\.cc$/)[1];
    // New inputs go to the first corpus folder, so that the checkout's own stays as it is.
    const found = `${folder}/corpus/${name}`;
    const own = `${root}/tests/fuzz/corpus/${name}`;
    mkdirSync(found, { recursive: true });
    const corpora = [found, own].filter((path) => existsSync(path));
    const limits = [
      `-max_total_time=${values.seconds}`,
      '-rss_limit_mb=2048',
      '-timeout=60',
      '-max_len=16384',
    ];
    console.log(`${name}, ${values.seconds} s`);
    await run(`${folder}/cento_fuzz_${name}`, [...limits, ...corpora], { cwd: folder });
  }
});
