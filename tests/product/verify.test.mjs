// `verify` reads answers as JSON, from anywhere: whatever was altered in them is caught.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { randomFrom } from './lib/alterations.mjs';
import { jsonLines, native, run, runJson, temporaryFolder, writeFiles } from './lib/cento.mjs';
import { documents } from './lib/towns.mjs';

const folder = temporaryFolder();
const pack = join(folder, 'pack');
writeFiles(folder, { 'towns.jsonl': jsonLines(documents) });
run(native, ['build', join(folder, 'towns.jsonl'), '--out', pack]);
const complete = ['complete', pack, 'The town lies on the river', '--max-tokens', '60'];
const answer = runJson(native, complete).json;
const verify = (text) => run(native, ['verify', pack, '--input', '-'], text).code;

/** The paths of all numbers, texts and truth values. */
const leaves = (value, path = []) =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
    : [path];

function alter(value, random) {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number')
    return Number.isInteger(value) ? value + 1 + random(9) : value + 0.001;
  if (value === null) return { start: 0, end: 1, startBytes: 0, endBytes: 1, confidence: 0.5 };
  const at = random(value.length + 1);
  return `${value.slice(0, at)}x${value.slice(at + random(2))}`;
}

test('an answer verifies as it was printed, in whatever order its members stand', () => {
  assert.ok(!answer.refused);
  assert.equal(verify(JSON.stringify(answer)), 0);
  const reversed = Object.fromEntries(Object.entries(answer).reverse());
  assert.equal(verify(JSON.stringify(reversed, null, 2)), 0);
});

test('every member of an answer is proved: none can be altered, or left out', () => {
  const random = randomFrom(11);
  for (const path of leaves(answer)) {
    for (const remove of [false, true]) {
      const altered = structuredClone(answer);
      const last = path.at(-1);
      const parent = path.slice(0, -1).reduce((inner, key) => inner[key], altered);
      if (!remove) parent[last] = alter(parent[last], random);
      else if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else delete parent[last];
      assert.equal(verify(JSON.stringify(altered)), 1, `${path.join('.')} ${remove}`);
    }
  }
});
