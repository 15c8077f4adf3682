/** The demo's reader of a pack's tables, over small ones that were made by hand. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LevelTables } from '../demo/tables.js';
import type { Cento } from '../src/index.js';

/** Classes of the tokens 0 to 6. */
const CLASSES = Uint8Array.of(0, 1, 2, 2, 3, 1, 2);
/** Merges in their order: 1 2 makes shape 4, 4 3 makes 5, 2 2 makes 6. */
const MERGES = [
  [1, 2],
  [4, 3],
  [2, 2],
];

const COUNTS: Record<string, number> = { b: 1, c: 9, g: 4 };
const cento = {
  decode: async ([id]: number[]) => '?abcdeg'[id as number],
  count: async (text: string) => COUNTS[text] ?? 0,
} as unknown as Cento;

function shapes(): Uint8Array {
  const column = (side: 0 | 1, shift: number) =>
    MERGES.map((merge) => ((merge[side] as number) >> shift) & 255);
  return Uint8Array.from([...column(0, 0), ...column(0, 8), ...column(1, 0), ...column(1, 8)]);
}

/** Frequent words "the" (kind 1) and "in" (kind 2); numbers are kind 3, names 4, others 5. */
function discourse(): Uint8Array {
  const words = ['the', 'in'].flatMap((word) => [word.length, ...Buffer.from(word)]);
  const kinds = [1, 2, ...new Array(98).fill(7), 8, 3, 4, 5];
  const near = new Array(2300).fill(0);
  near[500 + 500 + 16 + 9 + 2 * 9 + 4] = 256 - 24; // kind 4 behind kind 2: one and a half bits less
  return Uint8Array.from([
    9,
    0,
    0,
    0,
    2,
    0,
    ...words,
    ...kinds,
    ...near,
    ...new Array(2300).fill(0),
  ]);
}

const tables = new LevelTables(cento, CLASSES, shapes(), discourse());

test('classes and shapes are counted as the pack says', () => {
  assert.equal(tables.classCount, 4);
  assert.equal(tables.shapeCount, 7);
  assert.equal(tables.classOf(4), 3);
  assert.equal(tables.classOf(7), undefined);
});

test('members of a class come by how often they stand', async () => {
  assert.deepEqual(await tables.members(2), ['c', 'g', 'b']);
});

test('earlier merges go first, and leftmost of the same', () => {
  const ids = (classes: number[]) => tables.parse(classes).map(({ shape }) => shape);
  assert.deepEqual(ids([1, 2, 3]), [5]);
  assert.deepEqual(ids([1, 2, 2, 3]), [4, 2, 3]);
  assert.deepEqual(ids([2, 2, 2]), [6, 2]);
  assert.deepEqual(tables.parse([3, 1, 2, 3]), [
    { shape: 3, start: 0, end: 1 },
    { shape: 5, start: 1, end: 4 },
  ]);
  assert.deepEqual(ids([]), []);
});

test('a sentence is of the kind of its first word', () => {
  assert.deepEqual(tables.kindOf('The cat'), { kind: 1, opens: ['the'] });
  assert.equal(tables.kindOf('“In 1960, …').kind, 2);
  assert.deepEqual(tables.kindOf('1960 was'), { kind: 3, opens: ['a number'] });
  assert.equal(tables.kindOf('Mali is').kind, 4);
  assert.equal(tables.kindOf('mali is').kind, 5);
  assert.equal(tables.kindOf('…').kind, 8);
  assert.equal(tables.follows(2, 4), -1.5);
  assert.equal(tables.follows(4, 2), 0);
});
