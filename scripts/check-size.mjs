// What a page downloads to run the engine, Brotli-compressed as a static host would serve it, against the
// budget: of the two WebAssembly files the one that its browser runs. The pack is extra; its size depends on
// its text. The aim is 120 kB; what took it above, and what was tried, is in docs/dependencies.md.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { distDir } from './lib/paths.mjs';
import { main, UserError } from './lib/run.mjs';

const budget = 172_000;
const files = ['index.js', 'worker.js', 'cento.wasm'];
/** All that a page with elements runs before somebody touches one. */
const elementsBudget = 20_000;

function sizesOf(name) {
  const path = `${distDir}/${name}`;
  if (!existsSync(path)) throw new UserError(`dist/${name} is not there. Run: npm run build:web`);
  const bytes = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return { name, plain: bytes.length, compressed: brotliCompressSync(bytes, { params }).length };
}

function printRow(name, plain, compressed) {
  console.log(name.padEnd(18) + String(plain).padStart(10) + String(compressed).padStart(10));
}

await main(() => {
  const rows = files.map(sizesOf);
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  printRow('file', 'bytes', 'Brotli');
  for (const { name, plain, compressed } of rows) printRow(name, plain, compressed);
  printRow('all', sum('plain'), sum('compressed'));
  printRow('budget', '', budget);
  const scalar = sizesOf('cento-scalar.wasm');
  printRow(scalar.name, scalar.plain, scalar.compressed);
  console.log('  in place of cento.wasm, where the browser has no SIMD128');
  const elements = sizesOf('elements.js');
  printRow(elements.name, elements.plain, elements.compressed);
  printRow('budget', '', elementsBudget);
  if (elements.compressed > elementsBudget) throw new UserError('The elements are above theirs.');
  if (sum('compressed') > budget) throw new UserError('Above the budget.');
});
