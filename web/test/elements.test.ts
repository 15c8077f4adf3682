/** The parts of the elements that need no page. What they show is tested in a browser (e2e). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fragment, Source } from '../src/client/types.js';
import { packBase, passageLink } from '../src/elements/links.js';
import { Numbering, pathOf, piecesOf } from '../src/elements/passages.js';
import { bytes, fill, percent } from '../src/elements/strings.js';

const BASE = 'https://site.example/docs/';

const source = (members: Partial<Source>): Source => ({
  pack: 'p',
  licence: '',
  documentId: 'd',
  title: 'Title',
  url: 'page.html',
  headings: [],
  start: 0,
  end: 0,
  startBytes: 0,
  endBytes: 0,
  ...members,
});

const fragment = (text: string, documentId = 'd'): Fragment => ({
  text,
  tokens: 1,
  source: source({ documentId }),
  why: { level: 0, contextTokens: 0, contextWords: 0, count: 0, alternatives: 0, score: 0 },
});

test('only addresses of web pages become links, relative ones from the base', () => {
  const linkOf = (url: string) => passageLink(source({ url }), 'two words', BASE);
  assert.equal(linkOf('a/b.html#c'), `${BASE}a/b.html#c:~:text=two%20words`);
  assert.equal(linkOf('/b.html'), 'https://site.example/b.html#:~:text=two%20words');
  assert.equal(linkOf('http://other.example/'), 'http://other.example/#:~:text=two%20words');
  for (const url of [
    '',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://site.example/1',
    'https://',
  ]) {
    assert.equal(linkOf(url), undefined, url);
  }
});

test('relative addresses are those of the folder above the pack, of several the first', () => {
  const page = 'https://site.example/guide/start.html';
  assert.equal(packBase('/docs/pack/manifest.json', page), BASE);
  assert.equal(packBase('../docs/pack/manifest.json other/manifest.json', page), BASE);
});

test('pieces make the text again, with white space outside of passages', () => {
  const fragments = [fragment('One. '), fragment('Two.', 'e'), fragment('\nThree.')];
  const text = 'One. Two.\n\nThree.';
  const pieces = piecesOf(fragments, text);
  assert.equal(pieces.map((piece) => piece.text).join(''), text);
  for (const piece of pieces) {
    assert.equal(text.slice(piece.start, piece.start + piece.text.length), piece.text);
    assert.equal(piece.fragment === undefined, piece.text.trim() === '');
  }
  const quoted = pieces.filter((piece) => piece.fragment).map((piece) => piece.text);
  assert.deepEqual(quoted, ['One.', 'Two.', 'Three.']);
});

test('fragments that are on their way are set apart', () => {
  const pieces = piecesOf([fragment('One.'), fragment('Two.')]);
  assert.equal(pieces.map((piece) => piece.text).join(''), 'One. Two.');
});

test('a document has one number, wherever its passages stand', () => {
  const numbering = new Numbering();
  const numbers = ['a', 'b', 'a', 'c'].map((documentId) =>
    numbering.numberOf(source({ documentId })),
  );
  assert.deepEqual(numbers, [1, 2, 1, 3]);
  assert.equal(numbering.numberOf(source({ documentId: 'a', pack: 'q' })), 4);
});

test('a path of headings does not repeat the title', () => {
  assert.equal(pathOf({ title: 'A', headings: ['A', 'B', 'C'] }), 'B › C');
  assert.equal(pathOf({ title: 'A', headings: ['B'] }), 'B');
});

test('words are filled in, and figures are of the language', () => {
  assert.equal(fill('{count} of {all}, {other}', { count: 1, all: '$&' }), '1 of $&, {other}');
  assert.equal(bytes(1_250_000, 'de'), '1,3 MB');
  assert.equal(bytes(280_000, 'en'), '280 kB');
  assert.equal(percent(0.25, 'en'), '25%');
});
