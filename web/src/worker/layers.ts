/**
 * Several layers as one: packs, and what was learned. Each is asked by itself, in its own vocabulary; what
 * they say is put together here. Layers come personal ones first: of equals the first is taken, so that
 * the reader's own text wins.
 *
 * An answer is one layer's as it stands, never pieces of several: so its receipt repeats it, and it can be
 * verified against one pack.
 */

import { CentoError } from '../client/error.js';
import type {
  Answer,
  AttestedMask,
  CheckedSentence,
  CheckReport,
  Coverage,
  Located,
  NextTokens,
  SearchResults,
  Suggestion,
  Suggestions,
  Trace,
  TraceSpan,
  VerifyReport,
} from '../client/types.js';
import type { Engine } from './module.js';

const sum = <T>(items: readonly T[], value: (item: T) => number) =>
  items.reduce((total, item) => total + value(item), 0);

/** The first of the best. REQUIRES: there is one. */
function best<T>(items: readonly T[], value: (item: T) => number): T {
  return items.reduce((a, b) => (value(b) > value(a) ? b : a));
}

/** The values of a key once each, in the order in which they first come; `join` makes one of two. */
function joined<T>(items: readonly T[], key: (item: T) => string, join: (a: T, b: T) => T): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const other = byKey.get(key(item));
    byKey.set(key(item), other === undefined ? item : join(other, item));
  }
  return [...byKey.values()];
}

export function joinCoverage(parts: readonly Coverage[]): Coverage {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const total = (key: keyof Coverage) => sum(parts, (part) => part[key]);
  const tokens = total('tokens');
  const tokenCount = total('tokenCount');
  return {
    shards: total('shards'),
    shardCount: total('shardCount'),
    documents: total('documents'),
    documentCount: total('documentCount'),
    tokens,
    tokenCount,
    share: Math.round((tokens / (tokenCount || 1)) * 1e4) / 1e4,
  };
}

/** "my", "our" in the languages that questions are read in: so one asks of what is one's own. */
export const ASKS_OF_OWN = /\b(my|our|mein\w*|unser\w*|mis?|nuestr\w+|mon|ma|mes|notre|nos)\b/i;

/**
 * The answer of the layer that is surest: confidence says how often answers like it are right. `worth`
 * says what answers that have none are worth. Where all refuse, the one that names most topics. With
 * `ownFirst` the first layer's, unless it refuses.
 */
export function bestAnswer(
  answers: readonly Answer[],
  ownFirst: boolean,
  worth: (i: number) => number,
): Answer {
  const value = (answer: Answer) => {
    if (answer.refused) return -1;
    if (ownFirst && answer === answers[0]) return Number.POSITIVE_INFINITY;
    return answer.confidence || worth(answers.indexOf(answer));
  };
  const given = best(answers, value);
  return given.refused ? best(answers, ({ topics }) => topics.length) : given;
}

export function joinSearch(parts: readonly SearchResults[], limit: number): SearchResults {
  const results = parts.flatMap((part) => part.results.map((result) => ({ result, part })));
  results.sort((a, b) => b.result.score - a.result.score);
  const shown = results.slice(0, limit);
  // A word that one layer lacks may stand in another.
  const used = parts.filter((part) => shown.some((result) => result.part === part));
  return {
    results: shown.map(({ result }) => result),
    corrections: joined(
      used.flatMap(({ corrections }) => corrections),
      ({ from }) => from,
      (a) => a,
    ),
    coverage: joinCoverage(parts.map(({ coverage }) => coverage)),
  };
}

const VERDICTS = ['unsupported', 'near miss', 'attested'];

/** Of each sentence the best that is said of it. All layers see the same sentences. */
export function joinChecks(parts: readonly CheckReport[]): CheckReport {
  const details = joined(
    parts.flatMap((part) => part.details),
    ({ start, end }) => `${start} ${end}`,
    (a, b) => best([a, b], ({ verdict }) => VERDICTS.indexOf(verdict)),
  );
  const count = (verdict: CheckedSentence['verdict']) =>
    sum(details, (sentence) => Number(sentence.verdict === verdict));
  return {
    sentences: details.length,
    attested: count('attested'),
    nearMiss: count('near miss'),
    unsupported: count('unsupported'),
    details,
    coverage: joinCoverage(parts.map(({ coverage }) => coverage)),
  };
}

