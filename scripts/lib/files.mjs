// Lists of files.
import { existsSync, readdirSync } from 'node:fs';
import { root } from './paths.mjs';
import { output, UserError } from './run.mjs';

/**
 * The project's own files, tracked by git or about to be (so no build output and no dependency), whose
 * path matches `pattern`. Paths are relative to the project's folder, sorted.
 */
export function projectFiles(pattern) {
  const list = output('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  if (list === null) throw new UserError('git ls-files failed: run this in a git checkout');
  const paths = [...new Set(list.split('\0'))].filter((path) => pattern.test(path)).sort();
  return paths.filter((path) => existsSync(`${root}/${path}`));
}

export const cppFiles = () => projectFiles(/^(?:engine|wasm|tests)\/.*\.(?:cc|h)$/);

/** Absolute paths of all files below a folder, sorted; none if the folder is not there. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`).sort();
}
