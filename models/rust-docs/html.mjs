// The pages of Rust's documentation.
import { rmSync } from 'node:fs';
import { packageFolder } from '../debian.mjs';

// Other processors' versions of the same pages, and listings of programs of which the library's own is kept.
const leftOut = [
  'core/arch/x86',
  'core/arch/aarch64',
  'core/arch/wasm',
  'core/arch/wasm64',
  'src/std',
  'src/alloc',
];

/** The folder of the pages. */
export function htmlFolder() {
  const folder = `${packageFolder('rust-doc')}/usr/share/doc/rust-doc/html`;
  for (const name of leftOut) rmSync(`${folder}/${name}`, { recursive: true, force: true });
  return folder;
}
