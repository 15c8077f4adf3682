// The promises of the README, on the default model, through the npm package's own command.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { native, run, runJson, temporaryFolder, writeFiles } from './lib/cento.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = join(root, 'build/packs/factbook');
const folder = temporaryFolder();
const prompts = JSON.parse(readFileSync(join(root, 'models/factbook/prompts.json'), 'utf8'));
const command = { command: [process.execPath, join(root, 'dist/cli.js')] };

for (const grounding of ['quote', 'sentence', 'phrase']) {
  test(`every window of 1,000 outputs is attested, grounding ${grounding}`, () => {
    const args = ['eval', 'attested', pack, '--grounding', grounding];
    const { json } = runJson(native, args);
    assert.equal(json.outputs, 1000);
    assert.equal(json.invalid, 0, json.problems.join('\n'));
    assert.ok(json.windows > 5 * json.outputs);
    assert.equal(json.attestedWindows, json.windows);
  });
}

test('overviews of all titles are verified', () => {
  const { json } = runJson(native, ['eval', 'overview', pack]);
  assert.equal(json.invalid, 0, json.problems.join('\n'));
  assert.ok(json.refused < 0.1 * json.topics);
  assert.ok(json.words > 50);
});

test('every offered prompt is continued, and in several ways', () => {
  const seeds = 12;
  const lines = prompts.flatMap((prompt) => Array(seeds).fill(prompt));
  writeFiles(folder, { 'prompts.txt': lines.join('\n') });
  const done = run(native, ['complete', pack, '--prompts', join(folder, 'prompts.txt')]);
  const answers = done.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const prompt of prompts) {
    const own = answers.filter(({ receipt }) => receipt.input === prompt);
    assert.ok(own.length === seeds && own.every(({ refused }) => !refused), prompt);
    assert.ok(new Set(own.map(({ text }) => text)).size >= 3, prompt);
  }
});

test('the package builds a pack from a folder of pages and answers from it as the native tool does', () => {
  const site = writeFiles(join(folder, 'site'), {
    'index.html':
      '<!doctype html><title>Mill</title><nav><a href="x">Away</a></nav><main><h1>The mill</h1>' +
      '<h2 id="wheel">The wheel</h2><p>The wheel of the mill turns when the sluice is open.</p></main>',
    'guide/owl.md': '# Owls\n\nThe owl of the mill sleeps when the sun is up.\n',
    'notes.txt': 'Notes\n\nThe sluice of the mill is closed in winter.\n',
  });
  const out = join(folder, 'site-pack');
  const built = runJson(command, ['build', site, '--out', out, '--name', 'site']);
  assert.equal(built.json?.documents, 3, built.stderr);
  const args = ['complete', out, 'The wheel of the mill'];
  const { json } = runJson(command, args);
  assert.equal(json.text, ' turns when the sluice is open.');
  assert.deepEqual(json.fragments[0].source.headings, ['The mill', 'The wheel']);
  assert.match(json.fragments[0].source.url, /#wheel$/);
  assert.equal(run(native, [...args, '--json']).stdout, run(command, [...args, '--json']).stdout);

  writeFiles(folder, { 'answer.json': JSON.stringify(json) });
  assert.equal(
    runJson(command, ['verify', out, '--input', join(folder, 'answer.json')]).json.valid,
    true,
  );
});
