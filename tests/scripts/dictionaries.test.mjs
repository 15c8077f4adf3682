// The recipes of the models wordnet and english: how entries of dictionaries become sentences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProse, plain, readEntries } from '../../models/english/dictd.mjs';
import { readGloss } from '../../models/wordnet/database.mjs';
import { documents, toText } from '../../models/wordnet/documents.mjs';

test('a gloss is a definition and examples', () => {
  assert.deepEqual(
    readGloss('sloping land; "they pulled the canoe up on the bank"; "he sat there"'),
    {
      definition: 'sloping land',
      examples: ['they pulled the canoe up on the bank', 'he sat there'],
    },
  );
  assert.deepEqual(readGloss('the act of "kidnapping"  '), {
    definition: 'the act of "kidnapping"',
    examples: [],
  });
  assert.deepEqual(readGloss('(physics) a force; it pulls'), {
    definition: '(physics) a force; it pulls',
    examples: [],
  });
});

test('a definition is a sentence where its words make one', () => {
  const text = (part, words, definition, isName = false) =>
    toText({
      part,
      words: words.map((word) => ({ word })),
      isName,
      definition,
      examples: ['so be it'],
    });
  assert.equal(
    text('noun', ['beacon', 'lighthouse', 'pharos'], 'a tower with a light'),
    'A beacon, lighthouse or pharos is a tower with a light.\nSo be it.',
  );
  assert.match(text('noun', ['uncle'], 'the brother of your father'), /^Uncle is the brother/);
  assert.match(text('noun', ['egg', 'ovum'], 'a cell'), /^An egg or ovum is a cell\./);
  assert.match(
    text('verb', ['smother', 'choke'], 'deprive of air'),
    /^To smother or choke is to deprive/,
  );
  assert.match(text('noun', ['gold'], 'yellow metal'), /^gold: yellow metal\.\n/);
  assert.match(text('noun', ['Ada Lovelace'], 'a mathematician', true), /^Ada Lovelace: a mathem/);
});

test('every word of WordNet has an entry that opens with its most common sense', () => {
  const entries = new Map(documents().map((document) => [document.id, document]));
  assert.ok(entries.size > 140_000);
  const first = (word) => entries.get(word).text.split('\n', 1)[0];
  assert.match(first('lighthouse'), /^A beacon, lighthouse, .* is a tower with a light that gives/);
  assert.match(first('dog'), /^A dog, domestic dog or Canis familiaris is a member of the genus/);
  assert.match(first('bank'), /sloping land/);
  assert.match(first('Marie Curie'), /French chemist/);
});

test('a dictionary of dictd is read by its headwords, and its signs are taken away', () => {
  const text = [
    '00-database-short',
    '     A dictionary',
    'compiler',
    'compilers%%%compiling program',
    '',
    '   <programming, tool> A {program} that converts another',
    '   program [{Jargon File}] into {machine code (http://x.example/)}.',
    '',
    '   (1997-04-09)',
    'dongle',
    " /dong'gl/, n.",
    '',
    '    1. [now obs.] A security device.',
  ].join('\n');
  const [compiler, dongle] = readEntries(text);
  assert.deepEqual(compiler.heads, ['compiler', 'compilers', 'compiling program']);
  assert.deepEqual(compiler.paragraphs.map(plain).filter(isProse), [
    'A program that converts another program into machine code.',
  ]);
  assert.equal(dongle.paragraphs.map(plain).at(-1), 'A security device.');
});
