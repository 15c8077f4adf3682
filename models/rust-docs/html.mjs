// Rust's documentation as Debian packs it, taken from its archive into build/models: no root needed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const place = fileURLToPath(new URL('../../build/models/rust-docs', import.meta.url));

// Other processors' versions of the same pages, and listings of programs of which the library's own is kept.
const leftOut = [
  'core/arch/x86',
  'core/arch/aarch64',
  'core/arch/wasm',
  'core/arch/wasm64',
  'src/std',
  'src/alloc',
];

function run(command, ...args) {
  const { status, stderr, error } = spawnSync(command, args, { cwd: place });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stderr}`);
}

/** The folder of the pages; they are fetched the first time. */
export function htmlFolder() {
  const folder = `${place}/html`;
  if (existsSync(folder)) return folder;
  const unpacked = `${place}/unpacked`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  run('apt-get', 'download', 'rust-doc');
  const archive = readdirSync(place).find((name) => /^rust-doc_.*\.deb$/.test(name));
  run('dpkg-deb', '--extract', archive, unpacked);
  const html = `${unpacked}/usr/share/doc/rust-doc/html`;
  for (const name of leftOut) rmSync(`${html}/${name}`, { recursive: true, force: true });
  renameSync(html, folder);
  rmSync(unpacked, { recursive: true });
  return folder;
}
