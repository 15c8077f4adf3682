// Search libraries behind one interface, each at settings that suit sentences as queries: title and text
// are indexed, the title counts double where the library weighs fields, stemming is on where it has it,
// and not all words must match. All else is left as it comes.
//
// An engine: {name, settings, index(documents, folder)}. `index` gives {bytes, compressed, search(query,
// limit), close()}: the bytes of the index as it is stored or sent, the same after gzip (or as the library
// compresses it), ids in order, and what ends it. `folder` is an empty one for files.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { folderOf } from '../../scripts/lib/cpp.mjs';
import { distDir } from '../../scripts/lib/paths.mjs';
import { UserError } from '../../scripts/lib/run.mjs';
import { searchDocuments } from './peers/cento.js';

const require = createRequire(import.meta.url);

/** A library whose index is one text; bench/lib/peers says how it is made and asked. */
function inOneText(name, file, packageName, settings) {
  return {
    name,
    package: packageName,
    settings,
    async index(documents) {
      const { indexOf, open } = await import(`./peers/${file}.js`);
      const text = await indexOf(documents);
      const compressed = gzipSync(text, { level: 9 }).length;
      return { text, bytes: Buffer.byteLength(text), compressed, search: await open(text) };
    },
  };
}

const miniSearch = inOneText(
  'MiniSearch',
  'minisearch',
  'minisearch',
  'words joined by OR (default), title × 2; it has no stemmer',
);
const orama = inOneText(
  'Orama',
  'orama',
  '@orama/orama',
  'its English stemmer and stop words, any word matches (default), title × 2; stores the text',
);
const flexSearch = inOneText(
  'FlexSearch',
  'flexsearch',
  'flexsearch',
  'its English stemmer and stop words, not all words must match (suggest), fields merged',
);
const lunr = inOneText(
  'lunr',
  'lunr',
  'lunr',
  'its English stemmer and stop words, words joined by OR (default), title × 2',
);

/** Serves a folder's files to Pagefind's loader, which wants to fetch them. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = `${folder}${new URL(request.url, 'http://localhost').pathname}`;
    response.writeHead(existsSync(path) ? 200 : 404);
    response.end(existsSync(path) ? readFileSync(path) : '');
  });
  server.keepAliveTimeout = 0; // A connection that is closed while it is used fails a search.
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Pagefind over what `fill` puts into an index, its files served from `folder`. */
export async function servePagefind(folder, fill, options = {}) {
  await writePagefind(folder, fill);
  const server = await serve(folder);
  const pagefind = await import(pathToFileURL(`${folder}/pagefind.js`).href);
  await pagefind.options({ basePath: server.address, baseUrl: '/', ...options });
  await pagefind.init();
  return {
    search: async (query) => (await pagefind.search(query)).results,
    async close() {
      await pagefind.destroy();
      await server.close();
    },
  };
}

/** Writes the files of a Pagefind index into a folder. */
export async function writePagefind(folder, fill) {
  const { close, createIndex } = await import('pagefind');
  const { index } = await createIndex();
  await fill(index);
  await index.writeFiles({ outputPath: folder });
  await close();
}

/** Each document as a record of its own, its id in its address. */
export const asRecords = (documents) => async (index) => {
  for (const { id, title, text } of documents) {
    const url = `/${encodeURIComponent(id)}/`;
    await index.addCustomRecord({ url, content: text, language: 'en', meta: { title } });
  }
};

/** What a reader of Pagefind's index may fetch, compressed as it is. */
export function pagefindBytes(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((path) => /\.pf_\w+$/.test(path));
  return files.reduce((sum, path) => sum + statSync(`${folder}/${path}`).size, 0);
}

function withPagefind(name, settings, options) {
  return {
    name,
    package: 'pagefind',
    settings,
    async index(documents, folder) {
      await writePagefind(folder, asRecords(documents));
      const server = await serve(folder);
      const { open } = await import('./peers/pagefind.js');
      const search = await open(`${pathToFileURL(folder).href}/`, {
        ...options,
        basePath: server.address,
      });
      const bytes = pagefindBytes(folder);
      return { bytes, compressed: bytes, search, close: server.close };
    },
  };
}

const pagefind = withPagefind(
  'Pagefind',
  'as it is: it stems, and all words must match; title × 2; sends the text too',
);
const pagefindByWord = withPagefind(
  'Pagefind, by word',
  'each word asked for alone and the scores added, as it has no OR; title × 2; sends the text',
  { isByWord: true },
);

const cento = {
  name: 'Cento',
  settings: 'as it is; the pack holds the text, and the index is built on the device',
  async index(documents, folder) {
    const library = `${distDir}/node.js`;
    const tool = `${folderOf('native')}/cento`;
    const { Cento } = existsSync(library) ? await import(pathToFileURL(library).href) : {};
    if (Cento?.prototype.search === undefined || !existsSync(tool)) return undefined;
    const input = `${folder}/documents.jsonl`;
    const pack = `${folder}/pack`;
    writeFileSync(input, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
    const built = spawnSync(tool, ['build', input, '--out', pack, '--json']);
    if (built.status !== 0) throw new UserError(`cento build: ${built.stderr}`);
    const bytes = JSON.parse(built.stdout).wireBytes;
    const instance = await Cento.create({ pack: pathToFileURL(`${pack}/manifest.json`).href });
    await instance.ready;
    return {
      bytes,
      compressed: bytes, // shards are compressed as they are
      search: searchDocuments(instance),
      close: () => instance.destroy(),
    };
  },
};

/** What a library's own package.json says. */
export function versionOf(engine) {
  if (engine.package === undefined) return '';
  const paths = require.resolve.paths(engine.package).map((path) => `${path}/${engine.package}`);
  const path = paths.map((one) => `${one}/package.json`).find(existsSync);
  if (path === undefined) throw new UserError(`${engine.package} is not installed. Run: npm ci`);
  return JSON.parse(readFileSync(path, 'utf8')).version;
}

export const engines = [cento, miniSearch, orama, flexSearch, lunr, pagefind, pagefindByWord];
