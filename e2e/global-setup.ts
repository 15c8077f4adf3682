/** Builds the small pack of the tests with the native tool: invented pages in several scripts. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cento, root } from './support/native.js';
import { smallDocuments } from './support/small-pack.js';

export default function globalSetup(): void {
  const folder = `${root}build/e2e`;
  const out = `${root}build/packs/e2e-small`;
  mkdirSync(folder, { recursive: true });
  const lines = smallDocuments().map((document) => `${JSON.stringify(document)}\n`);
  writeFileSync(`${folder}/small.jsonl`, lines.join(''));
  rmSync(out, { recursive: true, force: true });
  execFileSync(
    cento,
    ['build', `${folder}/small.jsonl`, '--out', out, '--name', 'e2e-small', '--json'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}
