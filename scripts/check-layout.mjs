// Fails C++ files that clang-format would change; with --write it changes them.
import { cppFiles } from './lib/files.mjs';
import { main, run } from './lib/run.mjs';
import { findClangFormat } from './lib/tools.mjs';

const mode = process.argv.includes('--write') ? ['-i'] : ['--dry-run', '-Werror'];
await main(() => run(findClangFormat(), [...mode, ...cppFiles()]));
