// The evidence at the command line: predict, explain, eval lm and the tables, natively and under Node.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, native, runJson, temporaryFolder, tools, writeFiles } from './lib/cento.mjs';
import { documents } from './lib/towns.mjs';

const folder = temporaryFolder();
const isHeldOut = (_, i) => i % 8 === 3;
writeFiles(folder, {
  'train.jsonl': jsonLines(documents.filter((document, i) => !isHeldOut(document, i))),
  'test.jsonl': jsonLines(documents.filter(isHeldOut)),
});
const heldOut = join(folder, 'test.jsonl');

function build(name, ...options) {
  const out = join(folder, name);
  const inputs = [join(folder, 'train.jsonl'), '--out', out];
  const { code, stderr } = runJson(native, ['build', ...inputs, ...options]);
  assert.equal(code, 0, stderr);
  return out;
}
const pack = build('pack');

/** The same natively and under Node, figures of time aside. */
function success(args) {
  const [first, second] = tools.map((tool) => runJson(tool, args));
  assert.equal(first.code, 0, first.stderr);
  for (const { json } of [first, second]) delete json.tokensPerSecond;
  assert.deepEqual(second.json, first.json);
  return first.json;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

test('predict and explain agree', () => {
  const text = 'The town of';
  const { tokens } = success(['predict', pack, text, '--limit', '4']);
  assert.equal(tokens.length, 4);
  for (const { text: next, probability } of tokens) {
    const explanation = success(['explain', pack, text, '--next', next]);
    assert.equal(explanation.token, next);
    assert.equal(explanation.probability, probability);
    assert.ok(Math.abs(sum(explanation.experts.map((part) => part.contribution)) - 1) < 1e-4);
    assert.ok(Math.abs(sum(explanation.levels.map((level) => level.share)) - 1) < 1e-3);
  }
});

test('eval lm measures held-out documents, and levels left out cost bits', () => {
  const all = success(['eval', 'lm', pack, '--input', heldOut]);
  assert.equal(all.documents, documents.filter(isHeldOut).length);
  assert.ok(all.sums > 0 && all.maxSumError < 1e-6);
  assert.ok(Math.abs(all.bitsPerByte - all.totalBits / all.bytes) < 1e-5);
  assert.ok(Math.abs(Math.log2(all.wordPerplexity) - all.totalBits / all.words) < 1e-2);
  const fewer = build('fewer', '--without', 'session', '--without', 'class');
  const without = success(['eval', 'lm', fewer, '--input', heldOut]);
  assert.equal(without.tokens, all.tokens);
  assert.ok(without.totalBits > all.totalBits);
});

test('info --tables prints the shares and the classes', () => {
  const tables = tools.map((tool) => runJson(tool, ['info', pack, '--tables']).json.tables);
  assert.deepEqual(tables[1], tables[0]);
  const shares = tables[0].shares.flatMap((table) => table.rows.flatMap((row) => row.shares));
  assert.ok(shares.length > 1000 && shares.every((share) => share >= 0 && share < 1));
  assert.equal(tables[0].classes.length, runJson(native, ['info', pack]).json.classes);
  assert.ok(tables[0].classes.every((entry) => entry.frequent.length > 0));
});
