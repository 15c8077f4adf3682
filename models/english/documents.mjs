// General English as documents: what words mean and how they are used (WordNet), prose on computing and its
// people (FOLDOC, the Jargon File) and on countries (the longer paragraphs of the World Factbook).
import { documents as countries } from '../factbook/documents.mjs';
import { documents as words } from '../wordnet/documents.mjs';
import { entries, isProse, plain } from './dictd.mjs';

/** Beside others: what was found in texts of all kinds is worth most. */
const COMMON = 4;

export function documents() {
  return [
    ...words({ isWanted: isGeneral }).map(({ id, uses, ...word }) => ({
      ...word,
      id: `wordnet/${id}`,
      weight: uses > 0 ? COMMON : 1,
    })),
    ...articles('foldoc'),
    ...articles('jargon'),
    ...Array.from(countries(), toProse).filter(({ text }) => text !== ''),
  ];
}

/** Words that were found in texts, single ones in small letters, and names of two words. */
const isGeneral = ({ word, uses }, { isName }) =>
  uses > 0 || /^[a-z][a-z'-]+$/.test(word) || (isName && /^[A-Z]\S+ [A-Z]\S+$/.test(word));

function articles(name) {
  const ids = new Set();
  return entries(name).flatMap(({ heads, paragraphs }) => {
    const [title] = heads;
    const id = `${name}/${title}`;
    const text = paragraphs.map(plain).filter(isProse).join('\n\n');
    // FOLDOC has many entries of the Jargon File, and says so.
    if (text === '' || ids.has(id) || paragraphs.at(-1).includes('Jargon File')) return [];
    ids.add(id);
    return [{ id, url: '', title, text: `${title}: ${text}`, weight: 1 }];
  });
}

/** What is told in sentences; figures are left to the Factbook's own model. */
function toProse({ id, url, title, sections }) {
  const text = sections
    .flatMap((section) => section.text.split('\n\n'))
    .filter((part) => part.length > 200 && /^[A-Z][^:]{40}.*[.]$/.test(part))
    .join('\n\n');
  return { id: `factbook/${id}`, url, title, text, weight: COMMON };
}
