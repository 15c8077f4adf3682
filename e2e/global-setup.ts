/**
 * Builds the packs of the tests with the native tool: invented pages in several scripts, hostile ones, and
 * a site before and after an edit; and the examples.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { writePackList } from '../scripts/lib/pack-list.mjs';
import { arabicDocuments, chineseDocuments } from './support/languages.js';
import { cento, root } from './support/native.js';
import { sitePages } from './support/site-pages.js';
import { hostileDocuments, MARKUP, smallDocuments } from './support/small-pack.js';

/** Gives the path of the pack's manifest. */
function buildPack(name: string, documents: object[], ...more: string[]): string {
  const folder = `${root}build/e2e`;
  const out = `${root}build/packs/e2e-${name}`;
  mkdirSync(folder, { recursive: true });
  const lines = documents.map((document) => `${JSON.stringify(document)}\n`);
  writeFileSync(`${folder}/${name}.jsonl`, lines.join(''));
  rmSync(out, { recursive: true, force: true });
  const options = ['--out', out, '--name', `e2e-${name}`, '--json'];
  execFileSync(cento, ['build', `${folder}/${name}.jsonl`, ...options, ...more], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return `${out}/manifest.json`;
}

export default function globalSetup(): void {
  writePackList();
  buildPack('small', smallDocuments());
  buildPack('hostile', hostileDocuments(), '--title', MARKUP, '--licence', MARKUP);
  buildPack('zh', chineseDocuments(), '--language', 'zh');
  buildPack('ar', arabicDocuments(), '--language', 'ar');
  mkdirSync(`${root}build/examples`, { recursive: true });
  execFileSync(process.execPath, [`${root}web/examples/build.mjs`], { stdio: 'inherit' });
  const base = buildPack('site-1', sitePages());
  buildPack('site-2', sitePages({ edited: 200 }), '--base', base);
}
