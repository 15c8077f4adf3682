import { create, insertMultiple, load, save, search } from '@orama/orama';
import { stopwords } from '@orama/stopwords/english'; // without them it has half the nDCG

const empty = () =>
  create({
    schema: { id: 'string', title: 'string', text: 'string' },
    components: { tokenizer: { language: 'english', stemming: true, stopWords: stopwords } },
  });

export async function indexOf(documents) {
  const index = empty();
  await insertMultiple(index, documents);
  return JSON.stringify(save(index));
}

export function open(text) {
  const index = empty();
  load(index, JSON.parse(text));
  return async (query, limit) => {
    const options = { term: query, properties: ['title', 'text'], boost: { title: 2 }, limit };
    const { hits } = await search(index, options);
    return hits.map(({ id }) => id);
  };
}
