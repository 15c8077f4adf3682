// All measurements side by side, by one command: writes docs/benchmarks.md and its pictures.
// Usage: npm run bench -- [--quick] [--only NAME]... [--data DIR] [--json] [--page]
// --quick takes minutes and writes build/bench/quick/ instead. --only measures some sections again; the page keeps
// what the others gave last. The project's own models are built if they are not there; --data is a folder of test
// collections besides (squad/, cranfield/, lm/), and the page says what is missing. --json prints all figures; --page writes the page again
// from the last ones and measures nothing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { root } from '../scripts/lib/paths.mjs';
import { main, output, UserError } from '../scripts/lib/run.mjs';
import { Corpora, packOf, workDir } from './lib/corpora.mjs';
import { describeMachine } from './lib/machine.mjs';
import { pathOf, toMarkdown } from './lib/report.mjs';

/** In the order of the page: bench/suite/NAME.mjs has `run({corpora, quick})` and `inShort(result)`. */
const sections = {
  search: 'Search in Chromium',
  'language-model': 'A language model without a neural network',
  typing: 'Typing',
  wire: 'On the wire',
  budget: 'What a budget costs',
  network: 'From the navigation to the first answer',
  engine: 'The engine’s steps and calls',
  scale: 'Against size and length',
  effort: 'Effort',
  work: 'Work and energy',
};

/** The last commit that changed what is measured. */
function commit() {
  const parts = ['engine', 'web', 'wasm'];
  const hash = output('git', ['log', '-1', '--format=%h', '--', ...parts])?.trim() ?? 'unknown';
  const isChanged = output('git', ['status', '--porcelain', '--', ...parts])?.trim();
  return isChanged ? `${hash} with changes` : hash;
}

async function measure(name, given) {
  console.error(`${new Date().toLocaleTimeString('en-GB')} ${name} …`);
  const corpora = new Corpora(given.data);
  const before = loadavg()[0];
  const start = performance.now();
  const { run } = await import(`./suite/${name}.mjs`);
  // One section that fails does not lose what the others measured.
  const result = await run({ ...given, corpora }).catch((error) => {
    console.error(error);
    process.exitCode = 1;
    return { missing: [`the section failed: ${error.message}`] };
  });
  return {
    title: sections[name],
    ...result,
    missing: [...corpora.missing, ...(result.missing ?? [])],
    corpora: corpora.described,
    run: {
      date: new Date().toISOString().slice(0, 10),
      commit: commit(),
      seconds: (performance.now() - start) / 1000,
      load: [before, loadavg()[0]],
    },
  };
}

/** Corpora of all sections, each once. */
const allCorpora = (results) => [
  ...new Map(results.flatMap(({ corpora }) => corpora).map((one) => [one.sha256, one])).values(),
];

/** What the sections say about their results, won and lost. */
async function shortOf(results) {
  const sentences = [];
  for (const [name, result] of Object.entries(results)) {
    const { inShort } = await import(`./suite/${name}.mjs`);
    if (!inShort || !result.data) continue;
    try {
      sentences.push(...inShort(result));
    } catch {
      console.error(`${name} was measured by another version: npm run bench -- --only ${name}`);
    }
  }
  return sentences;
}

async function writePage(folder, byName, quick) {
  const results = Object.values(byName);
  const factbook = new Corpora().open('factbook');
  const pack = factbook && packOf('factbook-12', factbook.documents.slice(0, 12)).folder;
  const machine = await describeMachine(pack);
  const page = toMarkdown({
    machine,
    corpora: allCorpora(results),
    short: await shortOf(byName),
    sections: results,
    command: `npm run bench${quick ? ' -- --quick' : ''}`,
  });
  mkdirSync(`${folder}/images/benchmarks`, { recursive: true });
  for (const { pictures = [] } of results)
    for (const picture of pictures) writeFileSync(`${folder}/${pathOf(picture)}`, picture.svg);
  writeFileSync(`${folder}/benchmarks.md`, page);
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
    },
  });
  const { quick, data, only } = values;
  const names = Object.keys(sections);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown) throw new UserError(`No section ${unknown}. There are ${names.join(', ')}.`);
  const saved = `${workDir}/${quick ? 'quick' : 'full'}`;
  mkdirSync(saved, { recursive: true });
  for (const name of values.page ? [] : (only ?? names)) {
    const result = await measure(name, { quick, data });
    writeFileSync(`${saved}/${name}.json`, JSON.stringify(result));
  }
  const results = Object.fromEntries(
    names
      .filter((name) => existsSync(`${saved}/${name}.json`))
      .map((name) => [name, JSON.parse(readFileSync(`${saved}/${name}.json`, 'utf8'))]),
  );
  const folder = quick ? saved : `${root}/docs`;
  await writePage(folder, results, quick);
  if (values.json) {
    const plain = Object.values(results).map(({ pictures, ...rest }) => rest);
    console.log(JSON.stringify(plain));
  } else console.log(`${folder}/benchmarks.md`);
});
