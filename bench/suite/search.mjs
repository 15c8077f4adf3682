// Search in Chromium: Cento beside the libraries that pages use for it, each in a page of its own.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { launchOptions } from '../../scripts/lib/chromium.mjs';
import { distDir } from '../../scripts/lib/paths.mjs';
import { startServer } from '../../scripts/lib/server.mjs';
import { bars } from '../lib/chart.mjs';
import { brotli } from '../lib/compressors.mjs';
import { packOf, workDir } from '../lib/corpora.mjs';
import { shown, spreadOf } from '../lib/measure.mjs';
import { ndcg, percentile, readCollection } from '../lib/ranking.mjs';
import { renderersOf, residentBytes } from '../lib/renderers.mjs';
import {
  asRecords,
  engines as described,
  pagefindBytes,
  versionOf,
  writePagefind,
} from '../lib/search-engines.mjs';
import { openSquad } from '../lib/squad.mjs';

const depth = 10;
const site = `${workDir}/search`;
const shipped = ['index.js', 'worker.js', 'cento.wasm'];

/** `kind` is how page.js opens it, `file` its adapter in bench/lib/peers. */
const engines = [
  { name: 'Cento', kind: 'cento', file: 'cento', way: 'searchDocuments' },
  { name: 'Cento, ask', kind: 'cento', file: 'cento', way: 'ask', isFor: 'squad' },
  { name: 'MiniSearch', kind: 'text', file: 'minisearch' },
  { name: 'Orama', kind: 'text', file: 'orama' },
  { name: 'FlexSearch', kind: 'text', file: 'flexsearch' },
  { name: 'lunr', kind: 'text', file: 'lunr' },
  { name: 'Pagefind', kind: 'pagefind', file: 'pagefind' },
  {
    name: 'Pagefind, by word',
    kind: 'pagefind',
    file: 'pagefind',
    options: { isByWord: true },
    isSlow: true,
    isNotFor: 'python-docs',
  },
];

const every = (list, most) =>
  list.filter((_, i) => i % Math.max(1, Math.floor(list.length / most)) === 0).slice(0, most);

// Collections: {name, title, documents: [{id, title, text}], queries: [{text, judged}], packOptions?} -----------------------------

function cranfield(corpora) {
  if (!corpora.open('cranfield')) return undefined;
  const { documents, queries } = readCollection(`${corpora.data}/cranfield`);
  return { name: 'cranfield', title: 'Cranfield: abstracts, judged queries', documents, queries };
}

const one = (id) => new Map([[id, 1]]);

function squad(corpora, most) {
  const opened = openSquad(corpora);
  if (!opened) return undefined;
  const { documents, asked, packOptions } = opened;
  return {
    name: 'squad',
    title: 'SQuAD: paragraphs of Wikipedia, questions of people',
    documents,
    packOptions,
    queries: every(asked, most).map(({ question, documentId }) => ({
      text: question,
      judged: one(documentId),
    })),
  };
}

/** Each section of the Python documentation a document; its heading, which no other has, is the query and left out. */
function pythonDocs(corpora, most) {
  const opened = corpora.open('python-docs-sections');
  if (!opened) return undefined;
  const sections = opened.documents.flatMap(({ id, title, sections }) =>
    sections.map(({ heading, text }, i) => ({ id: `${id}#${i}`, title, heading, text })),
  );
  const documents = sections.filter(({ text }) => text.trim() !== '');
  const times = new Map();
  for (const { heading } of documents) times.set(heading, (times.get(heading) ?? 0) + 1);
  const asked = documents.filter(
    ({ heading, title }) =>
      times.get(heading) === 1 && heading !== title && /^\w+( \w+)+$/.test(heading),
  );
  return {
    name: 'python-docs',
    title: 'Python documentation: sections, asked for by their headings, which are left out',
    documents: documents.map(({ id, title, text }) => ({ id, title, text })),
    queries: every(asked, most).map(({ id, heading }) => ({ text: heading, judged: one(id) })),
  };
}

