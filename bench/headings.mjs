// Asks a site for its own headings: how often the section under a heading comes first, or among the first
// five, when the heading itself is not in the index. Cento and Pagefind, both at their default settings.
// Usage: node bench/headings.mjs FOLDER… [--json] [--misses FILE]   (folders of HTML or Markdown)
//
// Every heading below the page's title is replaced by the word "Section", in what both are given; its text
// is the query. Pagefind is measured in two ways: as a site of HTML pages, whose results list the sections
// of a page ("sub-results"), and with each section as a record of its own, which is as well as it can do.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { distDir } from '../scripts/lib/paths.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { servePagefind } from './lib/search-engines.mjs';

const stand = 'Section';
const depth = 5;

function command(args) {
  const run = spawnSync(process.execPath, [`${distDir}/cli.js`, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new UserError(`cento ${args[0]}: ${run.stderr}`);
  return run.stdout;
}

/** Pages with the sections that can be asked for; `key` names a section. */
function readPages(folder, work) {
  const file = join(work, 'read.jsonl');
  command(['documents', folder, '--out', file]);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line, page) => {
    const document = JSON.parse(line);
    const sections = document.sections.map((section, number) => ({
      ...section,
      key: `${page}.${number}`,
      isAsked: number > 0 && section.heading !== '' && section.text.trim() !== '',
    }));
    return { ...document, sections };
  });
}

function shown({ heading, isAsked }) {
  return isAsked ? stand : heading;
}

// Cento -------------------------------------------------------------------------------------------

/** Where each section begins in a page's text, in UTF-16 units, as `cento build` joins them. */
function placesOf({ sections }) {
  let length = 0;
  const join = (text) => {
    if (text === '') return;
    length += (length > 0 ? 2 : 0) + text.length;
  };
  return sections.map((section) => {
    const begin = length;
    join(shown(section).trim());
    join(section.text.replace(/^[\r\n]+|[\r\n]+$/g, ''));
    return { begin, key: section.key };
  });
}

async function indexWithCento(pages, work) {
  const file = join(work, 'asked.jsonl');
  const lines = pages.map(({ id, url, title, sections }) => {
    const given = sections.map((s) => ({ ...s, heading: shown(s), anchor: s.anchor || s.key }));
    return JSON.stringify({ id, url, title, sections: given });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  command(['build', file, '--out', join(work, 'pack'), '--json']);
  const { Cento } = await import(pathToFileURL(`${distDir}/node.js`).href);
  const manifest = pathToFileURL(join(work, 'pack/manifest.json')).href;
  const cento = await Cento.create({ pack: manifest });
  await cento.ready;
  const placesById = new Map(pages.map((page) => [page.id, placesOf(page)]));
  return {
    async search(query) {
      const found = await cento.search(query, { limit: 4 * depth });
      const results = Array.isArray(found) ? found : found.results;
      return results.map(({ source }) => {
        const places = placesById.get(source.documentId);
        return places.findLast(({ begin }) => begin <= source.start)?.key;
      });
    },
    close: () => cento.destroy(),
  };
}

// Pagefind ----------------------------------------------------------------------------------------

const escaped = (text) =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

function toHtml({ title, sections }) {
  const body = sections.map((section) => {
    const { level, key, text } = section;
    const paragraphs = text.split('\n\n').map((paragraph) => `<p>${escaped(paragraph)}</p>`);
    const heading =
      section.heading === '' ? '' : `<h${level} id="${key}">${escaped(shown(section))}</h${level}>`;
    return `${heading}${paragraphs.join('')}`;
  });
  return `<!doctype html><html lang="en"><title>${escaped(title)}</title><main>${body.join('\n')}</main></html>`;
}

async function indexAsSite(pages, work) {
  return servePagefind(join(work, 'site'), async (index) => {
    for (const [number, page] of pages.entries())
      await index.addHTMLFile({ url: `/${number}/`, content: toHtml(page) });
  });
}

async function indexAsRecords(pages, work) {
  return servePagefind(join(work, 'records'), async (index) => {
    for (const { title, sections } of pages)
      for (const { key, text } of sections)
        if (text.trim() !== '')
          await index.addCustomRecord({
            url: `/${key}/`,
            content: text,
            language: 'en',
            meta: { title },
          });
  });
}

/** The sections of the best pages, in each page those with most matches first. */
function siteSearch({ search, ...rest }) {
  return {
    ...rest,
    async search(query) {
      const keys = [];
      for (const result of (await search(query)).slice(0, depth)) {
        const { sub_results, raw_url } = await result.data();
        const matches = ({ weighted_locations }) =>
          weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
        const best = [...sub_results].sort((a, b) => matches(b) - matches(a));
        for (const { anchor } of best) keys.push(anchor?.id ?? `${raw_url.replaceAll('/', '')}.0`);
      }
      return keys;
    },
  };
}

function recordSearch({ search, ...rest }) {
  return {
    ...rest,
    async search(query) {
      const results = (await search(query)).slice(0, depth);
      return Promise.all(results.map(async (r) => (await r.data()).raw_url.replaceAll('/', '')));
    },
  };
}

// Measuring ---------------------------------------------------------------------------------------

async function measure(name, index, queries) {
  let first = 0;
  let among = 0;
  const misses = [];
  for (const { heading, key, id } of queries) {
    const keys = [...new Set(await index.search(heading))].slice(0, depth);
    const rank = keys.indexOf(key);
    if (rank === 0) first += 1;
    if (rank >= 0) among += 1;
    else misses.push({ id, heading, key, keys });
  }
  await index.close();
  return {
    name,
    queries: queries.length,
    hit1: first / queries.length,
    hit5: among / queries.length,
    misses,
  };
}

async function measureSite(folder) {
  const work = mkdtempSync(join(tmpdir(), 'cento-headings-'));
  try {
    const pages = readPages(folder, work);
    const queries = pages.flatMap(({ id, sections }) =>
      sections.filter(({ isAsked }) => isAsked).map(({ heading, key }) => ({ id, heading, key })),
    );
    return [
      await measure('Cento', await indexWithCento(pages, work), queries),
      await measure('Pagefind, pages', siteSearch(await indexAsSite(pages, work)), queries),
      await measure(
        'Pagefind, a record a section',
        recordSearch(await indexAsRecords(pages, work)),
        queries,
      ),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, misses: { type: 'string' } },
  });
  if (positionals.length === 0)
    throw new UserError('Usage: node bench/headings.mjs FOLDER… [--json]');
  const sites = [];
  for (const folder of positionals)
    sites.push({ site: basename(folder), rows: await measureSite(folder) });
  if (values.misses) writeFileSync(values.misses, JSON.stringify(sites, null, 1));
  for (const { rows } of sites) for (const row of rows) delete row.misses;
  if (values.json) return console.log(JSON.stringify(sites));
  for (const { site, rows } of sites) {
    console.log(`${site}, ${rows[0].queries} headings`);
    for (const { name, hit1, hit5 } of rows)
      console.log(`  ${name.padEnd(30)} ${hit1.toFixed(3)} first  ${hit5.toFixed(3)} of five`);
  }
});
