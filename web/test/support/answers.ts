/** A whole answer, as an engine gives it, for tests that take it apart. */

import type { Answer, Receipt } from '../../src/client/types.js';

const range = { start: 0, end: 9, startBytes: 0, endBytes: 9 };

/** With the largest seed, which no number of JavaScript holds. */
export const RECEIPT: Receipt = {
  engineVersion: '0.1.0',
  pack: '0'.repeat(32),
  shards: 1,
  operation: 'ask',
  input: 'Where?',
  session: [{ input: 'What?', topic: '' }],
  options: {
    maxTokens: 40,
    maxWords: 0,
    sentences: 0,
    seed: '18446744073709551615',
    grounding: 'sentence',
    maxQuote: 0,
    effort: 'balanced',
  },
  digest: '0'.repeat(64),
};

export const ANSWER: Answer = {
  text: 'In Kenya.',
  refused: false,
  reason: '',
  confidence: 0.9,
  kind: 'sentence',
  highlight: { ...range, confidence: 0.5 },
  topics: ['Kenya'],
  fragments: [
    {
      text: 'In Kenya.',
      tokens: 3,
      source: {
        pack: RECEIPT.pack,
        licence: 'CC0-1.0',
        documentId: 'kenya',
        title: 'Kenya',
        url: 'kenya.html',
        headings: ['Geography'],
        ...range,
      },
      why: { level: 0, contextTokens: 2, contextWords: 1, count: 1, alternatives: 1, score: -1.5 },
    },
  ],
  work: 12,
  coverage: {
    shards: 1,
    shardCount: 1,
    documents: 1,
    documentCount: 1,
    tokens: 3,
    tokenCount: 3,
    share: 1,
  },
  receipt: RECEIPT,
};

/** The answer with another receipt, such as no engine gives. */
export const answerWith = (change: object): Answer => ({
  ...ANSWER,
  receipt: { ...RECEIPT, ...change },
});
