/** What a page loads to have the elements, put beside the pack. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CentoError } from '../client/error.js';

const FILES = [
  'elements.js',
  'index.js',
  'storage.js',
  'worker.js',
  'cento.wasm',
  'cento-scalar.wasm',
];

/** All of them are of this release. Errors: `NotFoundError`, the package is not whole. */
export function copyPageScripts(folder: string): void {
  // This file becomes a part of dist/cli.js, beside which they lie.
  for (const name of FILES) {
    const from = fileURLToPath(new URL(name, import.meta.url));
    if (!existsSync(from))
      throw new CentoError('NotFoundError', `${name} is missing beside the command.`);
    copyFileSync(from, join(folder, name));
  }
}
