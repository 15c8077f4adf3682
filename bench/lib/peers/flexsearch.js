import { Charset, Document, Encoder } from 'flexsearch';
import english from 'flexsearch/lang/en';

function empty() {
  const encoder = new Encoder(Charset.Default, english);
  const fields = ['title', 'text'].map((field) => ({ field, encoder, tokenize: 'strict' }));
  return new Document({ document: { id: 'id', index: fields } });
}

export async function indexOf(documents) {
  const index = empty();
  for (const document of documents) index.add(document);
  const parts = {};
  await index.export((key, data) => {
    parts[key] = data;
  });
  return JSON.stringify(parts);
}

export function open(text) {
  const index = empty();
  for (const [key, data] of Object.entries(JSON.parse(text))) index.import(key, data);
  return (query, limit) =>
    index
      .search(query, { limit, suggest: true, merge: true })
      .slice(0, limit)
      .map(({ id }) => id);
}
