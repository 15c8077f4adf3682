// What the page of bench/suite/search.mjs does: opens one search engine over one corpus and asks it.
let search;

const openers = {
  async text({ code, place }) {
    const { open } = await import(code);
    const response = await fetch(place);
    return { search: await open(await response.text()) };
  },
  async pagefind({ code, place, options }) {
    const { open } = await import(code);
    return { search: await open(new URL(place, location).href, options) };
  },
  async cento({ code, place, way }) {
    const [{ Cento }, ways] = await Promise.all([import('/dist/index.js'), import(code)]);
    const cento = await Cento.create({ pack: place, update: 'manual' });
    return { search: ways[way](cento), ready: cento.ready };
  },
};

/** Milliseconds from the navigation to the first result, and until all of the corpus is searched. */
globalThis.start = async (engine, query) => {
  const opened = await openers[engine.kind](engine);
  search = opened.search;
  await search(query, 10);
  const first = performance.now();
  await opened.ready;
  return { first, complete: opened.ready ? performance.now() : first };
};

/** Ids and milliseconds of each query, one after the other. */
globalThis.askAll = async (queries, depth) => {
  const ids = [];
  const times = [];
  for (const query of queries) {
    const start = performance.now();
    ids.push(await search(query, depth));
    times.push(performance.now() - start);
  }
  return { ids, times };
};
