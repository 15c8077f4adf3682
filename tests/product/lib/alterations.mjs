// Sentences of a corpus, and the same with one value changed: for measuring what `check` finds.
import { readFileSync } from 'node:fs';
import { textOf } from './towns.mjs';

/** A small generator of numbers below `n`, the same for the same seed (xorshift). */
export function randomFrom(seed) {
  let state = seed >>> 0 || 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

const NAME = /(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})*/g;
const NEGATABLE = /\b(is|are|was|were|has been|can|could|will|would|should|must)\b(?! not\b|n't)/g;

/** Whole sentences of at least six words, no questions. */
export function sentencesOf(text) {
  const sentences = [];
  for (const paragraph of text.split('\n')) {
    for (const sentence of paragraph.split(/(?<=[a-z0-9)]\.) (?=[A-Z])/)) {
      const line = sentence.trim();
      if (/^[A-Z].*\.$/.test(line) && line.split(/\s+/).length >= 6 && line.length < 400) {
        sentences.push(line);
      }
    }
  }
  return sentences;
}

/** The kinds of alteration: each gives another sentence, or undefined where it does not apply. */
const ALTERATIONS = {
  digit(sentence, random) {
    const places = [...sentence.matchAll(/\d/g)].map(({ index }) => index);
    if (places.length === 0) return undefined;
    const at = places[random(places.length)];
    const digit = (Number(sentence[at]) + 1 + random(8)) % 10;
    return sentence.slice(0, at) + digit + sentence.slice(at + 1);
  },
  year(sentence, random) {
    const years = [...sentence.matchAll(/\b(1[5-9]|20)\d\d\b/g)];
    if (years.length === 0) return undefined;
    const { index, 0: year } = years[random(years.length)];
    return sentence.slice(0, index) + (Number(year) - 1 - random(40)) + sentence.slice(index + 4);
  },
  name(sentence, random, names) {
    const found = [...sentence.matchAll(NAME)];
    if (found.length === 0) return undefined;
    const { index, 0: name } = found[random(found.length)];
    const other = names[random(names.length)];
    return sentence.slice(0, index) + other + sentence.slice(index + name.length);
  },
  negation(sentence, random) {
    const negations = [...sentence.matchAll(/ (not|never)\b/g)];
    if (negations.length > 0 && random(2) === 0) {
      const { index, 0: word } = negations[random(negations.length)];
      return sentence.slice(0, index) + sentence.slice(index + word.length);
    }
    const verbs = [...sentence.matchAll(NEGATABLE)];
    if (verbs.length === 0) return undefined;
    const { index, 0: verb } = verbs[random(verbs.length)];
    const at = index + verb.split(' ')[0].length;
    return `${sentence.slice(0, at)} not${sentence.slice(at)}`;
  },
};

/** `count` sentences of the documents, each with its alteration: {kind, sentence, altered}. */
export function alteredSentences(path, count, seed) {
  const random = randomFrom(seed);
  const texts = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map((document) => document.text ?? textOf(document));
  const all = texts.join('\n').replaceAll(/\s+/g, ' ');
  const sentences = [...new Set(texts.flatMap(sentencesOf))];
  const names = [...new Set(sentences.flatMap((sentence) => sentence.match(NAME) ?? []))];
  const kinds = Object.keys(ALTERATIONS);
  const cases = [];
  for (let tries = 0; cases.length < count && tries < count * 100; ++tries) {
    const sentence = sentences[random(sentences.length)];
    const kind = kinds[cases.length % kinds.length];
    const altered = ALTERATIONS[kind](sentence, random, names);
    // What the documents say elsewhere is no error.
    if (!altered || altered === sentence || all.includes(altered.slice(0, -1))) continue;
    cases.push({ kind, sentence, altered });
  }
  return cases;
}

/** The verdicts of `details` on each of `lines`, which are the paragraphs of the checked text. */
export function verdictsByLine(lines, details) {
  let begin = 0;
  let next = 0;
  return lines.map((line) => {
    const end = begin + line.length;
    const own = [];
    while (next < details.length && details[next].start < end) own.push(details[next++]);
    begin = end + 2;
    return own;
  });
}
