// Builds the extension into a folder, dist by default, with all its code and packs inside: nothing is fetched.
// Usage: node build.mjs [FOLDER]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const cento = fileURLToPath(new URL('dist/', import.meta.resolve('cento/package.json')));
const out = process.argv[2] ?? `${here}dist`;

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/cento`, { recursive: true });
cpSync(`${here}manifest.json`, `${out}/manifest.json`);
for (const file of [
  'background.js',
  'engine.html',
  'engine.js',
  'panel.html',
  'panel.js',
  'panel.css',
]) {
  cpSync(`${here}src/${file}`, `${out}/${file}`);
}
const scripts = ['elements.js', 'ghost.js', 'index.js', 'worker.js'];
for (const file of [...scripts, 'cento.wasm', 'cento-scalar.wasm']) {
  cpSync(`${cento}${file}`, `${out}/cento/${file}`);
}
// Content scripts are no modules.
await build({
  entryPoints: [`${here}src/content.js`],
  bundle: true,
  minify: true,
  format: 'iife',
  outdir: out,
  logLevel: 'warning',
});
for (const name of ['help', 'english']) {
  const pack = ['build', `${here}content/${name}`, '--out', `${out}/packs/${name}`, '--name', name];
  execFileSync(process.execPath, [`${cento}cli.js`, ...pack], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
