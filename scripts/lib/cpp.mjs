// The C++ builds: where each is and how it is configured.
import { availableParallelism } from 'node:os';
import { buildDir, root } from './paths.mjs';
import { run, UserError } from './run.mjs';
import { emscriptenEnv } from './tools.mjs';

// Optimised, with assertions and line numbers; with clang, so that both compilers see the code.
const checked = [
  '-DCMAKE_BUILD_TYPE=RelWithDebInfo',
  '-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1',
  '-DCENTO_SANITIZE=ON',
  '-DCMAKE_C_COMPILER=clang',
  '-DCMAKE_CXX_COMPILER=clang++',
];
const variants = {
  native: { options: ['-DCMAKE_BUILD_TYPE=Release'] },
  sanitize: { options: checked, env: { UBSAN_OPTIONS: 'print_stacktrace=1' } },
  fuzz: { options: [...checked, '-DCENTO_FUZZ=ON'] },
  wasm: { launcher: ['emcmake'], options: ['-DCMAKE_BUILD_TYPE=Release'], env: emscriptenEnv() },
};

export const jobs = String(availableParallelism());

/** The folder of a variant: "native", "sanitize", "fuzz" or "wasm". */
export const folderOf = (variant) => `${buildDir}/${variant}`;

export const envOf = (variant) => variants[variant].env ?? {};

/** Configures a variant; on a configured folder this changes nothing and takes about a second. */
export async function configure(variant) {
  const { launcher = [], options } = variants[variant] ?? {};
  if (!options)
    throw new UserError(
      `No such build: ${variant}. There are ${Object.keys(variants).join(', ')}.`,
    );
  const place = ['-S', root, '-B', folderOf(variant), '-G', 'Ninja'];
  const [command, ...args] = [...launcher, 'cmake', ...place, ...options];
  await run(command, args, { env: envOf(variant) });
}

export async function build(variant) {
  await configure(variant);
  await run('cmake', ['--build', folderOf(variant), '-j', jobs], { env: envOf(variant) });
}
