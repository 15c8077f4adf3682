/** Files and values from anywhere, mutated at random: they are refused with a typed error, or mean what they say. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exported, LEARNED_FORMAT } from '../src/client/arguments.js';
import { CentoError } from '../src/client/error.js';
import { filesOf, parseManifest } from '../src/loader/manifest.js';
import { answerBytes } from '../src/worker/answer_bytes.js';
import { ANSWER } from './support/answers.js';

/** Numbers that are the same in every run. Source: Steele, Lea & Flood 2014 (splitmix), in 32 bits. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

const HOSTILE: unknown[] = [
  null,
  true,
  '',
  '../../../etc/passwd',
  'javascript:alert(1)',
  '\ud800',
  '\u0000',
  'a'.repeat(5000),
  -1,
  0,
  0.5,
  -0,
  2 ** 31,
  2 ** 53,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  [],
  {},
  [[]],
  { __proto__: null },
  1n,
];

/** Every place in a value, as the objects that hold it and its keys there. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [
    [parent, key] as [Record<string, unknown>, string],
    ...placesIn(parent[key]),
  ]);
}

/** A copy of which some members are others, are gone, or are those of another place. */
function mutated<T>(good: T, below: (below: number) => number): T {
  const copy = structuredClone(good);
  for (let edits = 1 + below(3); edits > 0; edits--) {
    const places = placesIn(copy);
    const [parent, key] = places[below(places.length)] as (typeof places)[0];
    const way = below(4);
    if (way === 0) delete parent[key];
    else if (way === 1) parent[key] = structuredClone(places[below(places.length)]?.[0]);
    else parent[key] = HOSTILE[below(HOSTILE.length)];
  }
  return copy;
}

/** Some characters taken out, doubled or replaced. */
function garbled(text: string, below: (below: number) => number): string {
  let garbled = text;
  for (let edits = 1 + below(4); edits > 0; edits--) {
    const at = below(garbled.length + 1);
    const end = at + below(8);
    const middle = ['', garbled.slice(at, end).repeat(2), '"', '\\', '1e999', '{'][below(6)];
    garbled = garbled.slice(0, at) + middle + garbled.slice(end);
  }
  return garbled;
}

/** JSON of a mutated value; a garbled one now and then. What JSON has no word for is gone. */
function mutatedJson(good: unknown, below: (below: number) => number): string {
  const value = mutated(good, below);
  const json = JSON.stringify(value, (_, member) =>
    typeof member === 'bigint' ? `${member}` : member,
  );
  return below(3) === 0 ? garbled(json, below) : json;
}

const ROUNDS = 4000;

/** Calls `use` with every mutation; errors of these codes are right. Gives how many were taken and refused. */
function attack(seed: number, codes: string[], use: (below: (below: number) => number) => void) {
  const below = numbers(seed);
  let taken = 0;
  for (let round = 0; round < ROUNDS; round++) {
    try {
      use(below);
      taken++;
    } catch (error) {
      assert.ok(error instanceof CentoError, `seed ${seed}, round ${round}: ${error}`);
      assert.ok(codes.includes(error.code), `seed ${seed}, round ${round}: ${error.code}`);
    }
  }
  assert.ok(taken > 0 && taken < ROUNDS, `${taken} were taken`);
}

const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);

test('a mutated manifest is refused, or names files of a pack alone', () => {
  const path = new URL('../../tests/golden/lighthouses-updated-v2/manifest.json', import.meta.url);
  const good = JSON.parse(readFileSync(path, 'utf8'));
  assert.equal(filesOf(parseManifest(JSON.stringify(good))).length, 5);
  attack(71, ['IntegrityError', 'VersionMismatchError'], (below) => {
    const manifest = parseManifest(mutatedJson(good, below));
    const files = filesOf(manifest);
    assert.equal(new Set(files.map(({ file }) => file)).size, files.length);
    for (const { file, bytes, rawBytes } of files) {
      assert.match(file, /^(tables|shard-\d{4,})\.[0-9a-f]{16}\.zst$/);
      assert.ok(bytes >= 1 && bytes <= 64 * 2 ** 20 && rawBytes <= 64 * 2 ** 20);
    }
    const sum = manifest.shards.reduce((total, { tokens }) => total + tokens, 0);
    assert.equal(sum, manifest.counts.tokens);
  });
});

test('a mutated file of learned texts is refused, or has texts alone', () => {
  const documents = [
    { id: 'diary', title: 'Diary', url: 'notes/diary', text: 'The dog is called Bartholomew.' },
    { id: 'plumber', title: '', url: '', text: 'Herbert repairs pipes.' },
  ];
  const good = { format: LEARNED_FORMAT, version: 1, documents };
  assert.deepEqual(exported(JSON.stringify(good)), documents);
  attack(72, ['InvalidArgumentError'], (below) => {
    for (const document of exported(mutatedJson(good, below))) {
      assert.deepEqual(Object.keys(document), ['id', 'title', 'url', 'text']);
      assert.ok(Object.values(document).every((value) => isWellFormed(value)));
      assert.ok(document.id !== '' && document.text !== '');
    }
  });
});

test('a mutated answer is refused, or has bytes for the engine', () => {
  const least = answerBytes(ANSWER).length;
  attack(73, ['InvalidArgumentError'], (below) => {
    const bytes = answerBytes(mutated(ANSWER, below));
    assert.ok(bytes.length > least / 2);
  });
});
