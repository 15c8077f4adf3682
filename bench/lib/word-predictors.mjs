// The two usual ways to suggest words at a keystroke, to hold Cento's against: a list of words by frequency,
// and word n-grams with back-off. Both suggest the word at the caret, or the next one, with the space behind it where
// one mostly stood, and never again what was shown for the same word and typed past.

const WORD = /[\p{L}\p{N}_'’]+/gu;
const LAST_WORDS = 3;

/** Characters as people count them. */
const charactersOf = (text) => Array.from(text).length;

class Followers {
  counts = new Map();
  total = 0;

  add(word) {
    this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
    this.total++;
  }

  /** [word, count], most frequent first, ties in the order of their letters. */
  sorted() {
    return [...this.counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }
}

/** Counts of words behind up to two others; `add` may go on after words were asked for. */
class WordNgrams {
  #byContext = new Map();
  #byPrefix;
  #spaced = new Map(); // of each word, how often a space stood behind it, less how often none did

  constructor(order) {
    this.order = order;
  }

  add(text) {
    this.#byPrefix = undefined;
    const words = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const isSpaced = text[index + word.length] === ' ';
      this.#spaced.set(word, (this.#spaced.get(word) ?? 0) + (isSpaced ? 1 : -1));
      for (let length = 0; length < this.order && length <= words.length; length++) {
        const key = words.slice(words.length - length).join(' ');
        if (!this.#byContext.has(key)) this.#byContext.set(key, new Followers());
        this.#byContext.get(key).add(word);
      }
      words.push(word);
      if (words.length >= this.order) words.shift();
    }
  }

  hasSpaceBehind(word) {
    return (this.#spaced.get(word) ?? 1) > 0;
  }

  /** Words that begin with `prefix`, most frequent first. */
  #withPrefix(prefix) {
    if (!this.#byPrefix) {
      this.#byPrefix = new Map();
      for (const [word, count] of this.#byContext.get('')?.sorted() ?? [])
        for (let length = 0; length <= Math.min(4, word.length); length++) {
          const key = word.slice(0, length);
          if (!this.#byPrefix.has(key)) this.#byPrefix.set(key, []);
          this.#byPrefix.get(key).push([word, count]);
        }
    }
    const list = this.#byPrefix.get(prefix.slice(0, 4)) ?? [];
    const found = [];
    for (const entry of list) {
      if (entry[0].startsWith(prefix)) found.push(entry);
      if (found.length === 16) break;
    }
    return found;
  }

  /** Adds scores to `scores`: "stupid back-off" (Brants et al. 2007), 0.4 for each word of context less. */
  score(context, prefix, weight, scores) {
    for (let length = Math.min(this.order - 1, context.length); length >= 0; length--) {
      const key = context.slice(context.length - length).join(' ');
      const followers = this.#byContext.get(key);
      if (!followers) continue;
      const backoff = weight * 0.4 ** (this.order - 1 - length);
      for (const [word, count] of length === 0 ? this.#withPrefix(prefix) : followers.counts) {
        if (!word.startsWith(prefix)) continue;
        const score = (backoff * count) / followers.total;
        scores.set(word, Math.max(scores.get(word) ?? 0, score));
      }
    }
  }
}

const SESSION_WEIGHT = 0.4; // of the document so far, beside the training text

/** `order` 1 is a list of words by frequency; `learns`: also from the document that is typed. */
export class WordPredictor {
  #known;
  #session;
  #shown = new Set();
  #shownAt = -1;
  #learned = 0;

  constructor(texts, { order, learns = false }) {
    this.order = order;
    this.learns = learns;
    this.#known = new WordNgrams(order);
    for (const text of texts) this.#known.add(text);
  }

  /** A document is begun. */
  begin() {
    this.#session = new WordNgrams(this.order);
    this.#learned = 0;
    this.#shownAt = -1;
  }

  /** Texts to insert at the end of `before`, best first. */
  suggest(before, limit) {
    const line = before.slice(-200);
    const prefix = /[\p{L}\p{N}_'’]*$/u.exec(line)[0];
    const start = before.length - prefix.length;
    if (start !== this.#shownAt) {
      this.#shown.clear();
      this.#shownAt = start;
      if (this.learns) this.#learn(before, start);
    }
    const words = line.slice(0, line.length - prefix.length).match(WORD) ?? [];
    const context = words.slice(-LAST_WORDS);
    const scores = new Map();
    this.#known.score(context, prefix, 1, scores);
    if (this.learns) {
      const own = new Map();
      this.#session.score(context, prefix, SESSION_WEIGHT, own);
      for (const [word, score] of own) scores.set(word, (scores.get(word) ?? 0) + score);
    }
    const best = [];
    for (const entry of scores) {
      if (entry[0] === prefix || this.#shown.has(entry[0])) continue;
      best.push(entry);
    }
    best.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return best.slice(0, limit).map(([word]) => {
      this.#shown.add(word);
      return word.slice(prefix.length) + (this.#known.hasSpaceBehind(word) ? ' ' : '');
    });
  }

  /** Line by line: the text behind the last whole line is not learned yet. */
  #learn(before, end) {
    const line = before.lastIndexOf('\n', end - 1) + 1;
    if (line <= this.#learned) return;
    this.#session.add(before.slice(this.#learned, line));
    this.#learned = line;
  }
}

/**
 * Types documents as `cento eval typing` does: the suggestion that agrees with the text and saves most is accepted for
 * one keystroke, and another to take a wrong space away. Gives {savings, p50Ms, p99Ms, characters}.
 */
export function type(texts, predictor, mostCharacters, limit = 3) {
  let characters = 0;
  let keystrokes = 0;
  const times = [];
  for (const text of texts) {
    predictor.begin();
    for (let caret = 0; caret < text.length && characters < mostCharacters; ) {
      const start = performance.now();
      const suggested = predictor.suggest(text.slice(0, caret), limit);
      times.push(performance.now() - start);
      const step = bestStep(text, caret, suggested);
      characters += charactersOf(text.slice(caret, step.caret));
      keystrokes += step.keystrokes;
      caret = step.caret;
    }
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * times.length)] ?? 0;
  return { characters, savings: 1 - keystrokes / characters, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function bestStep(text, caret, suggested) {
  const next = String.fromCodePoint(text.codePointAt(caret));
  let best = { caret: caret + next.length, keystrokes: 1 };
  let most = 0;
  for (const given of suggested) {
    const isRight = text.startsWith(given, caret);
    const inserted = isRight ? given : given.trimEnd();
    const keystrokes = isRight ? 1 : 2;
    if (inserted === '' || (inserted === given && !isRight)) continue;
    if (!text.startsWith(inserted, caret)) continue;
    const saved = charactersOf(inserted) - keystrokes;
    if (saved <= most) continue;
    most = saved;
    best = { caret: caret + inserted.length, keystrokes };
  }
  return best;
}
