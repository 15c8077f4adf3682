// Compares search libraries and Cento on a test collection in the layout of BEIR, in one run: how good the
// first ten documents are (nDCG@10), how large an index is, how long it takes to build and to ask.
// Usage: npm run bench:cranfield -- --data DIR [--split test] [--engines Cento,lunr] [--json]
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, UserError } from '../scripts/lib/run.mjs';
import { ndcg, percentile, readCollection } from './lib/ranking.mjs';
import { engines, versionOf } from './lib/search-engines.mjs';

const depth = 10;

async function measure(engine, { documents, queries }) {
  const { name, settings } = engine;
  const version = versionOf(engine);
  const folder = mkdtempSync(join(tmpdir(), 'cento-bench-'));
  try {
    const start = performance.now();
    // Copies: a library may keep or change what it is given.
    const index = await engine.index(
      documents.map((document) => ({ ...document })),
      folder,
    );
    const buildMs = performance.now() - start;
    if (index === undefined) return { name, version, settings: 'not built yet' };
    // Asked once before it is measured: files are fetched, code is compiled.
    for (const { text } of queries) await index.search(text, depth);
    const times = [];
    let sum = 0;
    let unanswered = 0;
    for (const { text, judged } of queries) {
      const before = performance.now();
      const ids = await index.search(text, depth);
      times.push(performance.now() - before);
      sum += ndcg(ids, judged, depth);
      if (ids.length === 0) unanswered += 1;
    }
    await index.close?.();
    return {
      name,
      version,
      settings,
      ndcg10: sum / queries.length,
      unanswered,
      indexBytes: index.bytes,
      compressedBytes: index.compressed,
      buildMs,
      p50Ms: percentile(times, 0.5),
      p99Ms: percentile(times, 0.99),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function table({ documents, queries, rows }) {
  const kilobytes = (bytes) => (bytes / 1000).toFixed(0);
  const cells = (row) => [
    `${row.name} ${row.version}`.trim(),
    row.ndcg10.toFixed(4),
    row.unanswered,
    kilobytes(row.indexBytes),
    kilobytes(row.compressedBytes),
    row.buildMs.toFixed(0),
    row.p50Ms.toFixed(2),
    row.p99Ms.toFixed(2),
    row.settings,
  ];
  const line = (parts) => `| ${parts.join(' | ')} |`;
  const measured = rows.filter(({ ndcg10 }) => ndcg10 !== undefined);
  const missing = rows.filter(({ ndcg10 }) => ndcg10 === undefined);
  return [
    `${documents} documents, ${queries} queries`,
    '',
    line([
      'library',
      'nDCG@10',
      'nothing found',
      'index kB',
      'compressed kB',
      'build ms',
      'p50 ms',
      'p99 ms',
      'settings',
    ]),
    line(['---', ...Array(7).fill('---:'), '---']),
    ...measured.map((row) => line(cells(row))),
    ...missing.map(({ name, settings }) => `\n${name}: ${settings}`),
  ].join('\n');
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      split: { type: 'string', default: 'test' },
      engines: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined || !existsSync(`${values.data}/corpus.jsonl`)) {
    throw new UserError('Give --data DIR: a folder with corpus.jsonl, queries.jsonl and qrels/');
  }
  const names = values.engines?.split(',');
  const chosen = engines.filter(({ name }) => names === undefined || names.includes(name));
  if (chosen.length === 0) {
    throw new UserError(`Engines: ${engines.map(({ name }) => name).join(', ')}`);
  }
  const collection = readCollection(values.data, values.split);
  const rows = [];
  for (const engine of chosen) rows.push(await measure(engine, collection));
  const { documents, queries } = collection;
  const report = { documents: documents.length, queries: queries.length, rows };
  console.log(values.json ? JSON.stringify(report) : table(report));
});
