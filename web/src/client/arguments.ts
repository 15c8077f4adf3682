/** Checks and defaults of what callers give. */

import type { AnswerParams } from '../protocol/messages.js';
import { CentoError } from './error.js';
import type {
  CompleteOptions,
  Effort,
  Grounding,
  Learnable,
  Operation,
  OverviewOptions,
} from './types.js';

const MAX_UINT32 = 2 ** 32 - 1;
const MAX_UINT64 = 2n ** 64n - 1n;
const GROUNDINGS: Grounding[] = ['quote', 'sentence', 'phrase'];
const EFFORTS: Effort[] = ['fast', 'balanced', 'deep'];
/** Of results of a call. */
export const MAX_LIMIT = 1000;

function fail(message: string): never {
  throw new CentoError('InvalidArgumentError', message);
}

/** The engine takes UTF-8: halves of surrogate pairs become U+FFFD, which keeps all offsets. */
export function text(value: string, name = 'text'): string {
  if (typeof value !== 'string') fail(`${name} must be a string.`);
  // The expression takes 12 ns a character, which is felt behind long texts.
  return value.toWellFormed?.() ?? value.replace(/\p{Surrogate}/gu, '\ufffd');
}

export function count(
  value: number | undefined,
  name: string,
  fallback: number,
  min = 0,
  max = MAX_UINT32,
): number {
  const number = value ?? fallback;
  if (!Number.isInteger(number) || number < min || number > max) {
    fail(`${name} must be a whole number from ${min} to ${max}.`);
  }
  return number;
}

function seed(value: number | bigint | string): string {
  if (typeof value === 'number' ? Number.isSafeInteger(value) : /^\d{1,20}$/.test(`${value}`)) {
    const number = BigInt(value);
    if (number >= 0n && number <= MAX_UINT64) return number.toString();
  }
  return fail('seed must be a whole number of 64 bits; from 2^53 on a bigint or decimal digits.');
}

function oneOf<T extends string>(value: T, name: string, names: T[]): T {
  return names.includes(value) ? value : fail(`${name} must be one of ${names.join(', ')}.`);
}

/** `Infinity` and 0 are no bound. */
function bound(value: number | undefined, name: string): number {
  return value === Number.POSITIVE_INFINITY ? 0 : count(value, name, 0);
}

export const LEARNED_FORMAT = 'cento-learned';

export function learnable(documents: Learnable | readonly Learnable[]): Learnable[] {
  const list = Array.isArray(documents)
    ? (documents as readonly Learnable[])
    : [documents as Learnable];
  return list.map((document) => {
    const { id, title = '', url = '', text: content } = Object(document) as Learnable;
    if (!text(id, 'id')) fail('id must not be empty.');
    if (!text(content)) fail('text must not be empty.');
    return {
      id: text(id),
      title: text(title, 'title'),
      url: text(url, 'url'),
      text: text(content),
    };
  });
}

/** What `exportLearned` gave. */
export function exported(json: string): Learnable[] {
  try {
    const { format, version, documents } = JSON.parse(json);
    if (format === LEARNED_FORMAT && version === 1) return learnable(documents);
  } catch (error) {
    if (error instanceof CentoError) throw error;
  }
  return fail('The file is not what exportLearned gives.');
}

/** Ids of tokens. */
export function ids(value: Iterable<number>, name: string): Uint32Array<ArrayBuffer> {
  if (typeof value !== 'object' || value === null) fail(`${name} must be ids of tokens.`);
  return Uint32Array.from(value, (id) => count(id, `Each of ${name}`, 0));
}

/** The worker checks the turns of the session. */
export function answerParams(
  operation: Operation,
  input: string,
  options: CompleteOptions & OverviewOptions,
): AnswerParams {
  const { grounding = operation === 'complete' ? 'phrase' : 'sentence', effort } = options;
  const { session = [] } = options;
  if (!Array.isArray(session)) fail('session must be an array of turns.');
  return {
    operation,
    input: text(input, 'input'),
    session: [...session],
    options: {
      maxTokens: count(options.maxTokens, 'maxTokens', 40, 1),
      maxWords: bound(options.maxWords, 'maxWords'),
      sentences: count(options.sentences, 'sentences', 0),
      seed: seed(options.seed ?? 0),
      grounding: oneOf(grounding, 'grounding', GROUNDINGS),
      maxQuote: bound(options.maxQuote, 'maxQuote'),
      effort: oneOf(effort ?? 'balanced', 'effort', EFFORTS),
    },
  };
}
