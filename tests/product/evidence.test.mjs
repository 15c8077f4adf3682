// What the library foresees, with the real engine under Node, on the default model.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { native, runJson } from './lib/cento.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = join(root, 'build/packs/factbook');
const { Cento } = await import(pathToFileURL(join(root, 'dist/node.js')));
const cento = await Cento.create({ pack: join(pack, 'manifest.json') });
await cento.ready;
after(() => cento.destroy());

const CONTEXTS = ['The economy is heavily', 'Kenya lies', '😀 The terrain is mostly'];

test('predictions and explanations are those of the native tool', async () => {
  for (const text of CONTEXTS) {
    const predicted = await cento.predict(text, { limit: 5 });
    assert.deepEqual(predicted, runJson(native, ['predict', pack, text, '--limit', '5']).json);
    const next = predicted.tokens[0].text;
    const explained = await cento.explainNext(text, next);
    assert.deepEqual(explained, runJson(native, ['explain', pack, text, '--next', next]).json);
  }
});

test('an explanation accounts for the whole of the probability', async () => {
  for (const text of ['', ...CONTEXTS]) {
    const [{ text: next, probability }] = (await cento.predict(text, { limit: 1 })).tokens;
    const { token, bits, levels, experts, ...rest } = await cento.explainNext(text, next);
    assert.equal(token, next);
    assert.ok(Math.abs(rest.probability - probability) < 1e-6);
    assert.ok(Math.abs(2 ** -bits - probability) < 1e-3);
    const sum = (parts, key) => parts.reduce((total, part) => total + part[key], 0);
    assert.ok(Math.abs(sum(levels, 'share') - 1) < 1e-3);
    assert.ok(Math.abs(sum(experts, 'contribution') - 1) < 1e-3);
    for (const { level, share } of levels) {
      const own = experts.filter((part) => part.level === level);
      assert.ok(Math.abs(sum(own, 'contribution') - share) < 1e-3, level);
    }
  }
});

test('suggestions go on from the caret, finish words and correct them', async () => {
  const written = async (text, options) => {
    const { suggestions } = await cento.suggest(text, options);
    return suggestions.map(
      (suggestion) => text.slice(0, text.length - suggestion.replaces) + suggestion.text,
    );
  };
  assert.match((await written('The economy is heavily'))[0], /^The economy is heavily dependent/);
  assert.match(
    (await written('The economy is heavily dep'))[0],
    /^The economy is heavily dependent/,
  );
  // Surrogate pairs before the caret do not move what is replaced.
  assert.match((await written('😀 The econimy'))[0], /^😀 The economy/);
  const plain = await cento.suggest('The econimy', { maxEdits: 0 });
  assert.ok(plain.suggestions.every(({ corrected }) => !corrected));
  const one = await cento.suggest('The economy is heavily', { limit: 1, maxWords: 1 });
  assert.equal(one.suggestions.length, 1);
  assert.equal(one.suggestions[0].words, 1);
  assert.ok(one.suggestions[0].levels.some(({ level }) => level === 'token'));
});

test('a text of the pack costs few bits, and probabilities make 1', async () => {
  const text = 'The economy is heavily dependent on tourism. The terrain is mostly mountains.';
  const known = await cento.score(text, { checkEvery: 5 });
  assert.equal(known.bytes, text.length);
  assert.equal(known.words, 12);
  assert.ok(known.sums > 0 && known.maxSumError < 1e-6);
  assert.ok(Math.abs(known.bitsPerByte - known.bits / known.bytes) < 1e-3);
  const strange = await cento.score([...text].reverse().join(''));
  assert.ok(strange.bitsPerByte > 3 * known.bitsPerByte);
});
