/** Searches, a document standing where its best passage does: `search` gives passages. */
export function searchDocuments(cento) {
  return async (query, limit) => {
    for (let wanted = limit; ; wanted *= 2) {
      const found = await cento.search(query, { limit: wanted });
      const results = Array.isArray(found) ? found : found.results;
      const ids = [...new Set(results.map(({ source }) => source.documentId))];
      if (ids.length >= limit || results.length < wanted) return ids.slice(0, limit);
    }
  };
}

/** The document of the answer alone. */
export function ask(cento) {
  return async (query) => {
    const { fragments } = await cento.ask(query);
    return fragments.slice(0, 1).map(({ source }) => source.documentId);
  };
}