/** The spans that lie in no other. */
export function joinTraces(parts: readonly Trace[], maxSources: number): Trace {
  const spans = joined(
    parts.flatMap((part) => part.spans),
    ({ start, end }) => `${start} ${end}`,
    (a, b) => ({
      ...a,
      count: a.count + b.count,
      sources: [...a.sources, ...b.sources].slice(0, maxSources),
    }),
  ).sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: TraceSpan[] = [];
  let words = 0;
  for (const span of spans) {
    const last = kept.at(-1);
    if (last && span.end <= last.end) continue;
    // Words of a span are about equally long: enough to tell how many of it lie in the last one.
    const shared = Math.max((last?.end ?? 0) - span.start, 0) / (span.end - span.start);
    words += span.words * (1 - shared);
    kept.push(span);
  }
  const one = best(parts, ({ covered }) => covered);
  const all = sum(one.spans, (span) => span.words) / one.covered || 1;
  return { spans: kept, covered: Math.min(1, Math.max(one.covered, words / all)) };
}

/** Levels whose word for a suggestion is the context's. */
const FITTING = new Set(['token', 'unwrapped']);

/**
 * What a suggestion of a personal layer is worth against those of packs. Behind two words that the reader
 * wrote before, twice: the mixture was fitted to large packs, and gives what was said once too little.
 * Else half: in so few texts one word before proves nothing.
 */
export function ownWorth(engine: Engine, text: string): number {
  const context = text.split(/\s+/).slice(-3, -1);
  const words = context.join(' ');
  return context.length === 2 && engine.count(words) + engine.count(` ${words}`) > 0 ? 2 : 0.5;
}

/**
 * By what they insert, most probable first. Of a layer with a `worth`, what is frequent anywhere counts for
 * nothing: in so few texts every word is.
 */
export function joinSuggestions(
  parts: readonly { worth: number | undefined; given: Suggestions }[],
  limit: number,
): Suggestions {
  const weighed = parts.flatMap(({ worth, given }) =>
    given.suggestions.map((suggestion) => {
      const fitting = suggestion.levels.filter(({ level }) => FITTING.has(level));
      const weight = worth === undefined ? 1 : worth * sum(fitting, ({ share }) => share);
      return { ...suggestion, probability: Math.min(suggestion.probability * weight, 1) };
    }),
  );
  const suggestions: Suggestion[] = joined(
    weighed,
    ({ text, replaces }) => `${replaces} ${text.trimEnd()}`,
    (a, b) => best([a, b], ({ probability }) => probability),
  );
  suggestions.sort((a, b) => b.probability - a.probability);
  return {
    suggestions: suggestions.slice(0, limit),
    coverage: joinCoverage(parts.map(({ given }) => given.coverage)),
  };
}

/** REQUIRES: the parts have all tokens that follow. */
export function joinNext(parts: readonly NextTokens[], limit: number): NextTokens {
  const tokens = joined(
    parts.flatMap((part) => part.tokens),
    ({ text }) => text,
    (a, b) => ({ text: a.text, count: a.count + b.count }),
  ).sort((a, b) => b.count - a.count);
  return {
    count: sum(parts, ({ count }) => count),
    distinct: tokens.length,
    tokens: tokens.slice(0, limit),
  };
}

export function joinLocated(parts: readonly Located[], limit: number): Located {
  return {
    count: sum(parts, ({ count }) => count),
    sources: parts.flatMap(({ sources }) => sources).slice(0, limit),
  };
}

export function joinMasks(parts: readonly AttestedMask[]): AttestedMask {
  const tokens = new Set(parts.flatMap((part) => part.tokens));
  return {
    tokens: [...tokens].sort((a, b) => a - b),
    contextTokens: best(parts, ({ contextTokens }) => contextTokens).contextTokens,
  };
}

/** Of a plain text: that of the layer that has most of it. */
export const bestReport = (parts: readonly VerifyReport[]): VerifyReport =>
  best(parts, ({ attestedWindows }) => attestedWindows);

const vocabularies = new WeakMap<Engine, string>();

/** Errors: `NotSupportedError` where ids of one layer mean other tokens in another. */
export function checkOneVocabulary(engines: readonly Engine[]): void {
  const all = engines.map((engine) => {
    let tokens = vocabularies.get(engine);
    if (tokens === undefined) {
      const size = engine.summary().vocabulary;
      tokens = `${size} ${engine.decode(Uint32Array.from({ length: size }, (_, id) => id))}`;
      vocabularies.set(engine, tokens);
    }
    return tokens;
  });
  if (all.every((tokens) => tokens === all[0])) return;
  throw new CentoError('NotSupportedError', 'The packs have different tokens: mask with one pack.');
}
