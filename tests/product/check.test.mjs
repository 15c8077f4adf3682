// `check` on the Factbook: what a script has changed is found, and what it has not is left alone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { alteredSentences, verdictsByLine } from './lib/alterations.mjs';
import { native, run, runJson, tools } from './lib/cento.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = join(root, 'build/packs/factbook');
const cases = alteredSentences(join(root, 'build/models/factbook.jsonl'), 1000, 7);
const check = (lines) => {
  const { code, json } = runJson(native, ['check', pack, '--input', '-'], lines.join('\n\n'));
  return { code, json, verdicts: verdictsByLine(lines, json.details) };
};

test('at least nine in ten sentences with one changed value are near misses', () => {
  assert.equal(cases.length, 1000);
  const { code, json, verdicts } = check(cases.map(({ altered }) => altered));
  const found = verdicts.filter((own) => own.some(({ verdict }) => verdict === 'near miss'));
  assert.ok(found.length >= 900, `${found.length} of 1000 found`);
  assert.equal(code, 1);
  for (const { verdict, difference, evidence, source } of json.details) {
    if (verdict !== 'near miss') continue;
    assert.match(difference, /^(number|date|name|negation|unit)$/);
    assert.ok(evidence.length > 0 && source.end > source.start);
  }
});

test('at most two in a hundred untouched sentences are flagged', () => {
  const { json, verdicts } = check(cases.map(({ sentence }) => sentence));
  const flagged = verdicts.filter((own) => own.some(({ verdict }) => verdict !== 'attested'));
  assert.ok(flagged.length <= 20, `${flagged.length} of 1000 flagged`);
  assert.equal(json.sentences, json.attested + json.nearMiss + json.unsupported);
});

test('the exit code tells whether all is attested, and the text what is not', () => {
  const sentence = cases.find(({ kind }) => kind === 'year');
  assert.equal(run(native, ['check', pack, '--input', '-'], sentence.sentence).code, 0);
  const outputs = tools.map((tool) => run(tool, ['check', pack, '--input', '-'], sentence.altered));
  assert.deepEqual(outputs[0], outputs[1]);
  assert.equal(outputs[0].code, 1);
  assert.match(outputs[0].stdout, /^1 sentence: 0 attested, 1 near miss, 0 unsupported\n/);
  assert.match(outputs[0].stdout, /Near miss: ".*"\n {4}date ".*": the documents say "/);
});
