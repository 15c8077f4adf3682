// ask at the command line: the default model's own questions, sessions and refusals.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { askAll, summarize } from '../../models/factbook/questions-report.mjs';
import { native, run, runJson, temporaryFolder, wasm, writeFiles } from './lib/cento.mjs';

const folder = temporaryFolder();
const defaultPack = fileURLToPath(new URL('../../build/packs/factbook', import.meta.url));

const linesOf = (text) => text.trimEnd().split('\n');

test('the Factbook answers questions of its own, refuses others, and proves all it says', async () => {
  const file = new URL('../../models/factbook/questions.jsonl', import.meta.url);
  const questions = linesOf(readFileSync(file, 'utf8')).map((line) => JSON.parse(line));
  const rows = await askAll(native.command[0], defaultPack, questions);
  const report = summarize(rows);
  assert.ok(report.right >= 0.85 * report.questions, `${report.right} of ${report.questions}`);
  assert.ok(report.unknownRefused >= 29, `${report.unknownRefused} of ${report.unknown} refused`);
  for (const { question, reply } of rows.filter((_, i) => i % 6 === 0)) {
    writeFiles(folder, { 'answer.json': JSON.stringify(reply) });
    const { json } = runJson(native, [
      'verify',
      defaultPack,
      '--input',
      join(folder, 'answer.json'),
    ]);
    assert.deepEqual(json.problems, [], question.question);
  }
});

test('a session carries its topic, the same natively and under Node', () => {
  const args = [
    'ask',
    defaultPack,
    'What is the capital of Kenya?',
    'And its total area?',
    '--json',
  ];
  const [, followUp] = linesOf(run(native, args).stdout).map((line) => JSON.parse(line));
  assert.match(followUp.text, /580,367 sq km/);
  assert.deepEqual(followUp.receipt.session, [
    { input: 'What is the capital of Kenya?', topic: 'Kenya' },
  ]);
  assert.equal(run(wasm, args).stdout, run(native, args).stdout);
});

test('what is there is answered, what is not is refused with the nearest topics', () => {
  const ask = (question) => runJson(native, ['ask', defaultPack, question]).json;
  assert.match(ask('Which countries border Somalia?').text, /Djibouti 61 km/);
  const { refused, reason, topics, fragments } = ask('How many dogs are kept in Italy?');
  assert.equal(refused, true);
  assert.ok(reason.length > 10);
  assert.ok(topics.includes('Italy'), topics.join());
  assert.deepEqual(fragments, []);
});
