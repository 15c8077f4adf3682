import lunr from 'lunr';

export function indexOf(documents) {
  const index = lunr(function configure() {
    this.field('title', { boost: 2 });
    this.field('text');
    for (const document of documents) this.add(document);
  });
  return JSON.stringify(index);
}

export function open(text) {
  const index = lunr.Index.load(JSON.parse(text));
  // Not by its query language, to which "-" and ":" have a meaning.
  const find = (query) =>
    index.query((parts) => {
      for (const token of lunr.tokenizer(query)) parts.term(token.toString());
    });
  return (query, limit) =>
    find(query)
      .slice(0, limit)
      .map(({ ref }) => ref);
}
