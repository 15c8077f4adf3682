// Builds a model into build/packs/NAME. Usage: build-model.mjs [NAME]   (factbook by default)
// Nothing is done if the documents, the model's description and the tool are those of the last time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { folderOf } from './lib/cpp.mjs';
import { buildDir, packsDir, root } from './lib/paths.mjs';
import { main, run, UserError } from './lib/run.mjs';

const tool = `${folderOf('native')}/cento`;

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
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
  if (isCurrent) return;

  rmSync(madeFromPath, { force: true });
  const description = JSON.parse(readFileSync(descriptionPath, 'utf8'));
  const options = ['name', 'title', 'licence', 'language'].flatMap((key) => [
    `--${key}`,
    description[key],
  ]);
  await run(tool, ['build', documents, '--out', out, ...options]);
  // For hosts that serve such twins; the other files are compressed already.
  writeFileSync(
    `${out}/manifest.json.br`,
    brotliCompressSync(readFileSync(`${out}/manifest.json`)),
  );
  writeFileSync(madeFromPath, madeFrom);
});
