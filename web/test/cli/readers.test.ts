/** Whole pages against what was read from them by eye: fixtures/NAME and fixtures/NAME.txt. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { LeftOutPage, PageContent } from '../../src/cli/document.js';
import { readHtml } from '../../src/cli/html-reader.js';
import { readMarkdown } from '../../src/cli/markdown-reader.js';
import { readText } from '../../src/cli/text-reader.js';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

function page(content: PageContent | LeftOutPage): PageContent {
  assert.ok('sections' in content, JSON.stringify(content));
  return content;
}

const html = (source: string | Uint8Array) => page(readHtml(Buffer.from(source)));
const markdown = (source: string) => page(readMarkdown(Buffer.from(source)));
const text = (content: PageContent) => content.sections.map((section) => section.text).join('\n\n');

function show({ title, language, canonicalUrl, sections }: PageContent): string {
  const blocks = sections.map(({ level, heading, anchor, text }) =>
    `${'#'.repeat(level)} ${heading} {#${anchor}}\n${text}`.trimEnd(),
  );
  return `${[title, language, canonicalUrl].join(' | ')}\n\n${blocks.join('\n\n')}\n`;
}

for (const name of ['sphinx', 'docusaurus', 'mdbook', 'plain', 'marked'])
  test(`a page as ${name} writes it`, () => {
    assert.equal(show(html(fixture(`${name}.html`))), fixture(`${name}.html.txt`).toString());
  });

test('Markdown with what generators add', () => {
  const content = page(readMarkdown(fixture('generator.md')));
  assert.equal(show(content), fixture('generator.md.txt').toString());
});

test('the encoding is that of the byte order mark, of <meta> or of the bytes', () => {
  const body = (encoding: BufferEncoding, meta = '') =>
    Buffer.from(`<title>x</title>${meta}<body>naïve café`, encoding);
  const declared = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">';
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), body('utf16le')]);
  for (const bytes of [body('utf8'), body('latin1'), body('latin1', declared), utf16])
    assert.equal(text(html(bytes)), 'naïve café');
});

test('bytes that break the declared encoding are replaced, with a warning', () => {
  const content = html(Buffer.from('<meta charset=utf-8><body>caf\xe9', 'latin1'));
  assert.equal(text(content), 'caf\ufffd');
  assert.match(content.warnings.join(), /not valid/);
});

test('pages that are not to be found are left out', () => {
  const reason = (source: string) => readHtml(Buffer.from(source));
  assert.ok('leftOut' in reason('<meta name="robots" content="noindex, follow"><p>x'));
  assert.ok('leftOut' in reason('<meta http-equiv="refresh" content="0; url=a.html"><p>x'));
  assert.ok('leftOut' in readMarkdown(Buffer.from('---\ndraft: true\n---\nx')));
});

test('hostile and broken HTML is read without a fault', () => {
  for (const source of [
    '',
    '<',
    '<table><tr><td colspan=99999999 rowspan=99999999>a<td>b',
    '</p></div>',
  ])
    assert.doesNotThrow(() => html(source));
  const deep = html(`<main>${'<div>'.repeat(500)}deep`);
  assert.equal(text(deep), 'deep');
});

test('an address of another machine is no canonical address', () => {
  assert.equal(html('<link rel=canonical href="file:///srv/x.html"><p>x').canonicalUrl, '');
});

test('front matter that is not YAML costs the front matter alone', () => {
  const content = markdown('---\ntitle: "open\n---\n# Title\n\nText.');
  assert.equal(content.title, 'Title');
  assert.match(content.warnings.join(), /not YAML/);
  assert.equal(markdown('---\n---\nText.').sections[0]?.text, 'Text.');
  assert.equal(markdown('Text.\n\n---\n\nMore.').sections[0]?.text, 'Text.\n\nMore.');
});

test('the first line of a text is its title when it stands alone', () => {
  const read = (source: string) => readText(Buffer.from(source));
  assert.deepEqual(read('Knots\r\n=====\r\n\r\nA knot.\r\n').sections, [
    { level: 1, heading: 'Knots', anchor: '', text: 'A knot.' },
  ]);
  assert.equal(read('First line\nof a paragraph.').title, '');
  assert.equal(
    read('First line\nof a paragraph.').sections[0]?.text,
    'First line\nof a paragraph.',
  );
});