// Files ----------------------------------------------------------------------------------------------------

const page = fileURLToPath(new URL('../lib/search-page', import.meta.url));
const peers = fileURLToPath(new URL('../lib/peers', import.meta.url));

/** Bundles what each engine's page runs; gives the bytes of each, compressed. */
async function writeCode() {
  const files = [...new Set(engines.map(({ file }) => file))];
  await build({
    entryPoints: files.map((file) => `${peers}/${file}.js`),
    outdir: `${site}/code`,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
  const sizes = files.map((file) => [file, writeTwin(`${site}/code/${file}.js`)]);
  return Object.fromEntries(sizes);
}

/** Compresses a file for the server to send; gives the bytes. */
function writeTwin(path) {
  const compressed = brotliCompressSync(readFileSync(path));
  writeFileSync(`${path}.br`, compressed);
  return compressed.length;
}

/** Writes all indexes of a collection; gives for each engine {place, bytes} of its index. */
async function writeIndexes({ name, documents, packOptions }) {
  const folder = `${site}/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const written = {};
  for (const { kind, file } of engines) {
    if (written[file]) continue;
    if (kind === 'text') {
      const { indexOf } = await import(`../lib/peers/${file}.js`);
      const path = `${folder}/${file}.json`;
      writeFileSync(path, await indexOf(documents.map((document) => ({ ...document }))));
      written[file] = { place: `${name}/${file}.json`, bytes: writeTwin(path) };
    } else if (kind === 'pagefind') {
      await writePagefind(`${folder}/pagefind`, asRecords(documents));
      written[file] = { place: `${name}/pagefind/`, bytes: pagefindBytes(`${folder}/pagefind`) };
    } else {
      const pack = packOf(`search-${name}`, documents, packOptions);
      const place = `/packs/${pack.folder.slice(workDir.length + 1)}/manifest.json`;
      written[file] = { place, bytes: pack.wireBytes };
    }
  }
  return written;
}

/** The library alone; Pagefind's is a part of what it writes. */
function codeBytes({ kind, file }, sizes, folder) {
  if (kind === 'cento')
    return shipped.reduce((sum, name) => sum + brotli(readFileSync(`${distDir}/${name}`)), 0);
  if (kind === 'text') return sizes[file];
  const script = brotli(readFileSync(`${folder}/pagefind/pagefind.js`));
  const wasm = readFileSync(`${folder}/pagefind/wasm.en.pagefind`).length; // compressed as it is
  return script + wasm;
}

// Visits ---------------------------------------------------------------------------------------------------

const MiB = 2 ** 20;

async function withBrowser(work) {
  const server = await chromium.launchServer(launchOptions);
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    return await work(await browser.newContext(), server.process().pid);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openPage(context, address) {
  const opened = await context.newPage();
  await opened.goto(`${address}examples/search-page/page.html`);
  await opened.waitForFunction(() => globalThis.start);
  return opened;
}

/** A first visit with queries, and a second one. */
const visit = (address, engine, texts) =>
  withBrowser(async (context, pid) => {
    const first = await openPage(context, address);
    const empty = residentBytes(renderersOf(pid));
    const given = [engine, texts[0]];
    const start = (of) => of.evaluate(([one, query]) => globalThis.start(one, query), given);
    const cold = await start(first);
    const asked = (list) =>
      first.evaluate(([all, most]) => globalThis.askAll(all, most), [list, depth]);
    await asked(every(texts, engine.isSlow ? 10 : 100)); // until code is compiled and files are fetched
    const { ids, times } = await asked(texts);
    const resident = residentBytes(renderersOf(pid)) - empty;
    await first.close();
    const warm = await start(await openPage(context, address));
    return {
      ids,
      coldMs: cold.first,
      completeMs: cold.complete,
      warmMs: warm.first,
      p50Ms: percentile(times, 0.5),
      p99Ms: percentile(times, 0.99),
      residentMiB: resident / MiB,
    };
  });

function qualityOf({ name, queries }, ids) {
  if (name === 'cranfield') {
    const sum = queries.reduce((total, { judged }, i) => total + ndcg(ids[i], judged, depth), 0);
    return { ndcg10: sum / queries.length };
  }
  const hits = (most) =>
    queries.filter(({ judged }, i) => ids[i].slice(0, most).some((id) => judged.has(id))).length;
  return { hit1: hits(1) / queries.length, hit5: hits(5) / queries.length };
}

async function measure(address, collection, codes, rounds) {
  const written = await writeIndexes(collection);
  const texts = collection.queries.map(({ text }) => text);
  const chosen = engines.filter(
    ({ isFor = collection.name, isNotFor }) =>
      isFor === collection.name && isNotFor !== collection.name,
  );
  const runs = Object.fromEntries(chosen.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const engine of round % 2 ? chosen.toReversed() : chosen) {
      if (engine.isSlow && round > 0) continue;
      const place = `${engine.kind === 'cento' ? '' : '../search/'}${written[engine.file].place}`;
      const code = `/examples/search/code/${engine.file}.js`;
      runs[engine.name].push(await visit(address, { ...engine, place, code }, texts));
    }
  }
  return chosen.map((engine) => {
    const all = runs[engine.name];
    const spread = (key) => spreadOf(all.map((run) => run[key]));
    const keys = ['coldMs', 'completeMs', 'warmMs', 'p50Ms', 'p99Ms', 'residentMiB'];
    const package_ = described.find(({ name }) => name === engine.name);
    return {
      name: `${engine.name} ${package_ ? versionOf(package_) : ''}`.trim(),
      isOurs: engine.kind === 'cento',
      ...qualityOf(collection, all[0].ids),
      indexBytes: written[engine.file].bytes,
      codeBytes: codeBytes(engine, codes, `${site}/${collection.name}`),
      ...Object.fromEntries(keys.map((key) => [key, spread(key)])),
    };
  });
}

// Report ---------------------------------------------------------------------------------------------------

const whole = (value) => Math.round(value).toLocaleString('en');

function tableOf({ title, documents, queries }, rows) {
  const isRanked = rows[0].ndcg10 !== undefined;
  return {
    title: `${title}; ${whole(documents.length)} documents, ${whole(queries.length)} queries`,
    command: 'npm run bench -- --only search --data DIR',
    head: [
      '',
      ...(isRanked ? ['nDCG@10'] : ['right one first', 'among five']),
      'index, bytes',
      'code, bytes',
      'first result cold, ms',
      'complete, ms',
      'first result warm, ms',
      'query p50, ms',
      'p99, ms',
      'memory, MiB',
    ],
    rows: rows.map((row) => [
      row.name,
      ...(isRanked ? [row.ndcg10.toFixed(3)] : [row.hit1.toFixed(3), row.hit5.toFixed(3)]),
      whole(row.indexBytes),
      whole(row.codeBytes),
      ...[row.coldMs, row.completeMs, row.warmMs].map((figure) => shown(figure, 0)),
      ...[row.p50Ms, row.p99Ms].map((figure) => shown(figure, 2)),
      shown(row.residentMiB, 0),
    ]),
  };
}

function pictureOf({ name }, rows) {
  const [key, what] =
    rows[0].ndcg10 === undefined ? ['hit1', 'right one first'] : ['ndcg10', 'nDCG@10'];
  const title = `Search on ${name}: ${what}, and the time of a query`;
  return {
    name: `search-${name}`,
    alt: title,
    svg: bars({
      title,
      rows: rows.map((row) => ({
        label: row.name,
        value: row[key],
        isOurs: row.isOurs,
        note: `${row[key].toFixed(3)}, ${row.p50Ms.median.toFixed(2)} ms`,
      })),
    }),
  };
}

function targetsOf({ name }, rows) {
  const own = rows.find((row) => row.name === 'Cento');
  const peers = rows.filter(({ isOurs }) => !isOurs);
  const qualityOfRow = (row) => row.ndcg10 ?? row.hit1;
  const fastest = Math.min(...peers.map(({ p50Ms }) => p50Ms.median));
  const best = Math.max(...peers.map(qualityOfRow));
  return [
    {
      what: `a query on ${name}, median`,
      aim: `≤ 1 ms, or 1.5 × the fastest peer (${fastest.toFixed(2)} ms)`,
      measured: `${own.p50Ms.median.toFixed(2)} ms`,
      isMet: own.p50Ms.median <= Math.max(1, 1.5 * fastest),
    },
    {
      what: `ranking on ${name}`,
      aim: `above all peers (${best.toFixed(3)})`,
      measured: qualityOfRow(own).toFixed(3),
      isMet: qualityOfRow(own) > best,
    },
  ];
}

export async function run({ corpora, quick }) {
  const most = quick ? 50 : 500;
  const collections = [
    cranfield(corpora),
    quick ? undefined : squad(corpora, 300),
    quick && corpora.data ? undefined : pythonDocs(corpora, most),
  ].filter(Boolean);
  const codes = await writeCode();
  const server = await startServer({
    isolated: true,
    packs: workDir,
    more: { '/examples/search/': site, '/examples/search-page/': page },
  });
  const measured = [];
  try {
    for (const collection of collections)
      measured.push({
        collection,
        rows: await measure(server.address, collection, codes, quick ? 1 : 3),
      });
  } finally {
    await server.close();
  }
  return {
    text: [
      'Each library opens in a page of its own, from a server on the same machine, in a fresh browser; rounds take turns. All have the same titles and texts; settings suit sentences as queries, as `bench/lib/search-engines.mjs` and `bench/lib/peers` say. The index is what travels: of Cento the pack, of Pagefind all its files (a page fetches those that it needs), of the others their own serialised form, compressed with Brotli 11. Cento’s and Pagefind’s hold the texts, Orama’s too; the other three give ids, and a page that shows what it found has to send the texts besides. Cold: nothing is in the browser, from navigation to the first result; complete: until all of the corpus is searched. Warm: a second visit. What Cento knows about questions on SQuAD was counted on other articles than those that are asked about. “Cento, ask” is the document of its one answer. Pagefind by word is left out on the largest corpus, where a query takes seconds. Memory: what the page’s process holds more than with an empty page, after all queries.',
    ],
    tables: measured.map(({ collection, rows }) => tableOf(collection, rows)),
    pictures: measured.map(({ collection, rows }) => pictureOf(collection, rows)),
    targets: measured.flatMap(({ collection, rows }) => targetsOf(collection, rows)),
    data: measured.map(({ collection, rows }) => ({ name: collection.name, rows })),
  };
}

export const inShort = ({ data }) =>
  data.map(({ name, rows }) => {
    const quality = (row) => row.ndcg10 ?? row.hit1;
    const own = rows.find((row) => row.name === 'Cento');
    const peers = rows.filter(({ isOurs }) => !isOurs);
    const best = peers.reduce((a, b) => (quality(b) > quality(a) ? b : a));
    const fastest = peers.reduce((a, b) => (b.p50Ms.median < a.p50Ms.median ? b : a));
    const what = own.ndcg10 === undefined ? 'right one first' : 'nDCG@10';
    const time = (row) => `${row.p50Ms.median.toFixed(2)} ms`;
    return `Search on ${name}: ${what} ${quality(own).toFixed(3)} at ${time(own)} a query; best of the others ${best.name} with ${quality(best).toFixed(3)} at ${time(best)}, fastest ${fastest.name} with ${quality(fastest).toFixed(3)} at ${time(fastest)}. First result cold after ${Math.round(own.coldMs.median)} ms, of ${best.name} ${Math.round(best.coldMs.median)} ms.`;
  });
