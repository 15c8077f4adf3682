// What one token more costs behind a context of 100 to 100,000 tokens, in Chromium and natively.
// Usage: npm run bench:context -- [--pack DIR] [--input FILE] [--calls N]
// FILE has what stands before the caret, 600 kB or more of documents as .jsonl; without it, the Python
// documentation (npm run build:model -- python-docs). Prints one JSON object: for each length, in
// milliseconds, the first call, which reads the context; medians and 99th percentiles of a keystroke with
// suggestions, of a short and of a long completion; and in microseconds what scoring one token takes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { folderOf } from '../scripts/lib/cpp.mjs';
import { buildDir, packsDir } from '../scripts/lib/paths.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { withMeasuredPage } from './lib/measured-page.mjs';

const LENGTHS = [100, 1000, 10_000, 100_000];

/** As much of the documents as a call takes. */
function textOf(path) {
  let text = '';
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
    const { text: own, sections = [] } = JSON.parse(line);
    text += `${own ?? sections.map(({ heading, text }) => `${heading}\n${text}`).join('\n\n')}\n\n`;
    if (text.length > 1 << 20) break;
  }
  return text.slice(0, 900_000);
}

function inChromium(folder, text, calls) {
  const opening = { question: 'What is the total area of Kenya?', cache: 'memory' };
  return withMeasuredPage(folder, opening, (page) =>
    page.evaluate((given) => globalThis.lengthen(given), { lengths: LENGTHS, text, calls }),
  );
}

/** The tool's own figures for each length. */
function natively(folder, text, calls) {
  const tool = `${folderOf('native')}/cento`;
  if (!existsSync(tool)) throw new UserError('The tool is not built. Run: npm run build:native');
  return LENGTHS.map((tokens) => {
    const args = ['eval', 'context', folder, '--input', text, '--tokens', tokens, '--calls', calls];
    const { status, stdout, stderr } = spawnSync(tool, [...args.map(String), '--json']);
    if (status !== 0) throw new UserError(String(stderr));
    return JSON.parse(stdout);
  });
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: `${packsDir}/factbook` },
      input: { type: 'string', default: `${buildDir}/models/python-docs.jsonl` },
      calls: { type: 'string', default: '200' },
    },
  });
  const folder = resolve(values.pack);
  const calls = Number(values.calls);
  for (const path of [`${folder}/manifest.json`, values.input]) {
    if (!existsSync(path)) throw new UserError(`There is no ${path}. Run: npm run build:model`);
  }
  const report = {
    native: natively(folder, values.input, calls),
    chromium: await inChromium(folder, textOf(values.input), calls),
  };
  console.log(JSON.stringify(report, null, 1));
});
