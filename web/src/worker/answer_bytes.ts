/** Answers come back to us from anywhere, for `verify`: what the engine reads of them is checked here. */

import { CentoError } from '../client/error.js';

type Kind = 'string' | 'boolean' | 'count' | { [key: string]: Kind } | [Kind];

/** In the order in which wasm/bindings.cc reads it. */
const COMPLETION: Kind = {
  text: 'string',
  refused: 'boolean',
  fragments: [
    {
      text: 'string',
      source: {
        pack: 'string',
        licence: 'string',
        documentId: 'string',
        title: 'string',
        url: 'string',
        headings: ['string'],
        start: 'count',
        end: 'count',
        startBytes: 'count',
        endBytes: 'count',
      },
      why: { contextWords: 'count' },
    },
  ],
  receipt: { pack: 'string', input: 'string' },
};

/**
 * A completion for the engine: its members one after the other; numbers, and the lengths before texts
 * and arrays, in eight bytes. Errors: `InvalidArgumentError`, with the path of what is wrong.
 */
export function answerBytes(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  write(value, COMPLETION, 'answer', parts);
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
  const writeNumber = (number: number) =>
    parts.push(new Uint8Array(BigUint64Array.of(BigInt(number)).buffer));
  if (kind === 'count') {
    require(Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number');
    writeNumber(value as number);
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
    writeNumber(Number(value));
  } else {
    require(typeof value === 'object' && value !== null, 'an object');
    for (const [key, inner] of Object.entries(kind)) {
      write((value as Record<string, unknown>)[key], inner, `${path}.${key}`, parts);
    }
  }
}
