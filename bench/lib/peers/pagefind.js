// Pagefind brings its own script, which fetches parts of its index as they are asked for.

/**
 * `folder` is where its script is, `basePath` where its files are served; both end with "/". Ids are the paths of
 * the documents' addresses.
 */
export async function open(folder, { isByWord = false, basePath = folder } = {}) {
  const pagefind = await import(`${folder}pagefind.js`);
  await pagefind.options({ basePath, baseUrl: '/', ranking: { metaWeights: { title: 2 } } });
  await pagefind.init();
  const find = async (query) => (await pagefind.search(query)).results;
  return isByWord
    ? (query, limit) => searchByWord(find, query, limit)
    : async (query, limit) => idsOf((await find(query)).slice(0, limit));
}

// A result's own id is a hash; its document is in a file that is fetched once and kept.
const idsOf = (results) =>
  Promise.all(
    results.map(async (result) => decodeURIComponent((await result.data()).raw_url.slice(1, -1))),
  );

/** It has no mode in which any word matches; this is what one can make of it. */
async function searchByWord(find, query, limit) {
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
}
