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

test('what something is, is answered by the page with its title, where it says so first', () => {
  const entries = {
    bank: 'bank: sloping land beside water.\nThe bank of the river is green.\n\nA bank is a firm that keeps money.',
    'bank clerk':
      'A bank clerk is a person who works in a bank. A bank clerk counts money for the bank.',
    happy: 'happy: feeling joy. A happy person is a person in happiness.',
    'beacon, lighthouse': 'A beacon or lighthouse is a tower with a light.',
    happiness: 'happiness: the state of being well.',
    river: 'A river is water that flows past a bank, and a bank, and another bank of a bank.',
  };
  const lines = Object.entries(entries).map(([title, text]) =>
    JSON.stringify({ id: title, url: '', title, text }),
  );
  writeFiles(folder, { 'dictionary.jsonl': lines.join('\n') });
  const pack = join(folder, 'dictionary');
  run(native, ['build', join(folder, 'dictionary.jsonl'), '--out', pack]);
  for (const [question, answer] of [
    ['What is a bank?', 'bank: sloping land beside water.'],
    ['What does bank mean?', 'bank: sloping land beside water.'],
    ['What is a bank clerk?', 'A bank clerk is a person who works in a bank.'],
    ['What is happiness?', 'happiness: the state of being well.'],
    ['What is a lighthouse?', 'A beacon or lighthouse is a tower with a light.'],
  ]) {
    const { json } = runJson(native, ['ask', pack, question]);
    assert.equal(json.text, answer, question);
  }
});

test('a title answers though its word stands on every page, and tells none apart', () => {
  const pages = Array.from({ length: 80 }, (_, i) => ({
    title: `Part ${i}`,
    text: `The gear of part ${i} turns with ${i + 3} teeth. What turns it is a shaft.`,
  }));
  pages.push({ title: 'Gear', text: 'A gear is a wheel with teeth that turns another one.' });
  const lines = pages.map((page) => JSON.stringify({ id: page.title, url: '', ...page }));
  writeFiles(folder, { 'gears.jsonl': lines.join('\n') });
  const pack = join(folder, 'gears');
  run(native, ['build', join(folder, 'gears.jsonl'), '--out', pack]);
  const { json } = runJson(native, ['ask', pack, 'What is a gear?']);
  assert.equal(json.text, 'A gear is a wheel with teeth that turns another one.');
});
