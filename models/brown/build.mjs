// Writes the Brown corpus for evaluation into build/models. Usage: node models/brown/build.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildDir } from '../../scripts/lib/paths.mjs';
import { readCorpus, split, toClosedVocabulary, toDocuments } from './corpus.mjs';

const parts = split(readCorpus());
const forms = {
  brown: { train: toDocuments(parts.train), test: toDocuments(parts.test) },
  'brown-words': toClosedVocabulary(parts, 2),
  'brown-words-seen': toClosedVocabulary(parts, 1),
};

mkdirSync(`${buildDir}/models`, { recursive: true });
for (const [form, byPart] of Object.entries(forms)) {
  for (const [part, documents] of Object.entries(byPart)) {
    const path = `${buildDir}/models/${form}.${part}.jsonl`;
    writeFileSync(path, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
    console.log(`${documents.length} documents in ${path}`);
  }
}
