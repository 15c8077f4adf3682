import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readCorpus,
  split,
  toClosedVocabulary,
  toDocuments,
  toParagraphs,
  toText,
  toWords,
} from '../../models/brown/corpus.mjs';

const files = readCorpus();
const wordsOf = (someFiles) => someFiles.flatMap((file) => file.paragraphs.flat(2));
const textOf = (line) => toText(line.split(' '));

test('attaches punctuation, brackets and quotes to their words', () => {
  assert.equal(
    textOf("`` I saw ( at night ) your fire '' , she said , `` twice '' ."),
    '"I saw (at night) your fire", she said, "twice".',
  );
  assert.equal(
    textOf("He read : `` the ' Wings of Poesy ' '' --"),
    'He read: "the \'Wings of Poesy\'" --',
  );
  assert.equal(
    textOf("the jurors' 1/4'' pipe of Brown & Co. didn't"),
    "the jurors' 1/4\" pipe of Brown & Co. didn't",
  );
  assert.equal(textOf('at 300 - 325 counts / minute'), 'at 300-325 counts/minute');
});

test('undoes the marks that the tagged form has twice', () => {
  assert.equal(textOf('Did he ? ? He did ; ; so ! !'), 'Did he? He did; so!');
  assert.equal(textOf('to Ivan Allen Jr. .'), 'to Ivan Allen Jr.');
  assert.equal(textOf("`` Why ? ? '' he asked ? ?"), '"Why?" he asked?');
});

test('takes tags away and keeps sentences and paragraphs', () => {
  const text =
    '\n\tHe/pps went/vbd ./.\nHome/nr ./.\n\n\nA/at-hl lead/nn-hl \nIt/pps 1/2/cd rose/vbd ./.\n';
  assert.deepEqual(toParagraphs(text), [
    [
      ['He', 'went', '.'],
      ['Home', '.'],
    ],
    [['A', 'lead']],
    [['It', '1/2', 'rose', '.']],
  ]);
});

test('a place before a report and a mark on a line of its own begin no paragraph', () => {
  const text = '\nAustin/np-hl ,/,-hl Texas/np-hl \n--/-- Men/nns met/vbd\n\n./.\n';
  assert.deepEqual(toParagraphs(text), [[['Austin', ',', 'Texas'], ['--', 'Men', 'met'], ['.']]]);
});

test('reads the whole corpus', () => {
  assert.equal(files.length, 500);
  assert.equal(new Set(files.map(({ id }) => id)).size, 500);
  assert.equal(wordsOf(files).length, 1_161_192);
  assert.equal(files.flatMap((file) => file.paragraphs.flat()).length, 57_340);
});

test('holds every tenth file out', () => {
  const { train, test: heldOut } = split(files);
  assert.deepEqual([train.length, heldOut.length], [450, 50]);
  assert.deepEqual(
    heldOut.slice(0, 3).map(({ id }) => id),
    ['a10', 'a20', 'a30'],
  );
  assert.equal(wordsOf(heldOut).length, 115_803);
  const trainIds = new Set(train.map(({ id }) => id));
  assert.ok(heldOut.every(({ id }) => !trainIds.has(id)));
});

test('documents have the letters and digits of the corpus in order, and no tags', () => {
  const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');
  toDocuments(files).forEach(({ id, text, title }, i) => {
    assert.equal(plain(text), plain(wordsOf([files[i]]).join('')), id);
    assert.doesNotMatch(text, /``|''| {2}|\/[a-z]{2,3}-(?:hl|tl)\b/, id);
    assert.match(title, /^Brown corpus [A-R]\d\d \([a-z ]+\)$/);
  });
});

test('takes words apart at hyphens and apostrophes, with one sign for all quotes', () => {
  const sentence = "`` Jr.'s term-end 1/2 ''".split(' ');
  assert.equal(toWords(sentence).join(' '), '" Jr . \' s term - end 1 / 2 "');
});

for (const leastCount of [1, 2]) {
  test(`keeps the words that stand at least ${leastCount} times in the training part`, () => {
    const parts = split(files);
    const closed = toClosedVocabulary(parts, leastCount);
    const counts = new Map();
    const sentencesOf = (part) =>
      parts[part].flatMap((file) => file.paragraphs.flat().map(toWords));
    for (const word of sentencesOf('train').flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const part of ['train', 'test']) {
      const wanted = sentencesOf(part).map((words) =>
        words.map((word) => ((counts.get(word) ?? 0) < leastCount ? '<unk>' : word)).join(' '),
      );
      assert.equal(closed[part].map(({ text }) => text).join(''), `${wanted.join('\n')}\n`);
    }
    assert.equal(
      closed.train.some(({ text }) => text.includes('<unk>')),
      leastCount > 1,
    );
    assert.ok(closed.test.some(({ text }) => text.includes('<unk>')));
  });
}
