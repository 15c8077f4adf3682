import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { documents } from '../../models/factbook/documents.mjs';
import { makeQuestions, questionsPath } from '../../models/factbook/questions.mjs';
import { askAll, contains, judge, summarize } from '../../models/factbook/questions-report.mjs';
import { unknownQuestions } from '../../models/factbook/unknown-questions.mjs';

const lines = readFileSync(questionsPath, 'utf8').trimEnd().split('\n');
const questions = lines.map((line) => JSON.parse(line));
const known = questions.filter(({ answers }) => answers.length > 0);
const textOf = new Map(
  documents().map(({ id, title, sections }) => [
    id,
    [title, ...sections.flatMap(({ heading, text }) => [heading, text])].join('\n'),
  ]),
);

test('the file of questions is the one that the data gives', () => {
  assert.deepEqual(questions, makeQuestions());
});

test('asks 120 questions of many kinds about many countries, and 30 that have no answer', () => {
  assert.equal(known.length, 120);
  assert.equal(questions.length, 150);
  assert.ok(new Set(known.map(({ documentId }) => documentId)).size >= 40);
  assert.ok(new Set(known.map(({ id }) => id.replace(/-\d+$/, ''))).size >= 8);
  assert.equal(new Set(questions.map(({ id }) => id)).size, 150);
  assert.equal(new Set(questions.map(({ question }) => question)).size, 150);
});

test('every expected answer stands in its document', () => {
  for (const { id, answers, documentId } of known) {
    for (const answer of answers) assert.ok(contains(textOf.get(documentId), answer), id);
  }
});

test('what the unknown questions ask for stands in no profile, or not in the one asked about', () => {
  for (const { question, absent, documentId } of unknownQuestions) {
    const texts = documentId === undefined ? [...textOf.values()] : [textOf.get(documentId)];
    assert.ok(!texts.some((text) => contains(text, absent)), question);
  }
  assert.ok(unknownQuestions.filter(({ documentId }) => documentId !== undefined).length >= 10);
});

test('finds an answer as words and numbers of its own only', () => {
  assert.ok(contains('Area:\n total:  580,367 SQ km.', 'total: 580,367 sq km'));
  assert.ok(contains('its code is .ke', '.ke'));
  assert.ok(contains('1,580 and 580', '580'));
  assert.ok(contains('in 1963.', '1963'));
  assert.ok(!contains('1,580 km', '580'));
  assert.ok(!contains('580,367 sq km', '580'));
  assert.ok(!contains('Nigeria', 'Niger'));
  assert.ok(!contains('www.example.kenya', '.ke'));
});

test('judges a reply by its text and the document of its first fragment', () => {
  const question = { answers: ['A 1 km, B 2 km', 'A', 'B'], documentId: 'x' };
  const from = (documentId, text) => ({
    text,
    refused: false,
    fragments: [{ source: { documentId } }],
  });
  assert.equal(judge(question, from('x', 'A 1 km, B 2 km')), 'complete');
  assert.equal(judge(question, from('x', 'B and A')), 'complete');
  assert.equal(judge(question, from('x', 'B')), 'right');
  assert.equal(judge(question, from('x', 'C')), 'wrong');
  assert.equal(judge(question, from('y', 'A 1 km, B 2 km')), 'wrong');
  assert.equal(judge(question, { text: '', refused: true, fragments: [] }), 'refused');
});

test('asks the tool all questions at once, and counts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cento-'));
  try {
    const tool = join(folder, 'tool.mjs');
    writeFileSync(
      tool,
      `import { readFileSync } from 'node:fs';
      const [command, pack, option, file] = process.argv.slice(2);
      for (const question of readFileSync(file, 'utf8').trimEnd().split('\\n')) {
        const refused = question === 'What?';
        const text = [command, pack, option, question].join(' ');
        const fragments = refused ? [] : [{ text, source: { documentId: 'x' } }];
        console.log(JSON.stringify({ text: refused ? '' : text, refused, reason: 'why', fragments }));
      }`,
    );
    const asked = [
      {
        id: 'a-1',
        question: 'One?',
        answers: ['ask folder --questions One?', 'One'],
        documentId: 'x',
      },
      { id: 'a-2', question: 'Two?', answers: ['Three'], documentId: 'x' },
      { id: 'b-1', question: 'What?', answers: ['Four'], documentId: 'x' },
      { id: 'unknown-1', question: 'What?', answers: [], documentId: '' },
      { id: 'unknown-2', question: 'Five?', answers: [], documentId: '' },
    ];
    const report = summarize(await askAll(tool, 'folder', asked));
    const { kinds, wrong, answeredUnknown, ...counts } = report;
    assert.deepEqual(counts, {
      questions: 3,
      right: 1,
      complete: 1,
      rightDocument: 2,
      refused: 1,
      highlighted: 0,
      unknown: 2,
      unknownRefused: 1,
    });
    assert.deepEqual(kinds, { a: { questions: 2, right: 1 }, b: { questions: 1, right: 0 } });
    assert.deepEqual(
      wrong.map(({ id }) => id),
      ['a-2', 'b-1'],
    );
    assert.deepEqual(
      answeredUnknown.map(({ id }) => id),
      ['unknown-2'],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
