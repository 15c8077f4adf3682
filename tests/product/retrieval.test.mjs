// search, count questions, eval qa and eval refusal at the command line, natively and under Node.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, native, runJson, temporaryFolder, tools, writeFiles } from './lib/cento.mjs';

const places = ['Kenya', 'Peru', 'Nepal', 'Norway', 'Chad', 'Laos', 'Cuba', 'Fiji', 'Oman', 'Mali'];
const goods = [
  'tea',
  'copper',
  'carpets',
  'herring',
  'cotton',
  'coffee',
  'sugar',
  'pearls',
  'dates',
  'gold',
];
const documents = places.map((place, i) => ({
  id: `${place}#0`,
  url: `https://example.org/${i < 5 ? 'first' : 'second'}/${place}`,
  title: place,
  text: `The capital of ${place} stands on a hill. Its merchants export ${goods[i]} — the best there is. Nobody counts the sheep of ${place}.`,
}));
const questions = places.map((place, i) => ({
  question: `What do the merchants of ${place} export?`,
  answers: [goods[i]],
  documentId: `${place}#0`,
}));

const folder = temporaryFolder();
writeFiles(folder, {
  'documents.jsonl': jsonLines(documents),
  'questions.jsonl': jsonLines(questions),
  'unanswerable.jsonl': jsonLines([{ question: 'Who painted the ceiling of the chapel?' }]),
});
const asked = join(folder, 'questions.jsonl');
const pack = join(folder, 'pack');
const built = runJson(native, ['build', join(folder, 'documents.jsonl'), '--out', pack]);
assert.equal(built.code, 0, built.stderr);

/** The same natively and under Node, figures of time aside. */
function success(args) {
  const [first, ...others] = tools.map((tool) => runJson(tool, args));
  assert.equal(first.code, 0, first.stderr);
  for (const { json } of [first, ...others]) {
    delete json.p50Ms;
    delete json.p99Ms;
  }
  for (const { json } of others) assert.deepEqual(json, first.json);
  return first.json;
}

test('search shows where the words of the query stand', () => {
  const { results, corrections } = success(['search', pack, 'copper merchants', '--limit', '3']);
  assert.equal(results.length, 3);
  assert.deepEqual(corrections, []);
  const [{ excerpt, marks, source, score }] = results;
  assert.equal(source.documentId, 'Peru#0');
  assert.ok(score > results[1].score);
  const marked = marks.map(({ start, end }) => excerpt.slice(start, end));
  assert.deepEqual(marked, ['merchants', 'copper']);
  assert.equal(documents[1].text.slice(source.start, source.end), excerpt);
});

test('search keeps to what is asked: phrases, folders, typing errors', () => {
  const ids = (...args) =>
    success(['search', pack, ...args]).results.map(({ source }) => source.documentId);
  assert.deepEqual(ids('"export sugar"'), ['Cuba#0']);
  assert.deepEqual(ids('"sugar export"'), []);
  assert.equal(ids('merchants', '--within', 'https://example.org/second').length, 5);
  const { results, corrections } = success(['search', pack, 'herrnig']);
  assert.equal(results[0].source.documentId, 'Norway#0');
  assert.deepEqual(corrections, [{ from: 'herrnig', to: 'herring' }]);
});

test('questions are counted, and their tables go into a pack', () => {
  const tables = join(folder, 'tables');
  const args = ['--documents', join(folder, 'documents.jsonl'), '--questions', asked];
  const counted = success(['count', 'questions', ...args, '--out', tables]);
  assert.equal(counted.questions, 10);
  assert.equal(counted.answered, 10);
  const words = readFileSync(join(tables, 'words.tsv'), 'utf8');
  assert.match(words, /^word\tasked\tfound\n\*\t10\t10\n/);
  assert.match(words, /\nexport\t10\t10\n/);
  assert.match(words, /\nwhat\t10\t0\n/);
  const out = join(folder, 'with-tables');
  const options = ['--out', out, '--questions', tables];
  const { code, stderr } = runJson(native, ['build', join(folder, 'documents.jsonl'), ...options]);
  assert.equal(code, 0, stderr);
  assert.equal(success(['eval', 'qa', out, '--questions', asked]).sentenceHit1, 1);
});

test('eval qa and eval refusal say how well questions are answered', () => {
  const qa = success(['eval', 'qa', pack, '--questions', asked]);
  assert.equal(qa.questions, 10);
  assert.equal(qa.passageHit1, 1);
  assert.equal(qa.sentenceHit3, 1);
  const unanswerable = join(folder, 'unanswerable.jsonl');
  const refusal = success([
    ...['eval', 'refusal', pack, '--questions', asked, '--unanswerable', unanswerable],
  ]);
  assert.equal(refusal.unanswerable, 1);
  assert.equal(refusal.auc, 1);
  assert.ok(refusal.aucAbsent > 0.9);
});
