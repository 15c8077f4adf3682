// Builds the npm package into dist/: index.js (browsers), worker.js, storage.js, node.js, cento.wasm and
// cento-scalar.wasm, the types, and the command: cli.js with the tool for Node.
// Usage: node web/build.mjs [--wasm FOLDER]   (FOLDER has the browser modules, its parent the tool)
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { wasm: { type: 'string', default: `${root}build/wasm/web` } },
});
const out = `${root}dist`;

const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  sourcesContent: true,
  legalComments: 'none',
  outdir: out,
  logLevel: 'warning',
};

/** Leaves the import of `path` to the browser, as `file` beside the bundle. */
function besideIt(path, file) {
  const filter = new RegExp(`^${path.replaceAll('.', '\\.')}$`);
  return {
    name: 'beside it',
    setup: ({ onResolve }) => onResolve({ filter }, () => ({ path: file, external: true })),
  };
}

mkdirSync(out, { recursive: true });
await build({
  ...shared,
  platform: 'browser',
  // One file each: workers that bundlers build as classic scripts cannot load parts.
  entryPoints: {
    index: `${root}web/src/index.ts`,
    storage: `${root}web/src/storage.ts`,
    worker: `${root}web/src/worker/worker.ts`,
  },
  plugins: [besideIt('./storage.js', './storage.js')],
});
await build({
  ...shared,
  platform: 'browser',
  conditions: ['production'], // Lit without its warnings
  entryPoints: { elements: `${root}web/src/elements/index.ts` },
  inject: [`${root}web/src/elements/browserless.ts`],
  // The elements fetch the library when it is needed, and share it with scripts that import it.
  plugins: [besideIt('../index.js', './index.js')],
});
await build({
  ...shared,
  platform: 'browser',
  entryPoints: {
    ghost: `${root}web/src/elements/ghost.ts`,
    'prompt-api': `${root}web/src/prompt-api/index.ts`,
  },
  plugins: [besideIt('../index.js', './index.js')],
});
await build({
  ...shared,
  platform: 'node',
  minify: false,
  entryPoints: { 'prompt-api.node': `${root}web/src/prompt-api/index.ts` },
  plugins: [besideIt('../index.js', './node.js')],
});
await build({
  ...shared,
  platform: 'node',
  minify: false,
  entryPoints: { node: `${root}web/src/node.ts` },
});
await build({
  ...shared,
  platform: 'node',
  packages: 'external',
  minify: false,
  entryPoints: { cli: `${root}web/src/cli/cli.ts` },
});
chmodSync(`${out}/cli.js`, 0o755);
for (const file of ['cento.wasm', 'cento-scalar.wasm']) {
  copyFileSync(`${values.wasm}/${file}`, `${out}/${file}`);
}
mkdirSync(`${out}/tool`, { recursive: true });
for (const file of ['cento.cjs', 'cento.wasm']) {
  copyFileSync(`${values.wasm}/../${file}`, `${out}/tool/${file}`);
}
execFileSync(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`],
  { stdio: 'inherit' },
);
