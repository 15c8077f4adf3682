// WordNet as documents: one a word, with a paragraph for each of its senses: a sentence that defines it, and examples.
import { synsets } from './database.mjs';

/**
 * A sense stands with each word that means it most often, and with the word that means it most often of all.
 * The senses of a word stand in the order of how often they were found; `uses` is of the first.
 */
export function documents({ isWanted = () => true } = {}) {
  const entries = new Map();
  for (const synset of synsets()) {
    const text = toText(synset);
    if (text === '') continue;
    const most = Math.max(...synset.words.map(({ uses }) => uses));
    const head = synset.words.find(({ uses }) => uses === most);
    for (const word of synset.words) {
      if ((word !== head && word.rank > 0) || !isWanted(word, synset)) continue;
      const entry = entries.get(word.word) ?? [];
      entries.set(word.word, entry);
      entry.push({ ...word, text: word === head ? text : definition(synset) });
    }
  }
  const words = [...entries.keys()].sort((a, b) => (a < b ? -1 : 1));
  return words.map((word) => {
    const senses = entries.get(word).sort((a, b) => b.uses - a.uses || a.rank - b.rank);
    const text = senses.map((sense) => sense.text).join('\n\n');
    return { id: word, url: '', title: word, text, uses: senses[0].uses };
  });
}

/** "A beacon, lighthouse or pharos is a tower with a light that …", and below it the examples, a line each. */
export function toText(synset) {
  if (synset.definition === '') return '';
  return [definition(synset), ...synset.examples.map(sentence)].join('\n');
}

/** A sentence where the words and the definition make one; else a label before the definition. */
function definition({ part, words: list, isName, definition }) {
  const words = list.map(({ word }) => word);
  const names = anyOf(words);
  if (part === 'verb') return sentence(`to ${names} is to ${definition}`);
  if (part === 'noun' && !isName && /^(?:a|an|any|one) /.test(definition))
    return sentence(`${article(names)} ${names} is ${definition}`);
  if (part === 'noun' && !isName && /^the /.test(definition))
    return sentence(`${names} is ${definition}`);
  return `${words.join(', ')}: ${definition}.`;
}

const anyOf = (words) =>
  words.length < 2 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const article = (words) =>
  /^(?:[aeio]|u(?!ni|se|su|ti|ro|bi)|hour|honest|heir)/i.test(words) ? 'an' : 'a';

function sentence(text) {
  const begin = text[0].toUpperCase() + text.slice(1);
  return /[.!?…]["')]?$/.test(begin) ? begin : `${begin.replace(/[,;:]$/, '')}.`;
}
