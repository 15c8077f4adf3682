// Builds the app into a folder, dist by default: the pack, the library, the page, and a service worker that
// knows every file of them. Usage: node build.mjs [FOLDER]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const cento = fileURLToPath(new URL('dist/', import.meta.resolve('cento/package.json')));
const out = process.argv[2] ?? `${here}dist`;

rmSync(out, { recursive: true, force: true });
cpSync(`${here}app`, out, { recursive: true });
mkdirSync(`${out}/cento`);
const library = ['elements.js', 'index.js', 'worker.js', 'cento.wasm', 'cento-scalar.wasm'];
for (const file of library) {
  cpSync(`${cento}${file}`, `${out}/cento/${file}`);
}

/** Every file with the hash of its bytes: one that changes is fetched again. Cento keeps the pack itself. */
const precache = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`)
  .sort()
  .map((path) => ({
    url: path.slice(out.length + 1),
    revision: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16),
  }));
await build({
  entryPoints: [`${here}service-worker.js`],
  bundle: true,
  minify: true,
  format: 'iife', // module service workers are not everywhere
  define: { PRECACHE: JSON.stringify(precache), 'process.env.NODE_ENV': '"production"' },
  outdir: out,
  logLevel: 'warning',
});
const pack = ['build', `${here}content`, '--out', `${out}/pack`, '--name', 'knots'];
execFileSync(process.execPath, [`${cento}cli.js`, ...pack], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
