/** Answers come back to us from anywhere, for `verify`: what the engine reads of them is checked here. */

import { CentoError } from '../client/error.js';
import type { Completion } from '../client/types.js';

type Kind = 'string' | 'boolean' | 'count' | 'strings' | { [key: string]: Kind } | [Kind];

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
        headings: 'strings',
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

/** Errors: `InvalidArgumentError`, with the path of what is wrong. */
export function checkCompletion(value: unknown): asserts value is Completion {
  checkKind(value, COMPLETION, 'answer');
}

function checkKind(value: unknown, kind: Kind, path: string): void {
  const require = (right: boolean, what: string) => {
    if (!right) throw new CentoError('InvalidArgumentError', `${path} must be ${what}.`);
  };
  if (kind === 'count') {
    require(Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number');
  } else if (kind === 'strings' || Array.isArray(kind)) {
    require(Array.isArray(value), 'an array');
    const item = kind === 'strings' ? 'string' : (kind[0] as Kind);
    for (const [i, each] of (value as unknown[]).entries()) {
      checkKind(each, item, `${path}[${i}]`);
    }
  } else if (typeof kind === 'string') {
    require(typeof value === kind, `a ${kind}`);
  } else {
    require(typeof value === 'object' && value !== null, 'an object');
    for (const [key, inner] of Object.entries(kind)) {
      checkKind((value as Record<string, unknown>)[key], inner, `${path}.${key}`);
    }
  }
}
