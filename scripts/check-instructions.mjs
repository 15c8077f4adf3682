// How many instructions fixed operations take, against bench/instructions.json: repeatable, unlike seconds.
// More than 5% above the baseline fails. Counts depend on the compiler, so that each has a baseline of its
// own; without one, or without valgrind, the counts are not judged.
// Usage: check-instructions.mjs [--write] (makes the counts the baseline of this compiler)
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { parseArgs } from 'node:util';
import { buildDir, root } from './lib/paths.mjs';
import { main, output, UserError } from './lib/run.mjs';

const tool = `${buildDir}/native/cento`;
const folder = `${buildDir}/instructions`;
const baselinePath = `${root}/bench/instructions.json`;
const countries = 12; // of the default model's documents
const calls = 20;
const mostGrowth = 0.05;

/** A small pack that is always the same. */
function makePack() {
  const model = `${buildDir}/models/factbook.jsonl`;
  if (!existsSync(model)) throw new UserError(`${model} is not there. Run: npm run build:model`);
  mkdirSync(folder, { recursive: true });
  const documents = readFileSync(model, 'utf8').split('\n').slice(0, countries);
  writeFileSync(`${folder}/documents.jsonl`, documents.join('\n'));
  const pack = `${folder}/pack`;
  if (output(tool, ['build', `${folder}/documents.jsonl`, '--out', pack, '--json']) === null)
    throw new UserError(`The pack of ${countries} countries cannot be built with ${tool}.`);
  return pack;
}

/** Instructions of a run of the tool. */
function countInstructions(args) {
  const log = `${folder}/valgrind.log`;
  const counter = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];
  output('valgrind', [...counter, `--log-file=${log}`, tool, ...args]);
  const text = readFileSync(log, 'utf8');
  const count = /I\s+refs:\s+([\d,]+)/.exec(text);
  if (!count) throw new UserError(`valgrind counts nothing of: cento ${args.join(' ')}\n${text}`);
  return Number(count[1].replaceAll(',', ''));
}

/** {operation: instructions a call}, "open" being that of reading the pack and building its index. */
function countOperations(pack) {
  const timed = JSON.parse(output(tool, ['bench', pack, '--calls', '1', '--json']));
  const names = Object.keys(timed).flatMap((key) => /^(\w+)Checksum$/.exec(key)?.[1] ?? []);
  const bench = (name, times) =>
    countInstructions(['bench', pack, '--only', name, '--calls', String(times), '--json']);
  const open = bench(names[0], 0);
  const counts = names.map((name) => [name, Math.round((bench(name, calls) - open) / calls)]);
  return { open, ...Object.fromEntries(counts) };
}

await main(() => {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  if (output('valgrind', ['--version']) === null) {
    console.log('valgrind is not there: no instructions are counted.');
    return;
  }
  const compiler = `${output('c++', ['--version']).split('\n')[0]}, ${arch()}`;
  const counts = countOperations(makePack());
  const baselines = existsSync(baselinePath) ? JSON.parse(readFileSync(baselinePath, 'utf8')) : {};
  if (values.write) {
    baselines[compiler] = counts;
    writeFileSync(baselinePath, `${JSON.stringify(baselines, null, 2)}\n`);
  }
  const baseline = baselines[compiler];
  if (!baseline) console.log(`No baseline for ${compiler}.`);
  const grown = [];
  for (const [name, count] of Object.entries(counts)) {
    const before = baseline?.[name];
    const growth = before ? count / before - 1 : 0;
    const change = before ? `${(100 * growth).toFixed(1).padStart(8)} %` : '';
    console.log(name.padEnd(12) + count.toLocaleString('en').padStart(16) + change);
    if (growth > mostGrowth) grown.push(name);
  }
  if (grown.length > 0) {
    const how =
      'Make them cheaper, or say why they cost more and run: npm run bench:instructions -- --write';
    throw new UserError(`More instructions than before: ${grown.join(', ')}. ${how}`);
  }
});
