/** What a site's owner can say: order, weights, filters, a budget; and what the command says back. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { parseBytes } from '../../src/cli/arguments.js';
import { chooseWithin, type Weighed } from '../../src/cli/budget.js';
import { readDocuments } from '../../src/cli/documents.js';
import { PageWarnings } from '../../src/cli/warnings.js';
import { watchFolders } from '../../src/cli/watch.js';

const root = mkdtempSync(join(tmpdir(), 'cento-test-'));
after(() => rmSync(root, { recursive: true }));
let folders = 0;

function site(files: Record<string, string>): string {
  const folder = join(root, `site-${folders++}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function read(folder: string, filters: string[] = []) {
  const told: string[] = [];
  const notes: string[] = [];
  const warn = (path: string, message: string, isNote: boolean) =>
    void (isNote ? notes : told).push(`${path}: ${message}`);
  const found = [...readDocuments([folder], { filters, warn })];
  return { ids: found.map(({ document }) => document.id), found, told, notes };
}

const page = (text: string, attributes = '') =>
  `<html lang="en"><title>T</title><main ${attributes}><h1>${text}</h1><p>About ${text}.</p></main>`;

test('pages come in the order of the sitemap, the others behind by path', () => {
  const folder = site({
    'a.html': page('a'),
    'b/index.html': page('b'),
    'c d.html': page('c'),
    'z.html': page('z'),
    'sitemap.xml':
      '<urlset><url><loc>https://x.example/docs/z</loc></url><url><loc>https://x.example/docs/b/</loc></url>' +
      '<url><loc>https://x.example/docs/c%20d.html</loc></url><url><loc>https://x.example/gone</loc></url></urlset>',
  });
  assert.deepEqual(read(folder).ids, ['z.html', 'b/index.html', 'c d.html', 'a.html']);
});

test('weights are read; 0 leaves a page, or a part of it, out', () => {
  const folder = site({
    'a.html': page('a', 'data-cento-weight="2.5"'),
    'b.html': page('b', 'data-cento-weight="0"'),
    'c.html': '<main><h1>c</h1><p>Stays.</p><div data-cento-weight="0">Goes.</div></main>',
    'd.md': '---\ntitle: d\ncento:\n  weight: 3\n---\nText of d.',
    'e.md': '---\ncento: false\n---\n# e\n\nText of e.',
    'f.html': page('f', 'data-cento-weight="much"'),
  });
  const { found, notes } = read(folder);
  const weights = Object.fromEntries(found.map(({ document, weight }) => [document.id, weight]));
  assert.deepEqual(weights, { 'a.html': 2.5, 'c.html': 1, 'd.md': 3, 'f.html': 1 });
  assert.equal(found[1]?.document.sections[0]?.text, 'Stays.');
  assert.equal(notes.length, 2);
});

test('a filter leaves out pages that say another value, and keeps those that say none', () => {
  const folder = site({
    'a.html': page('a', 'data-cento-filter="version:2"'),
    'b.html': page('b', 'data-cento-filter="version: 3, topic:x"'),
    'c.html': page('c'),
    'd.html': '<main><h1>d</h1><p>Version <b data-cento-filter="version">2</b></p></main>',
    'e.md': '---\ncento: {filter: [version:3]}\n---\n# e\n\nText.',
  });
  assert.deepEqual(read(folder, ['version:3']).ids, ['b.html', 'c.html', 'e.md']);
  assert.deepEqual(read(folder, ['version:3', 'version:2']).ids.length, 5);
});

test('what is worth a look is told: no title, no main content, the same text twice', () => {
  const folder = site({
    'a.html': '<div>Only text.</div>',
    'b.html': page('b'),
    'c.html': page('b'),
    'd.html': '<meta http-equiv="refresh" content="0; url=a.html">',
  });
  const { told, notes } = read(folder);
  assert.match(told[0] ?? '', /^a\.html: nothing says where its main content is/);
  assert.match(told[1] ?? '', /^a\.html: has no title/);
  assert.match(told[2] ?? '', /^c\.html: left out: has the same text as b\.html/);
  assert.equal(told.length, 3);
  assert.match(notes[0] ?? '', /^d\.html: left out: only leads to another page/);
});

test('of many warnings of a kind a few are shown, and how many more there are', () => {
  const lines: string[] = [];
  const warnings = new PageWarnings((line) => void lines.push(line));
  for (let i = 0; i < 20; i++)
    warnings.add(`${i}`, `left out: has the same text as ${i + 1}`, false);
  for (let i = 0; i < 3; i++) warnings.add(`n${i}`, 'left out: is a draft', true);
  warnings.finish();
  assert.equal(warnings.count, 20);
  assert.equal(lines.length, 5 + 1 + 2);
  assert.match(lines.at(-2) ?? '', /^15 more pages: left out: has the same text/);
});

const weighed = (id: string, text: string, weight = 1): Weighed => ({
  document: { id, url: id, title: id, sections: [{ level: 1, heading: '', anchor: '', text }] },
  weight,
});

function noise(seed: number, words: number): string {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % 5000;
  };
  return Array.from({ length: words }, () => `w${next()}`).join(' ');
}

test('a budget keeps what is new before what repeats, in the order in which it came', () => {
  const copies = Array.from({ length: 6 }, (_, i) =>
    weighed(`copy ${i}`, `${noise(1, 3000)} ${i}`),
  );
  const others = Array.from({ length: 3 }, (_, i) => weighed(`other ${i}`, noise(50 + i, 3000)));
  const items = [...copies, ...others];
  const { kept, leftOut, bytes } = chooseWithin(items, 48_000 + 40_000);
  const ids = kept.map(({ document }) => document.id);
  assert.ok(bytes <= 88_000);
  for (const { document } of others) assert.ok(ids.includes(document.id), ids.join());
  assert.ok(ids.filter((id) => id.startsWith('copy')).length < 6);
  assert.equal(kept.length + leftOut.length, items.length);
  assert.deepEqual(
    kept,
    items.filter((item) => kept.includes(item)),
  );
});

test('a weight moves a page up in a budget', () => {
  const items = [weighed('a', noise(1, 3000)), weighed('b', noise(2, 3000), 5)];
  const { kept } = chooseWithin(items, 48_000 + 9_000);
  assert.deepEqual(
    kept.map(({ document }) => document.id),
    ['b'],
  );
});

test('bytes may have units', () => {
  assert.equal(parseBytes('2MB'), 2_000_000);
  assert.equal(parseBytes('1.5 MiB'), 1_572_864);
  assert.equal(parseBytes('750000'), 750_000);
  for (const bad of ['', 'MB', '-1', '2 GBs', '0'])
    assert.throws(() => parseBytes(bad), /--budget/);
});

test('build tells a table, writes the twin of the manifest, and --strict fails on warnings', () => {
  const command = fileURLToPath(new URL('../../src/cli/cli.ts', import.meta.url));
  const folder = site({ 'a.html': page('a'), 'b.html': '<div>No main content here.</div>' });
  const tool = join(root, 'tool');
  const out = join(root, 'pack');
  mkdirSync(out);
  const figures = { documents: 2, textBytes: 30, wireBytes: 1234, seconds: 0.5 };
  writeFileSync(
    tool,
    `#!${process.execPath}
    require('node:fs').writeFileSync(${JSON.stringify(join(out, 'manifest.json'))}, '{"a":1}');
    console.log(${JSON.stringify(JSON.stringify(figures))});`,
    { mode: 0o755 },
  );
  const run = (...more: string[]) =>
    spawnSync(
      process.execPath,
      ['--import', 'tsx', command, 'build', folder, '--out', out, ...more],
      { env: { ...process.env, CENTO_NATIVE: tool }, encoding: 'utf8' },
    );
  const human = run();
  assert.equal(human.status, 0, human.stderr);
  assert.match(human.stdout, /^ {2}pages +2$/m);
  assert.match(human.stdout, /^ {2}words +\d+$/m);
  assert.match(human.stdout, /^ {2}to download +1,234 bytes$/m);
  assert.match(human.stdout, /xz -9e|Brotli 9/);
  assert.ok(existsSync(join(out, 'manifest.json.br')));
  const twin = brotliDecompressSync(readFileSync(join(out, 'manifest.json.br')));
  assert.equal(twin.toString(), '{"a":1}');
  const strict = run('--strict', '--json');
  assert.equal(strict.status, 1);
  assert.equal(JSON.parse(strict.stdout).wireBytes, 1234);
  assert.ok(JSON.parse(strict.stdout).warnings > 0);
});

test('watching calls again after a change, and not for what it writes itself', async () => {
  const folder = site({ 'a.html': page('a'), 'pack/manifest.json': '{}' });
  const stop = new AbortController();
  let calls = 0;
  let called = () => {};
  const watching = watchFolders(
    [folder],
    join(folder, 'pack'),
    async () => {
      calls += 1;
      writeFileSync(join(folder, 'pack/manifest.json'), `{"calls":${calls}}`);
      called();
    },
    stop.signal,
  );
  for (const round of [1, 2]) {
    const done = new Promise<void>((resolve) => {
      called = resolve;
    });
    writeFileSync(join(folder, 'a.html'), page(`a${round}`));
    await done;
  }
  assert.equal(calls, 2);
  stop.abort();
  await watching;
});
