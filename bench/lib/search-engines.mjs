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

const require = createRequire(import.meta.url);

function serialised(text) {
  return { bytes: Buffer.byteLength(text), compressed: gzipSync(text, { level: 9 }).length };
}

const miniSearch = {
  name: 'MiniSearch',
  package: 'minisearch',
  settings: 'words joined by OR (default), title × 2; it has no stemmer',
  async index(documents) {
    const { default: MiniSearch } = await import('minisearch');
    const index = new MiniSearch({ fields: ['title', 'text'] });
    index.addAll(documents);
    return {
      ...serialised(JSON.stringify(index)),
      search: (query, limit) =>
        index
          .search(query, { boost: { title: 2 } })
          .slice(0, limit)
          .map(({ id }) => id),
    };
  },
};

const orama = {
  name: 'Orama',
  package: '@orama/orama',
  settings:
    'its English stemmer and stop words, any word matches (default), title × 2; stores the text',
  async index(documents) {
    const { create, insertMultiple, save, search } = await import('@orama/orama');
    const { stopwords } = await import('@orama/stopwords/english'); // without them it has half the nDCG
    const index = create({
      schema: { id: 'string', title: 'string', text: 'string' },
      components: { tokenizer: { language: 'english', stemming: true, stopWords: stopwords } },
    });
    await insertMultiple(index, documents);
    const properties = ['title', 'text'];
    return {
      ...serialised(JSON.stringify(save(index))),
      async search(query, limit) {
        const { hits } = await search(index, {
          term: query,
          properties,
          boost: { title: 2 },
          limit,
        });
        return hits.map(({ id }) => id);
      },
    };
  },
};

const flexSearch = {
  name: 'FlexSearch',
  package: 'flexsearch',
  settings: 'its English stemmer and stop words, not all words must match (suggest), fields merged',
  async index(documents) {
    const { Charset, Document, Encoder } = await import('flexsearch');
    const { default: english } = await import('flexsearch/lang/en');
    const encoder = new Encoder(Charset.Default, english);
    const fields = ['title', 'text'].map((field) => ({ field, encoder, tokenize: 'strict' }));
    const index = new Document({ document: { id: 'id', index: fields } });
    for (const document of documents) index.add(document);
    const parts = {};
    await index.export((key, data) => {
      parts[key] = data;
    });
    return {
      ...serialised(JSON.stringify(parts)),
      search: (query, limit) =>
        index
          .search(query, { limit, suggest: true, merge: true })
          .slice(0, limit)
          .map(({ id }) => id),
    };
  },
};

const lunr = {
  name: 'lunr',
  package: 'lunr',
  settings: 'its English stemmer and stop words, words joined by OR (default), title × 2',
  async index(documents) {
    const { default: build } = await import('lunr');
    const index = build(function configure() {
      this.field('title', { boost: 2 });
      this.field('text');
      for (const document of documents) this.add(document);
    });
    // Not by its query language, to which "-" and ":" have a meaning.
    const find = (query) =>
      index.query((parts) => {
        for (const token of build.tokenizer(query)) parts.term(token.toString());
      });
    return {
      ...serialised(JSON.stringify(index)),
      search: (query, limit) =>
        find(query)
          .slice(0, limit)
          .map(({ ref }) => ref),
    };
  },
};

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
  const { close, createIndex } = await import('pagefind');
  const { index } = await createIndex();
  await fill(index);
  await index.writeFiles({ outputPath: folder });
  await close();
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

async function indexWithPagefind(documents, folder) {
  const urls = new Map();
  const fill = async (index) => {
    for (const { id, title, text } of documents) {
      const url = `/${encodeURIComponent(id)}/`;
      urls.set(url, id);
      await index.addCustomRecord({ url, content: text, language: 'en', meta: { title } });
    }
  };
  const ranking = { metaWeights: { title: 2 } };
  const { search, close } = await servePagefind(folder, fill, { ranking });
  const files = readdirSync(folder, { recursive: true }).filter((path) => /\.pf_\w+$/.test(path));
  const bytes = files.reduce((sum, path) => sum + statSync(`${folder}/${path}`).size, 0);
  // A result's own id is a hash; its document is in a file that is fetched once and kept.
  const idOf = async (result) => urls.get((await result.data()).raw_url);
  return {
    bytes,
    compressed: bytes, // its files are compressed as they are
    find: search,
    idsOf: (results) => Promise.all(results.map(idOf)),
    close,
  };
}

const pagefind = {
  name: 'Pagefind',
  package: 'pagefind',
  settings: 'as it is: it stems, and all words must match; title × 2; sends the text too',
  async index(documents, folder) {
    const { find, idsOf, ...rest } = await indexWithPagefind(documents, folder);
    return {
      ...rest,
      search: async (query, limit) => idsOf((await find(query)).slice(0, limit)),
    };
  },
};

/** Pagefind has no mode in which any word matches; this is what one can make of it. */
const pagefindByWord = {
  name: 'Pagefind, by word',
  package: 'pagefind',
  settings:
    'each word asked for alone and the scores added, as it has no OR; title × 2; sends the text',
  async index(documents, folder) {
    const { find, idsOf, ...rest } = await indexWithPagefind(documents, folder);
    return {
      ...rest,
      async search(query, limit) {
        const sums = new Map();
        for (const word of new Set(query.match(/[\p{L}\p{N}]+/gu))) {
          for (const result of await find(word)) {
            const sum = sums.get(result.id) ?? { result, score: 0 };
            sum.score += result.score;
            sums.set(result.id, sum);
          }
        }
        const best = [...sums.values()].sort((a, b) => b.score - a.score).slice(0, limit);
        return idsOf(best.map(({ result }) => result));
      },
    };
  },
};

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
      async search(query, limit) {
        // It finds passages; a document counts where its best one stands.
        for (let wanted = limit; ; wanted *= 2) {
          const found = await instance.search(query, { limit: wanted });
          const results = Array.isArray(found) ? found : found.results;
          const ids = [...new Set(results.map(({ source }) => source.documentId))];
          if (ids.length >= limit || results.length < wanted) return ids.slice(0, limit);
        }
      },
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
