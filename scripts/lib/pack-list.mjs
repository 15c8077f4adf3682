// The list of built models, packs.json beside their packs: what the demo offers to choose from.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { packsDir, root } from './paths.mjs';

/** These come first. */
const ORDER = ['factbook', 'python-docs', 'wordnet', 'english'];

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** Writes what stands in build/packs of models/: name, title, bytes on the wire, and what to ask. */
export function writePackList() {
  const place = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const packs = readdirSync(`${root}/models`)
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .flatMap((name) => {
      const manifest = readJson(`${packsDir}/${name}/manifest.json`);
      if (!existsSync(`${root}/models/${name}/model.json`) || !manifest) return [];
      const {
        questions = [],
        followUps = [],
        topics = [],
      } = readJson(`${root}/models/${name}/asked.json`) ?? {};
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      return [{ name, title: manifest.title, bytes, questions, followUps, topics }];
    });
  mkdirSync(packsDir, { recursive: true });
  writeFileSync(`${packsDir}/packs.json`, `${JSON.stringify(packs, null, 2)}\n`);
}
