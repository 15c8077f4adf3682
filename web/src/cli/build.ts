/** The commands that read web pages: `build`, which makes a pack of them, and `documents`. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CentoError } from '../client/error.js';
import { type BuildArguments, parseBuildArguments } from './arguments.js';
import { toJsonLine } from './document.js';
import { readDocuments } from './documents.js';
import { isPageInput } from './inputs.js';
import { atEnd, findTool, runTool } from './tool.js';

/** Hands folders and pages on to the tool as one file of JSON Lines, in the place of the first of them. */
export async function build(args: string[]): Promise<number> {
  const parsed = parseBuildArguments(args);
  const tool = findTool();
  const pages = parsed.inputs.filter(isPageInput);
  if (pages.length === 0) return runTool(['build', ...args], tool);
  const folder = mkdtempSync(join(tmpdir(), 'cento-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'documents.jsonl');
  const { language } = await writeDocuments(pages, file, parsed);
  const first = pages[0];
  const inputs = parsed.inputs.flatMap((input) =>
    pages.includes(input) ? (input === first ? [file] : []) : [input],
  );
  const isGiven = parsed.toolOptions.includes('--language');
  const found = isGiven || language === '' ? [] : ['--language', language];
  return runTool(['build', ...inputs, ...parsed.toolOptions, ...found], tool);
}

/** Writes what `build` would hand on, so that it can be read, changed or measured with. */
export async function documents(args: string[]): Promise<number> {
  const parsed = parseBuildArguments(args);
  const { inputs, out } = parsed;
  if (inputs.length === 0 || out === undefined)
    throw new CentoError('InvalidArgumentError', 'Usage: cento documents INPUT... --out FILE');
  const { count } = await writeDocuments(inputs, out, parsed);
  process.stderr.write(`${count} documents in ${out}\n`);
  return 0;
}

interface Written {
  count: number;
  /** The language that most pages say they are in, or empty. */
  language: string;
}

async function writeDocuments(
  inputs: string[],
  file: string,
  from: BuildArguments,
): Promise<Written> {
  const warn = (path: string, message: string) =>
    void process.stderr.write(`cento: ${path}: ${message}\n`);
  const languages = new Map<string, number>();
  let count = 0;
  const output = openSync(file, 'w');
  try {
    for (const { document, language } of readDocuments(inputs, { ...from, warn })) {
      writeSync(output, toJsonLine(document));
      const tag = language.split('-', 1)[0]?.toLowerCase() ?? '';
      if (tag !== '') languages.set(tag, (languages.get(tag) ?? 0) + 1);
      count += 1;
      await setImmediate(); // lets a signal in
    }
  } finally {
    closeSync(output);
  }
  const [most] = [...languages].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { count, language: most?.[0] ?? '' };
}
