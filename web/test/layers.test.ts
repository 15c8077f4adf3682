import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Coverage, Source, Suggestion, TraceSpan } from '../src/client/types.js';
import {
  ASKS_OF_OWN,
  bestAnswer,
  joinCoverage,
  joinNext,
  joinSearch,
  joinSuggestions,
  joinTraces,
  ownWorth,
} from '../src/worker/layers.js';
import type { Engine } from '../src/worker/module.js';

const coverage = (tokens: number, tokenCount: number): Coverage => ({
  shards: 1,
  shardCount: 2,
  documents: 3,
  documentCount: 4,
  tokens,
  tokenCount,
  share: tokens / tokenCount,
});
const ALL = coverage(1, 1);

const answer = (text: string, confidence: number, topics: string[] = []) =>
  ({ text, confidence, topics, refused: text === '' }) as Answer;

test('the surest layer answers, the first of equals, and a refusal only where all refuse', () => {
  const none = () => 0;
  const text = (...answers: Answer[]) => bestAnswer(answers, false, none).text;
  assert.equal(text(answer('own', 0.4), answer('pack', 0.6)), 'pack');
  assert.equal(text(answer('own', 0.6), answer('pack', 0.6)), 'own');
  assert.equal(text(answer('', 0), answer('pack', 0.1)), 'pack');
  const own = [answer('own', 0.2), answer('pack', 0.9)];
  assert.equal(bestAnswer(own, true, none).text, 'own');
  assert.equal(bestAnswer([answer('', 0), answer('pack', 0.9)], true, none).text, 'pack');
  const refused = bestAnswer(
    [answer('', 0), answer('', 0, ['a', 'b']), answer('', 0, ['c'])],
    false,
    none,
  );
  assert.deepEqual(refused.topics, ['a', 'b']);
});

test("a question says when it asks of one's own", () => {
  for (const own of ['What is my rent?', 'Wer ist unser Arzt?', '¿Cuál es mi talla?', 'Our dog?']) {
    assert.match(own, ASKS_OF_OWN);
  }
  for (const other of ['What is myrrh?', 'Which four mines are in Mali?', 'How are the US run?']) {
    assert.doesNotMatch(other, ASKS_OF_OWN);
  }
});

test('answers without confidence are chosen by what their layers have on the topic', () => {
  const worth = [1, 3, 2];
  const three = [answer('a', 0), answer('b', 0), answer('c', 0)];
  assert.equal(bestAnswer(three, false, (i) => worth[i] as number).text, 'b');
});

test('coverage adds up', () => {
  const one = coverage(1, 3);
  assert.equal(joinCoverage([one]), one);
  assert.deepEqual(joinCoverage([one, coverage(2, 3)]), {
    shards: 2,
    shardCount: 4,
    documents: 6,
    documentCount: 8,
    tokens: 3,
    tokenCount: 6,
    share: 0.5,
  });
});

test('results are sorted together, and corrections are those of what is shown', () => {
  const part = (scores: number[], from: string) => ({
    results: scores.map((score) => ({ score, excerpt: from, marks: [], source: {} as Source })),
    corrections: [{ from, to: 'x' }],
    coverage: ALL,
  });
  const joined = joinSearch([part([3, 1], 'a'), part([3, 2], 'b'), part([0.5], 'c')], 3);
  assert.deepEqual(
    joined.results.map(({ score, excerpt }) => [score, excerpt]),
    [
      [3, 'a'],
      [3, 'b'],
      [2, 'b'],
    ],
  );
  assert.deepEqual(
    joined.corrections.map(({ from }) => from),
    ['a', 'b'],
  );
});

test('of overlapping spans those stay that lie in no other', () => {
  const span = (start: number, end: number, words: number): TraceSpan => ({
    start,
    end,
    startBytes: start,
    endBytes: end,
    words,
    count: 1,
    sources: [],
  });
  const trace = (...spans: TraceSpan[]) => ({
    spans,
    covered: spans.reduce((sum, { words }) => sum + words, 0) / 20,
  });
  const joined = joinTraces(
    [
      trace(span(0, 10, 2), span(20, 40, 4)),
      trace(span(0, 10, 2), span(5, 25, 4), span(30, 35, 1)),
    ],
    3,
  );
  assert.deepEqual(
    joined.spans.map(({ start, end, count }) => [start, end, count]),
    [
      [0, 10, 2],
      [5, 25, 1],
      [20, 40, 1],
    ],
  );
  assert.ok(Math.abs(joined.covered - 8 / 20) < 1e-9);
});

test('what follows is counted over all', () => {
  const joined = joinNext(
    [
      {
        count: 3,
        distinct: 2,
        tokens: [
          { text: 'a', count: 2 },
          { text: 'b', count: 1 },
        ],
      },
      { count: 4, distinct: 1, tokens: [{ text: 'b', count: 4 }] },
    ],
    1,
  );
  assert.deepEqual(joined, { count: 7, distinct: 2, tokens: [{ text: 'b', count: 5 }] });
});

test('own words come first behind two words of the reader, and count for little elsewhere', () => {
  const suggestions = (text: string, probability: number, level: 'token' | 'base') => ({
    suggestions: [
      { text, replaces: 0, probability, levels: [{ level, share: 1 }] } as unknown as Suggestion,
    ],
    coverage: ALL,
  });
  const first = (worth: number, level: 'token' | 'base') =>
    joinSuggestions(
      [
        { worth, given: suggestions('own', 0.3, level) },
        { worth: undefined, given: suggestions('pack', 0.5, 'token') },
      ],
      3,
    ).suggestions[0]?.text;
  assert.equal(first(2, 'token'), 'own');
  assert.equal(first(0.5, 'token'), 'pack');
  assert.equal(first(2, 'base'), 'pack');

  const known = { count: (text: string) => Number(text === ' dog is') } as Engine;
  assert.equal(ownWorth(known, 'Her dog is '), 2);
  assert.equal(ownWorth(known, 'Her dog is cal'), 2);
  assert.equal(ownWorth(known, 'Her cat is '), 0.5);
  assert.equal(ownWorth(known, 'is '), 0.5);
});
