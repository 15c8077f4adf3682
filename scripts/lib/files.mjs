// The project's own files: what git tracks or would track, so that no build output or dependency is seen.
import { existsSync } from 'node:fs';
import { root } from './paths.mjs';
import { output, UserError } from './run.mjs';

/** Paths relative to the project's folder, sorted, of files whose path matches `pattern`. */
export function projectFiles(pattern) {
  const list = output('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  if (list === null) throw new UserError('git ls-files failed: run this in a git checkout');
  const paths = [...new Set(list.split('\0'))].filter((path) => pattern.test(path)).sort();
  return paths.filter((path) => existsSync(`${root}/${path}`));
}

export const cppFiles = () => projectFiles(/^(?:engine|wasm|tests)\/.*\.(?:cc|h)$/);
