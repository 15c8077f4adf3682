// Updates over an earlier pack, on the default model's documents: what one edit costs, and that the rest holds.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { native, runJson, temporaryFolder } from './lib/cento.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
const lines = readFileSync(join(root, 'build/models/factbook.jsonl'), 'utf8').trim().split('\n');
const filesOf = (pack) =>
  JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')).files.map(({ file }) => file);

function build(name, documents, ...options) {
  const input = join(folder, `${name}.jsonl`);
  writeFileSync(input, `${documents.join('\n')}\n`);
  const out = join(folder, name);
  const { json } = runJson(native, ['build', input, '--out', out, ...options]);
  return { out, json };
}

const base = build('base', lines, '--name', 'factbook', '--licence', 'public domain');
const over = ['--base', join(base.out, 'manifest.json')];

function edited(number, sentence) {
  const document = JSON.parse(lines[number]);
  if (document.sections) document.sections.at(-1).text += `\n\n${sentence}`;
  else document.text += `\n\n${sentence}`;
  return lines.map((line, i) => (i === number ? JSON.stringify(document) : line));
}

test('one edited page costs at most the tables and two shards, and is found', () => {
  for (const number of [3, 130, 200]) {
    const sentence = `Its quuxulators are famous for number ${number}.`;
    const { out, json } = build(`edited-${number}`, edited(number, sentence), ...over);
    const known = new Set(filesOf(base.out));
    const fresh = filesOf(out).filter((file) => !known.has(file));
    assert.ok(fresh.filter((file) => file.startsWith('tables')).length === 1, fresh.join());
    assert.ok(fresh.filter((file) => file.startsWith('shard')).length <= 2, fresh.join());
    assert.deepEqual([json.changedDocuments, json.keptDocuments], [1, lines.length - 1]);
    assert.equal(json.drift, '');
    const { json: info } = runJson(native, ['info', out]);
    assert.equal(info.documents, lines.length);
    assert.equal(info.name, 'factbook');
    assert.equal(info.licence, 'public domain');
    const { json: found } = runJson(native, ['trace', out, '--input', '-'], sentence);
    const ids = JSON.stringify(found);
    assert.ok(ids.includes(JSON.parse(lines[number]).id), ids.slice(0, 300));
  }
});

test('an update of an update, with pages added and removed, holds what it was given', () => {
  const first = build('first', edited(3, 'One more.'), ...over);
  const fresh = JSON.stringify({ id: 'fresh', title: 'Fresh', text: 'The wugs quuxulate.' });
  const documents = [fresh, ...lines.slice(0, 100), ...lines.slice(110)];
  const { out, json } = build('second', documents, '--base', first.out);
  assert.deepEqual([json.addedDocuments, json.removedDocuments], [1, 10]);
  assert.equal(runJson(native, ['info', out]).json.documents, documents.length);
});

test('an update without a change is the base', () => {
  const { out, json } = build('same', lines, ...over);
  assert.deepEqual(
    readFileSync(join(out, 'manifest.json')),
    readFileSync(join(base.out, 'manifest.json')),
  );
  assert.ok(json.newBytes < 2000, 'the manifest alone');
});
