/**
 * What goes into the engine as one run of bytes: what is asked, and answers and receipts that come back
 * to us from anywhere. They are checked here; the engine reads without looking.
 */

import { CentoError } from '../client/error.js';
import type { Answer } from '../client/types.js';

/** A set of names is written as the number of the name, as in engine/include/cento/results.h. */
type Kind =
  | 'string'
  | 'boolean'
  | 'uint32'
  | 'count' // up to 2^53
  | 'digits' // 64 bits, in decimal digits
  | 3 // a number of at most so many decimals, written as a whole multiple of the last one
  | 4
  | Set<string>
  | { [key: string]: Kind }
  | [Kind];

// Members are in the order in which engine/facade/answer_bytes.h reads them.

const REQUEST = {
  operation: new Set(['complete', 'ask', 'overview']),
  input: 'string',
  session: [{ input: 'string', topic: 'string' }],
  options: {
    maxTokens: 'uint32',
    maxWords: 'uint32',
    sentences: 'uint32',
    seed: 'digits',
    grounding: new Set(['quote', 'sentence', 'phrase']),
    maxQuote: 'uint32',
    effort: new Set(['fast', 'balanced', 'deep']),
  },
} satisfies Kind;

const RECEIPT = {
  engineVersion: 'string',
  pack: 'string',
  shards: 'uint32',
  ...REQUEST,
  digest: 'string',
} satisfies Kind;

const RANGE = {
  start: 'count',
  end: 'count',
  startBytes: 'count',
  endBytes: 'count',
} satisfies Kind;

/** The canonical form of docs/format.md, and the digest. */
const ANSWER = {
  text: 'string',
  refused: 'boolean',
  reason: 'string',
  confidence: 4,
  kind: 'string',
  highlight: { ...RANGE, confidence: 4 },
  topics: ['string'],
  fragments: [
    {
      text: 'string',
      tokens: 'uint32',
      source: {
        pack: 'string',
        licence: 'string',
        documentId: 'string',
        title: 'string',
        url: 'string',
        headings: ['string'],
        ...RANGE,
      },
      why: {
        level: 'uint32',
        contextTokens: 'uint32',
        contextWords: 'uint32',
        count: 'uint32',
        alternatives: 'uint32',
        score: 3,
      },
    },
  ],
  work: 'count',
  coverage: {
    shards: 'uint32',
    shardCount: 'uint32',
    documents: 'uint32',
    documentCount: 'uint32',
    tokens: 'count',
    tokenCount: 'count',
  },
  receipt: RECEIPT,
} satisfies Kind;

const NO_HIGHLIGHT = { start: 0, end: 0, startBytes: 0, endBytes: 0, confidence: 0 };

const SEARCH = { query: 'string', limit: 'uint32', within: ['string'] } satisfies Kind;

export const requestBytes = (value: unknown) => bytesOf(value, REQUEST, 'request');
export const receiptBytes = (value: unknown) => bytesOf(value, RECEIPT, 'receipt');
export const searchBytes = (value: unknown) => bytesOf(value, SEARCH, 'search');

export function answerBytes(value: unknown): Uint8Array {
  const answer = value as Partial<Answer> | null;
  const highlight = answer?.highlight === null ? NO_HIGHLIGHT : answer?.highlight;
  const bytes = bytesOf(answer && { ...answer, highlight }, ANSWER, 'answer');
  const { tokens, tokenCount, share } = (answer as Answer).coverage;
  if (!(Math.abs(share - tokens / (tokenCount || 1)) < 0.000051)) {
    throw new CentoError(
      'InvalidArgumentError',
      'answer.coverage.share must be tokens / tokenCount.',
    );
  }
  return bytes;
}

/**
 * The members one after the other; numbers, and the lengths before texts and arrays, in eight bytes.
 * Errors: `InvalidArgumentError`, with the path of what is wrong.
 */
function bytesOf(value: unknown, kind: Kind, name: string): Uint8Array {
  const parts: Uint8Array[] = [];
  write(value, kind, name, parts);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function write(value: unknown, kind: Kind, path: string, parts: Uint8Array[]): void {
  const require = (right: boolean, what: string) => {
    if (!right) throw new CentoError('InvalidArgumentError', `${path} must be ${what}.`);
  };
  const writeNumber = (number: number | bigint | boolean) =>
    parts.push(new Uint8Array(BigUint64Array.of(BigInt(number)).buffer));
  if (kind === 'count' || kind === 'uint32') {
    const number = value as number;
    const max = kind === 'count' ? Number.MAX_SAFE_INTEGER : 2 ** 32 - 1;
    require(Number.isInteger(value) && number >= 0 && number <= max, 'a whole number');
    writeNumber(number);
  } else if (typeof kind === 'number') {
    const scaled = typeof value === 'number' ? value * 10 ** kind : Number.NaN;
    const whole = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
    require(Math.abs(scaled - whole) < 1e-4, `a number of at most ${kind} decimals`);
    writeNumber(BigInt.asUintN(64, BigInt(whole)));
  } else if (kind === 'digits') {
    const digits =
      typeof value === 'string' && /^(0|[1-9]\d{0,19})$/.test(value) ? BigInt(value) : -1n;
    require(digits === BigInt.asUintN(64, digits), 'decimal digits of 64 bits');
    writeNumber(digits);
  } else if (kind instanceof Set) {
    require(kind.has(value as string), `one of ${[...kind].join(', ')}`);
    writeNumber([...kind].indexOf(value as string));
  } else if (Array.isArray(kind)) {
    require(Array.isArray(value), 'an array');
    const items = value as unknown[];
    writeNumber(items.length);
    items.forEach((item, i) => {
      write(item, kind[0], `${path}[${i}]`, parts);
    });
  } else if (kind === 'string') {
    require(typeof value === 'string', 'a string');
    const text = new TextEncoder().encode(value as string);
    writeNumber(text.length);
    parts.push(text);
  } else if (kind === 'boolean') {
    require(typeof value === 'boolean', 'a boolean');
    writeNumber(value as boolean);
  } else {
    require(typeof value === 'object' && value !== null, 'an object');
    for (const [key, inner] of Object.entries(kind)) {
      write((value as Record<string, unknown>)[key], inner, `${path}.${key}`, parts);
    }
  }
}
