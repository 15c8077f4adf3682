// Writes the documents of a model as JSON Lines. Usage: build-documents.mjs NAME OUT.jsonl
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';

const [name, out] = process.argv.slice(2);
const models = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
if (out === undefined || !models.includes(name)) {
  console.error(`Usage: build-documents.mjs NAME OUT.jsonl; models: ${models.join(', ')}`);
  process.exit(2);
}

const { documents } = await import(`./${name}/documents.mjs`);
const all = await documents(); // before there is a file: one that is there counts as whole
const file = openSync(out, 'w');
let count = 0;
for (const document of all) {
  writeSync(file, `${JSON.stringify(document)}\n`);
  count += 1;
}
closeSync(file);
console.log(`${count} documents in ${out}`);
