/** Checks and defaults of what callers give. */

import type { CompleteParams } from '../protocol/messages.js';
import { CentoError } from './error.js';
import type { CompleteOptions, Grounding } from './types.js';

const MAX_UINT32 = 2 ** 32 - 1;
const MAX_UINT64 = 2n ** 64n - 1n;
const GROUNDINGS: Grounding[] = ['quote', 'sentence', 'phrase'];

function fail(message: string): never {
  throw new CentoError('InvalidArgumentError', message);
}

/** The engine takes UTF-8: halves of surrogate pairs become U+FFFD, which keeps all offsets. */
export function text(value: string, name = 'text'): string {
  if (typeof value !== 'string') fail(`${name} must be a string.`);
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
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

export function completeParams(prompt: string, options: CompleteOptions): CompleteParams {
  const { grounding = 'phrase', maxQuote = Number.POSITIVE_INFINITY } = options;
  if (!GROUNDINGS.includes(grounding)) fail(`grounding must be one of ${GROUNDINGS.join(', ')}.`);
  return {
    prompt: text(prompt, 'prompt'),
    maxTokens: count(options.maxTokens, 'maxTokens', 40, 1),
    seed: seed(options.seed ?? 0),
    grounding,
    maxQuote: maxQuote === Number.POSITIVE_INFINITY ? 0 : count(maxQuote, 'maxQuote', 0),
  };
}
