/**
 * Builds the packs of the tests with the native tool: invented pages in several scripts, and hostile ones; and
 * the examples.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cento, root } from './support/native.js';
import { hostileDocuments, smallDocuments } from './support/small-pack.js';

function buildPack(name: string, documents: object[]): void {
  const folder = `${root}build/e2e`;
  const out = `${root}build/packs/e2e-${name}`;
  mkdirSync(folder, { recursive: true });
  const lines = documents.map((document) => `${JSON.stringify(document)}\n`);
  writeFileSync(`${folder}/${name}.jsonl`, lines.join(''));
  rmSync(out, { recursive: true, force: true });
  const options = ['--out', out, '--name', `e2e-${name}`, '--json'];
  execFileSync(cento, ['build', `${folder}/${name}.jsonl`, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export default function globalSetup(): void {
  buildPack('small', smallDocuments());
  buildPack('hostile', hostileDocuments());
  mkdirSync(`${root}build/examples`, { recursive: true });
  execFileSync(process.execPath, [`${root}web/examples/build.mjs`], { stdio: 'inherit' });
}
