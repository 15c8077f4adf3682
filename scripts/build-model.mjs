// Builds a model into build/packs/NAME. Usage: build-model.mjs [NAME]   (factbook by default)
// A model with a budget gets the documents that add most for each byte (web/src/cli/budget.ts).
// Nothing is done if the documents, the model's description and the tool are those of the last time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { tsImport } from 'tsx/esm/api';
import { folderOf } from './lib/cpp.mjs';
import { writePackList } from './lib/pack-list.mjs';
import { buildDir, packsDir, root } from './lib/paths.mjs';
import { main, run, UserError } from './lib/run.mjs';

const tool = `${folderOf('native')}/cento`;

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
}

/** All documents, or those that fit: what they take among others is known only when all are there. */
async function buildWithin(budget, path, out, build) {
  const { chooseWithin } = await tsImport('../web/src/cli/budget.ts', import.meta.url);
  const all = readFileSync(path, 'utf8').trimEnd().split('\n').map(toWeighed);
  const chosenPath = path.replace('.jsonl', '.chosen.jsonl');
  let kept = all;
  let aim = budget;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    writeFileSync(chosenPath, kept.map(({ line }) => `${line}\n`).join(''));
    await build(chosenPath);
    const { files } = JSON.parse(readFileSync(`${out}/manifest.json`, 'utf8'));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    console.log(`${kept.length} of ${all.length} documents in ${bytes} bytes`);
    if (bytes <= budget && (bytes > 0.95 * budget || kept.length === all.length)) return;
    // The first guess is not scaled: documents compress better together than alone.
    if (attempt > 0) aim = Math.floor(aim * (budget / bytes) * 0.99);
    ({ kept } = chooseWithin(all, aim));
  }
  throw new UserError(`The documents do not fit into ${budget} bytes.`);
}

function toWeighed(json) {
  const { weight = 1, ...document } = JSON.parse(json);
  const sections = document.sections ?? [{ heading: '', text: document.text }];
  return {
    document: { ...document, sections },
    weight,
    line: JSON.stringify(document),
  };
}

await main(async () => {
  const name = process.argv[2] ?? 'factbook';
  const descriptionPath = `${root}/models/${name}/model.json`;
  if (!existsSync(descriptionPath)) throw new UserError(`There is no models/${name}/model.json`);
  if (!existsSync(tool)) throw new UserError('The tool is not built. Run: npm run build:native');

  const work = `${buildDir}/models`;
  const documents = `${work}/${name}.jsonl`;
  const out = `${packsDir}/${name}`;
  mkdirSync(work, { recursive: true });
  await run(process.execPath, ['models/build-documents.mjs', name, documents]);

  const madeFromPath = `${work}/${name}.made-from`;
  const madeFrom = hashOf([documents, descriptionPath, tool]);
  const isCurrent =
    existsSync(`${out}/manifest.json.br`) &&
    existsSync(madeFromPath) &&
    readFileSync(madeFromPath, 'utf8') === madeFrom;
  if (isCurrent) return writePackList();

  rmSync(madeFromPath, { force: true });
  const description = JSON.parse(readFileSync(descriptionPath, 'utf8'));
  const options = ['name', 'title', 'licence', 'language'].flatMap((key) => [
    `--${key}`,
    description[key],
  ]);
  const { budget } = description;
  const build = (from) => run(tool, ['build', from, '--out', out, ...options]);
  if (budget === undefined) await build(documents);
  else await buildWithin(budget, documents, out, build);
  // For hosts that serve such twins; the other files are compressed already.
  writeFileSync(
    `${out}/manifest.json.br`,
    brotliCompressSync(readFileSync(`${out}/manifest.json`)),
  );
  writeFileSync(madeFromPath, madeFrom);
  writePackList();
});
