import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { toJsonLine } from '../../src/cli/document.js';
import { type ReadOptions, readDocuments } from '../../src/cli/documents.js';

const folder = mkdtempSync(join(tmpdir(), 'cento-test-'));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
function site(files: Record<string, string | Uint8Array>): string {
  const root = join(folder, `site${count++}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function read(inputs: string[], options: Partial<ReadOptions> = {}) {
  const warnings: string[] = [];
  const warn = (path: string, message: string) => warnings.push(`${path}: ${message}`);
  const documents = [...readDocuments(inputs, { warn, ...options })].map((read) => read.document);
  return { documents, warnings, ids: documents.map(({ id }) => id) };
}

test('pages of a folder come by path in the order of code units, other files not at all', () => {
  const root = site({
    'b.html': '<p>b',
    'B.htm': '<p>B',
    'ä/x.md': 'x',
    'a/z.txt': 'z',
    'a/Z.markdown': 'Z',
    'style.css': 'p {}',
    'robots.txt': 'User-agent: *',
    '_sources/b.rst.txt': 'b',
    '.git/description.txt': 'no',
    'node_modules/x/README.md': 'no',
  });
  assert.deepEqual(read([root]).ids, ['B.htm', 'a/Z.markdown', 'a/z.txt', 'b.html', 'ä/x.md']);
});

test('what cannot serve is left out with a reason, and the rest is read', () => {
  const root = site({
    'binary.html': Buffer.from([60, 112, 62, 0, 1, 2]),
    'copy.html': '<main><h1>One</h1><p>Same text',
    'empty.html': '<nav>Only links</nav>',
    'one.html': '<main><h1>One</h1><p>Same text',
    'two.html': '<main><h2>Two</h2><p>Other text',
    'vast.txt': '',
  });
  truncateSync(join(root, 'vast.txt'), 17 * 1024 * 1024);
  symlinkSync(join(root, 'nowhere.html'), join(root, 'broken.html'));
  symlinkSync(root, join(root, 'loop'));
  const { ids, warnings } = read([root]);
  assert.deepEqual(ids, ['copy.html', 'two.html']);
  assert.deepEqual(warnings, [
    'binary.html: left out: is not a text file',
    'empty.html: left out: has no text of its own',
    'one.html: left out: has the same text as copy.html',
    'vast.txt: left out: has 17825792 bytes; at most 16777216 are read',
  ]);
});

test('of several folders each name leads the path; a second page of a path is left out', () => {
  const [one, two] = [site({ 'a.html': '<p>1' }), site({ 'a.html': '<p>2' })];
  const names = [one, two].map((root) => `${root.split('/').at(-1)}/a.html`);
  assert.deepEqual(read([one, two]).ids, names);
  const files = read([join(one, 'a.html'), join(two, 'a.html')]);
  assert.deepEqual(files.ids, ['a.html']);
  assert.match(files.warnings.join(), /another input has a page of this path/);
});

test('URLs lead to the page: canonical, else by path, as the site is served', () => {
  const root = site({
    'guide/index.html': '<p>1',
    'guide/README.md': '2',
    'guide/set up.md': '3',
    'index.html': '<p>4',
    'own.html': '<link rel=canonical href="https://x.example/own/"><p>5',
  });
  const urls = (options: Partial<ReadOptions>) => read([root], options).documents.map((d) => d.url);
  const own = 'https://x.example/own/';
  assert.deepEqual(urls({}), [
    'guide/index.html',
    'guide/index.html',
    'guide/set%20up.html',
    'index.html',
    own,
  ]);
  assert.deepEqual(urls({ baseUrl: 'https://y.example/docs', cleanUrls: true }), [
    'https://y.example/docs/guide/',
    'https://y.example/docs/guide/',
    'https://y.example/docs/guide/set%20up',
    'https://y.example/docs/',
    own,
  ]);
});

test('titles fall back to the name of the file', () => {
  const root = site({ 'a/knots.txt': 'Tie\nthem.', 'b.md': 'No heading.' });
  assert.deepEqual(
    read([root]).documents.map(({ title }) => title),
    ['knots', 'b'],
  );
});

test('a line of JSON is one line, in NFC', () => {
  const sections = [{ level: 1, heading: '', anchor: '', text: 'e\u0301\nx' }];
  const line = toJsonLine({ id: 'a', url: 'a', title: 't', sections });
  assert.equal(line.indexOf('\n'), line.length - 1);
  assert.equal(JSON.parse(line).sections[0].text, 'é\nx');
});

test('an input that is not there, and a folder without pages, are errors with a code', () => {
  assert.throws(() => read([join(folder, 'nothing')]), { code: 'NotFoundError' });
  assert.throws(() => read([site({ 'a.css': '' })]), { code: 'InvalidArgumentError' });
});
