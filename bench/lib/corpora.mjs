// The texts that measurements are made on: the project's own models (build/models), and test collections in a
// folder that the caller gives. Nothing of the latter is part of the project.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { buildDir, root } from '../../scripts/lib/paths.mjs';
import { cento, nativeTool } from './tool.mjs';

export const workDir = `${buildDir}/bench`;

const models = `${buildDir}/models`;

const buildModel = (name) => ['scripts/build-model.mjs', name];

/**
 * Every corpus: where its files are, given the folder of collections; what makes them, of the project's own ones;
 * and how one comes by them.
 */
const known = {
  factbook: {
    files: () => [`${models}/factbook.jsonl`],
    make: buildModel('factbook'),
    how: 'npm run build:model',
  },
  'python-docs': {
    files: (data) => [`${data}/lm/pydocs.train.jsonl`, `${data}/lm/pydocs.test.jsonl`],
    otherwise: [`${models}/python-docs.jsonl`],
    make: buildModel('python-docs'),
    how: 'npm run build:model -- python-docs',
  },
  'python-docs-sections': {
    files: () => [`${models}/python-docs.jsonl`],
    make: buildModel('python-docs'),
    how: 'npm run build:model -- python-docs',
  },
  brown: {
    files: () => [`${models}/brown.train.jsonl`, `${models}/brown.test.jsonl`],
    make: ['models/brown/build.mjs'],
    how: 'node models/brown/build.mjs',
  },
  wordnet: {
    files: () => [`${models}/wordnet.jsonl`],
    make: buildModel('wordnet'),
    how: 'npm run build:model -- wordnet',
  },
  'rust-docs': {
    files: () => [`${models}/rust-docs.jsonl`],
    make: buildModel('rust-docs'),
    how: 'npm run build:model -- rust-docs',
  },
  english: {
    files: () => [`${models}/english.chosen.jsonl`],
    make: buildModel('english'),
    how: 'npm run build:model -- english',
  },
  squad: { files: (data) => [`${data}/squad/corpus.jsonl`], how: '--data DIR with squad/' },
  cranfield: {
    files: (data) => [`${data}/cranfield/corpus.jsonl`],
    how: '--data DIR with cranfield/',
  },
};

const isThere = (paths) => paths.length > 0 && paths.every(existsSync);

/** Builds one of the project's own models, some from packages that it fetches. One that fails is told. */
function makeModel(name) {
  console.error(`building ${name} …`);
  // Standard output is for the figures.
  const stdio = ['ignore', 2, 2];
  const { status } = spawnSync(process.execPath, known[name].make, { cwd: root, stdio });
  if (status !== 0) console.error(`${name} could not be built.`);
}

/** A document's plain text as `cento build` takes it: headings and sections with a blank line between. */
export function textOf({ title = '', text, sections }) {
  if (text !== undefined) return text;
  const parts = (sections ?? []).flatMap(({ heading = '', text }) => [
    heading.trim(),
    text.replace(/^[\r\n]+|[\r\n]+$/g, ''),
  ]);
  return parts.filter(Boolean).join('\n\n') || title;
}

/** The lines of a JSON Lines file, parsed; a collection's `_id` becomes `id`. */
export function readLines(path) {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { _id, ...rest } = JSON.parse(line);
    return _id === undefined ? rest : { id: String(_id), ...rest };
  });
}

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** All text as one run of bytes, a blank line between documents. */
export const bytesOf = (documents) => Buffer.from(documents.map(textOf).join('\n\n'));

/** Whether a document is held out: about one in ten, by its id alone. */
export const isHeldOut = ({ id }) => createHash('sha256').update(String(id)).digest()[0] < 26;

/**
 * What a run measures on. `open(name)` gives {name, documents, bytes, sha256, from, isGiven} or undefined, and
 * then `missing` says what was not there; `described` are those that were opened.
 */
export class Corpora {
  described = [];
  missing = [];
  #opened = new Map();

  constructor(data) {
    this.data = data;
  }

  open(name) {
    if (this.#opened.has(name)) return this.#opened.get(name);
    const { files, otherwise = [], make, how } = known[name];
    const given = files(this.data ?? '');
    if (make && !isThere(given) && !isThere(otherwise)) makeModel(name);
    const paths = isThere(given) ? given : otherwise;
    if (!isThere(paths)) {
      this.missing.push(`${name} (${how})`);
      this.#opened.set(name, undefined);
      return undefined;
    }
    const parts = paths.map(readLines);
    const documents = parts.flat();
    const text = bytesOf(documents);
    const corpus = {
      name,
      documents,
      // As it comes, where it comes in two parts.
      split: parts.length === 2 ? { train: parts[0], test: parts[1] } : undefined,
      bytes: text.length,
      sha256: sha256(text),
      from: paths[0].startsWith(models) ? `\`${how}\`` : 'given by `--data`',
    };
    this.#opened.set(name, corpus);
    this.described.push({ ...corpus, documents: documents.length, split: undefined });
    return corpus;
  }

  /** Those of `names` that are there. */
  openAll(names) {
    return names.map((name) => this.open(name)).filter(Boolean);
  }

  /** {train, test}: as the corpus comes, or one page in ten held out by the hash of its id. */
  split({ documents, split }) {
    return (
      split ?? {
        train: documents.filter((one) => !isHeldOut(one)),
        test: documents.filter(isHeldOut),
      }
    );
  }
}

/** A file of JSON Lines with these documents, and its path; named after its content, so written once. */
export function fileOf(name, documents) {
  const lines = documents.map((document) => `${JSON.stringify(document)}\n`).join('');
  const path = `${workDir}/${name}.${sha256(lines).slice(0, 12)}.jsonl`;
  mkdirSync(workDir, { recursive: true });
  if (!existsSync(path)) writeFileSync(path, lines);
  return path;
}

/**
 * The folder of a pack of these documents, built by the present tool unless it is there already: {folder, input,
 * seconds?} and what `cento build` says.
 */
export function packOf(name, documents, options = []) {
  const input = fileOf(name, documents);
  const tool = readFileSync(nativeTool);
  const folder = `${workDir}/${name}.${sha256(input, tool, ...options).slice(0, 12)}`;
  const saved = `${folder}/build.json`;
  if (!existsSync(saved)) {
    const built = cento(['build', input, '--out', folder, '--name', name, ...options]);
    writeFileSync(saved, JSON.stringify(built));
  }
  return { folder, input, ...JSON.parse(readFileSync(saved, 'utf8')) };
}
