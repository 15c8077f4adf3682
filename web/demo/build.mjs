// Builds the demo into dist/demo: a folder of plain files for any static host, packs aside.
// Needs dist/worker.js and the WebAssembly in dist, which web/build.mjs makes.
// Usage: node web/demo/build.mjs
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const from = `${root}web/demo`;
const out = `${root}dist/demo`;

const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/bench`, { recursive: true });
for (const name of ['worker.js', 'cento.wasm', 'cento-scalar.wasm']) {
  cpSync(`${root}dist/${name}`, `${out}/${name}`);
}
for (const name of ['icon.svg', 'cento.webmanifest']) cpSync(`${from}/${name}`, `${out}/${name}`);
// Browsers ask for the icon again whenever the address changes, unless it is part of the page.
const icon = encodeURIComponent(readFileSync(`${from}/icon.svg`, 'utf8'));
for (const name of ['index.html', 'bench/followers.html']) {
  const page = readFileSync(`${from}/${name}`, 'utf8');
  const link = /(?<=<link rel="icon" href=")[^"]*/;
  writeFileSync(`${out}/${name}`, page.replace(link, `data:image/svg+xml,${icon}`));
}
const readers = ['pdf/reader', 'epub/reader'];
await build({
  ...shared,
  entryPoints: { demo: `${from}/main.ts` },
  // Fetched with the first file that needs them.
  external: readers.map((name) => `./${name}.js`),
  outdir: out,
});
const pdf = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** pdf.js may compile functions of pictures, and tries whether it can; text has none, and the page forbids it. */
const withoutCodeFromStrings = {
  name: 'no code from strings',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]pdfjs-dist[\\/].*\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'new Function(',
        '(() => { throw new TypeError("no code from strings"); })(',
      ),
    })),
};
await build({
  ...shared,
  entryPoints: {
    ...Object.fromEntries(readers.map((name) => [name, `${from}/${name}.ts`])),
    'pdf/worker': `${pdf}/legacy/build/pdf.worker.mjs`,
  },
  plugins: [withoutCodeFromStrings],
  outdir: out,
});
cpSync(`${pdf}/cmaps`, `${out}/pdf/tables`, { recursive: true });
cpSync(`${pdf}/LICENSE`, `${out}/pdf/LICENSE.txt`);
cpSync(`${root}node_modules/fzstd/LICENSE`, `${out}/licences/fzstd.txt`);
cpSync(`${root}node_modules/fflate/LICENSE`, `${out}/epub/LICENSE.txt`);
await build({ ...shared, entryPoints: { demo: `${from}/styles/demo.css` }, outdir: out });
await build({
  ...shared,
  entryPoints: {
    followers: `${from}/bench/followers.ts`,
    'followers-worker': `${from}/bench/followers-worker.ts`,
  },
  outdir: `${out}/bench`,
});

/** Every file of the demo but the measuring page, whose headers a kept copy would not follow. */
const files = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isFile());
const precache = files
  .map(({ name }) => ({
    url: name,
    revision: createHash('sha256')
      .update(readFileSync(`${out}/${name}`))
      .digest('hex')
      .slice(0, 16),
  }))
  .sort((a, b) => (a.url < b.url ? -1 : 1));
const readersHash = createHash('sha256');
for (const path of readdirSync(out, { recursive: true }).map(String).sort()) {
  if (/^(?:pdf|epub)[\\/].*\.\w+$/.test(path))
    readersHash.update(path).update(readFileSync(`${out}/${path}`));
}
await build({
  ...shared,
  format: 'iife', // module service workers are not everywhere
  entryPoints: { 'service-worker': `${from}/service-worker.ts` },
  define: {
    PRECACHE: JSON.stringify(precache),
    READERS: JSON.stringify(readersHash.digest('hex').slice(0, 16)),
    'process.env.NODE_ENV': '"production"',
  },
  outdir: out,
});
