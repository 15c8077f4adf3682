// Runs the built command-line tool, natively and under Node, and makes small inputs for it.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// Another folder of builds can be given, to test one that is not npm's.
const builds = process.env.CENTO_BUILDS ?? join(root, 'build');

/** The same program twice: both must do the same, byte for byte. */
export const tools = [
  { name: 'native', command: [join(builds, 'native/cento')] },
  { name: 'Node', command: [process.execPath, join(builds, 'wasm/cento.cjs')] },
];
export const [native, wasm] = tools;
export const goldenDir = join(root, 'tests/golden');

/** Runs to the end: {code, stdout, stderr}. */
export function run(tool, args, input = '') {
  const [command, ...first] = tool.command;
  const done = spawnSync(command, [...first, ...args], { input, maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  return { code: done.status, stdout: done.stdout.toString(), stderr: done.stderr.toString() };
}

/** Runs with --json: the object that it printed, beside the rest. */
export function runJson(tool, args, input) {
  const result = run(tool, [...args, '--json'], input);
  try {
    return { ...result, json: JSON.parse(result.stdout) };
  } catch (error) {
    throw new Error(`cento ${args.join(' ')}: ${error.message}\n${result.stdout}${result.stderr}`);
  }
}

/** A folder of its own, removed when the process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'cento-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes {path: content}, making folders; gives the folder. */
export function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** {name: content} of the files of a folder. */
export function readFiles(folder) {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

/** {name: SHA-256} of the files of a folder. */
export const fingerprints = (folder) =>
  Object.fromEntries(
    Object.entries(readFiles(folder)).map(([name, content]) => [
      name,
      createHash('sha256').update(content).digest('hex'),
    ]),
  );

export const jsonLines = (documents) => documents.map((d) => `${JSON.stringify(d)}\n`).join('');
