// How much work a token is: instructions and memory traffic, counted by valgrind, beside what neural models of
// well-known sizes do.
import { mkdirSync, readFileSync } from 'node:fs';
import { output } from '../../scripts/lib/run.mjs';
import { bars, compact } from '../lib/chart.mjs';
import { packOf, workDir } from '../lib/corpora.mjs';
import { cento, nativeTool } from '../lib/tool.mjs';

const LINE = 64; // bytes

/** Counts of one run of the tool: instructions, data references, bytes that the first cache and the last one lacked. */
function count(args) {
  const log = `${workDir}/cachegrind.log`;
  const options = ['--tool=cachegrind', '--cache-sim=yes', '--cachegrind-out-file=/dev/null'];
  output('valgrind', [...options, `--log-file=${log}`, nativeTool, ...args]);
  const text = readFileSync(log, 'utf8');
  const figure = (pattern) => {
    const found = pattern.exec(text);
    if (!found) throw new Error(`valgrind counts nothing of: cento ${args.join(' ')}\n${text}`);
    return Number(found[1].replaceAll(',', ''));
  };
  return {
    instructions: figure(/I\s+refs:\s+([\d,]+)/),
    references: figure(/D\s+refs:\s+([\d,]+)/),
    firstCacheBytes: LINE * figure(/D1\s+misses:\s+([\d,]+)/),
    lastCacheBytes: LINE * figure(/LLd\s+misses:\s+([\d,]+)/),
  };
}

/** What a unit of the work takes: tokens of a scored or completed text, or calls. */
const WORK = {
  score: ['a token scored (its exact probability)', 'tokens'],
  complete: ['a completion of up to 40 tokens', 'calls'],
  ghost: ['a completion of up to 12 tokens', 'calls'],
  suggest: ['a keystroke with three suggestions', 'calls'],
  ask: ['a question, from its text to the answer', 'calls'],
  search: ['a search', 'calls'],
};

function measure(folder, calls) {
  const bench = (name, times) => [
    'bench',
    folder,
    '--only',
    name,
    '--calls',
    String(times),
    '--json',
  ];
  const open = count(bench('score', 0));
  return Object.entries(WORK).map(([name, [label, unit]]) => {
    const counted = count(bench(name, calls));
    const checksum = cento(['bench', folder, '--only', name, '--calls', calls])[`${name}Checksum`];
    const units = unit === 'tokens' ? checksum : calls;
    const each = Object.fromEntries(
      Object.entries(counted).map(([key, value]) => [key, (value - open[key]) / units]),
    );
    return { name, label, ...each };
  });
}

/** Parameters, from the models' own papers and cards. */
const MODELS = [
  ['GPT-2', 0.124e9],
  ['Llama 3.2 1B', 1.24e9],
  ['Llama 3.1 8B', 8.03e9],
  ['Llama 3.1 70B', 70.6e9],
];
const BYTES_PER_WEIGHT = 0.5;

const whole = (value) => Math.round(value).toLocaleString('en');

export async function run({ corpora, quick }) {
  const corpus = corpora.open('factbook');
  if (!corpus) return {};
  if (output('valgrind', ['--version']) === null) return { missing: ['valgrind is not installed'] };
  mkdirSync(workDir, { recursive: true });
  // The counts depend on the pack's size by its logarithm; a tenth of it is read in a tenth of the time.
  const documents = quick ? corpus.documents.slice(0, 12) : corpus.documents;
  const rows = measure(packOf('factbook', documents).folder, quick ? 10 : 100);
  const score = rows.find(({ name }) => name === 'score');
  return {
    text: [
      'Instructions are counted by valgrind on the native tool, the building of the index left out, so that they are the same on every run and under any load. Memory traffic is that of valgrind’s model of this machine’s caches: 64 bytes for each miss of the first data cache and of the last one. **Energy is not measured**: this machine shows no counter of it.',
      'The other side of the comparison is arithmetic, not measured: a dense transformer does about 2 floating-point operations for each parameter and token (a multiplication and an addition), and reads each weight once a token where one user is served (half a byte at 4 bits). An instruction is not a floating-point operation: one of AVX2 does up to 16 of them, so that the table says what the counts are and divides by nothing. And it is not the same work: such models write what stands nowhere, follow instructions and know languages; Cento predicts from counts and answers with sentences of its pack, at the quality that the tables above give.',
    ],
    tables: [
      {
        title: `Counted on ${documents.length} documents of the Factbook`,
        command: 'npm run bench -- --only work',
        head: [
          '',
          'instructions',
          'data references',
          'bytes past the first cache',
          'bytes past the last',
        ],
        rows: rows.map((one) => [
          one.label,
          whole(one.instructions),
          whole(one.references),
          whole(one.firstCacheBytes),
          whole(one.lastCacheBytes),
        ]),
      },
      {
        title: 'A token, beside 2 × parameters',
        command: 'npm run bench -- --only work',
        head: ['', 'operations a token', 'bytes of weights read a token'],
        rows: [
          [
            'Cento, scoring a token: instructions; bytes past the first cache',
            whole(score.instructions),
            whole(score.firstCacheBytes),
          ],
          ...MODELS.map(([name, parameters]) => [
            `${name}: 2 × ${compact(parameters / 1e9)} billion`,
            whole(2 * parameters),
            whole(BYTES_PER_WEIGHT * parameters),
          ]),
        ],
      },
    ],
    pictures: [
      {
        name: 'work',
        alt: 'Instructions of one call each',
        svg: bars({
          title: 'Instructions, thousands',
          rows: rows.map(({ label, instructions }) => ({
            label,
            value: instructions / 1000,
            isOurs: true,
          })),
        }),
      },
    ],
    data: rows,
  };
}

export const inShort = ({ data }) => [
  `A token scored is ${whole(data[0].instructions)} instructions; what that is beside a neural model, and what it is not, is said under “Work and energy”.`,
];
