// How soon a call that is aborted stops, and what questions take, in Chromium. Prints one JSON object.
// Usage: npm run bench:aborts -- [--pack DIR] [--questions FILE] [--calls N] [--check-bytes N]
// The questions, {question} on each line, are asked first: medians and 99th percentiles in milliseconds. Then
// calls of each kind are aborted: until the page has heard of it (`settled`), and until the engine has answered
// another call (`stopped`).
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packsDir } from '../scripts/lib/paths.mjs';
import { main, UserError } from '../scripts/lib/run.mjs';
import { withMeasuredPage } from './lib/measured-page.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: `${packsDir}/factbook` },
      questions: { type: 'string', default: 'models/factbook/questions.jsonl' },
      most: { type: 'string', default: '2000' },
      calls: { type: 'string', default: '100' },
      'check-bytes': { type: 'string', default: '50000' },
    },
  });
  const folder = resolve(values.pack);
  if (!existsSync(`${folder}/manifest.json`)) throw new UserError(`${folder} holds no pack`);
  const all = readFileSync(values.questions, 'utf8').trimEnd().split('\n');
  const step = Math.max(1, Math.floor(all.length / Number(values.most)));
  const questions = all.filter((_, i) => i % step === 0).map((line) => JSON.parse(line).question);
  await withMeasuredPage(folder, { question: 'What is it?' }, async (page) => {
    const report = await page.evaluate((given) => globalThis.ask(given), {
      calls: Number(values.most),
      kinds: ['ask'],
      given: { ask: questions },
    });
    const inputs = await page.evaluate(
      (bytes) => globalThis.inputs(40, bytes),
      Number(values['check-bytes']),
    );
    report.aborted = {};
    for (const kind of ['ask', 'overview', 'complete', 'ghost', 'search', 'check']) {
      report.aborted[kind] = await page.evaluate((given) => globalThis.abortCalls(given), {
        kind,
        inputs: inputs[kind],
        calls: kind === 'check' ? 20 : Number(values.calls),
      });
    }
    console.log(JSON.stringify(report, null, 1));
  });
});
