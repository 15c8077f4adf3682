import MiniSearch from 'minisearch';

const options = { fields: ['title', 'text'] };

export function indexOf(documents) {
  const index = new MiniSearch(options);
  index.addAll(documents);
  return JSON.stringify(index);
}

export function open(text) {
  const index = MiniSearch.loadJSON(text, options);
  return (query, limit) =>
    index
      .search(query, { boost: { title: 2 } })
      .slice(0, limit)
      .map(({ id }) => id);
}
