/** The commands that read web pages: `build`, which makes a pack of them, and `documents`. */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import { CentoError } from '../client/error.js';
import { type BuildArguments, parseBuildArguments } from './arguments.js';
import { chooseWithin } from './budget.js';
import { type SourceDocument, toJsonLine } from './document.js';
import { type ReadDocument, readDocuments } from './documents.js';
import { isPageInput } from './inputs.js';
import { copyPageScripts } from './page-scripts.js';
import { type BuildFigures, compressedReference, summaryTable } from './summary.js';
import { askTool, atEnd, findTool, runTool } from './tool.js';
import { PageWarnings } from './warnings.js';
import { watchFolders } from './watch.js';

const progressMilliseconds = 100;
const mostLeftOutShown = 10;
const budgetAttempts = 6;

/** Hands folders and pages on to the tool as one file of JSON Lines, in the place of the first of them. */
export async function build(args: string[]): Promise<number> {
  const parsed = parseBuildArguments(args);
  const { elements, out } = parsed;
  if (elements && out === undefined)
    throw new CentoError('InvalidArgumentError', '--elements needs --out FOLDER.');
  const pages = parsed.inputs.filter(isPageInput);
  if (pages.length === 0) {
    const exitCode = await runTool(['build', ...args.filter((arg) => arg !== '--elements')]);
    if (exitCode === 0 && elements && out !== undefined) copyPageScripts(out);
    return exitCode;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cento-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'documents.jsonl');
  if (!parsed.watch) return buildOnce(parsed, pages, file);

  if (parsed.out === undefined)
    throw new CentoError('InvalidArgumentError', '--watch needs --out FOLDER.');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const again = async () => {
    await buildOnce(parsed, pages, file).catch((error: Error) => say(error.message));
    say('waiting for changes (Ctrl+C ends this)');
  };
  await again();
  await watchFolders(pages, parsed.out, again, stop.signal);
  return 0;
}

async function buildOnce(parsed: BuildArguments, pages: string[], file: string): Promise<number> {
  const tool = findTool();
  const warnings = new PageWarnings(say);
  const read = await writeDocuments(pages, file, parsed, warnings);
  warnings.finish();
  const first = pages[0];
  const inputs = parsed.inputs.flatMap((input) =>
    pages.includes(input) ? (input === first ? [file] : []) : [input],
  );
  const isGiven = parsed.toolOptions.some((o) => o === '--language' || o === '--base');
  const found = isGiven || read.language === '' ? [] : ['--language', read.language];
  const args = ['build', ...inputs, ...parsed.toolOptions, '--json', ...found];

  let { exitCode, output } = await askTool(args, tool);
  let figures = figuresOf(output);
  // What a document takes among others is known only when all are there.
  const { budget = Number.POSITIVE_INFINITY } = parsed;
  for (let attempt = 1; figures && attempt <= budgetAttempts; attempt++) {
    const isOver = figures.wireBytes > budget;
    const hasRoom = read.leftOut.length > 0 && figures.wireBytes < 0.95 * budget;
    if (!isOver && !(hasRoom && attempt <= 2)) break;
    read.budget = Math.floor(read.budget * (budget / figures.wireBytes) * 0.98);
    chooseAndWrite(read, file);
    ({ exitCode, output } = await askTool(args, tool));
    figures = figuresOf(output);
  }
  if (exitCode !== 0 || figures === undefined) {
    if (parsed.isJson) process.stdout.write(output);
    return exitCode;
  }
  tellLeftOut(read);
  if (figures.wireBytes > budget)
    throw new CentoError('InvalidArgumentError', 'The budget is too small for these pages.');
  if (parsed.out !== undefined) writeTwin(join(parsed.out, 'manifest.json'));
  if (parsed.elements && parsed.out !== undefined) copyPageScripts(parsed.out);
  const { pages: count, words } = read;
  const leftOut = { count: read.leftOut.length, ids: read.leftOut.map(({ id }) => id) };
  if (parsed.isJson) {
    const told = { pages: count, words, warnings: warnings.count, leftOut: leftOut.ids };
    process.stdout.write(`${JSON.stringify({ ...figures, ...told })}\n`);
  } else {
    const reference = compressedReference(file);
    process.stdout.write(
      summaryTable({ pages: count, leftOut: leftOut.count, words, figures, reference }),
    );
  }
  if (warnings.count > 0 && parsed.strict) {
    say(`${warnings.count} warnings, which --strict makes a failure`);
    return 1;
  }
  return 0;
}

/** Writes what `build` would hand on, so that it can be read, changed or measured with. */
export async function documents(args: string[]): Promise<number> {
  const parsed = parseBuildArguments(args);
  const { inputs, out } = parsed;
  if (inputs.length === 0 || out === undefined)
    throw new CentoError('InvalidArgumentError', 'Usage: cento documents INPUT... --out FILE');
  const warnings = new PageWarnings(say);
  const read = await writeDocuments(inputs, out, parsed, warnings);
  warnings.finish();
  tellLeftOut(read);
  say(`${read.pages} documents in ${out}`);
  return parsed.strict && warnings.count > 0 ? 1 : 0;
}

interface Read {
  /** That are handed on. */
  pages: number;
  words: number;
  /** The language that most pages say they are in, or empty. */
  language: string;
  /** All documents where there is a budget; they are not kept otherwise. */
  all: ReadDocument[];
  /** What is aimed at; infinite where there is none. */
  budget: number;
  leftOut: SourceDocument[];
}

async function writeDocuments(
  inputs: string[],
  file: string,
  from: BuildArguments,
  warnings: PageWarnings,
): Promise<Read> {
  const languages = new Map<string, number>();
  const budget = from.budget ?? Number.POSITIVE_INFINITY;
  const read: Read = { pages: 0, words: 0, language: '', all: [], budget, leftOut: [] };
  const hasBudget = from.budget !== undefined;
  const progress = progressLine();
  const output = openSync(file, 'w');
  try {
    const options = {
      ...from,
      warn: (path: string, message: string, isNote: boolean) => {
        progress.clear();
        warnings.add(path, message, isNote);
      },
      onPage: progress.show,
    };
    for (const item of readDocuments(inputs, options)) {
      if (hasBudget) read.all.push(item);
      else count(item.document, read, output);
      const tag = item.language.split('-', 1)[0]?.toLowerCase() ?? '';
      if (tag !== '') languages.set(tag, (languages.get(tag) ?? 0) + 1);
      await setImmediate(); // lets a signal in
    }
  } finally {
    closeSync(output);
    progress.clear();
  }
  if (hasBudget) chooseAndWrite(read, file);
  const [most] = [...languages].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return Object.assign(read, { language: most?.[0] ?? '' });
}

function chooseAndWrite(read: Read, file: string): void {
  const { kept, leftOut } = chooseWithin(read.all, read.budget);
  if (kept.length === 0)
    throw new CentoError('InvalidArgumentError', 'The budget is too small for any page.');
  Object.assign(read, { pages: 0, words: 0, leftOut: leftOut.map(({ document }) => document) });
  const output = openSync(file, 'w');
  try {
    for (const { document } of kept) count(document, read, output);
  } finally {
    closeSync(output);
  }
}

function count(document: SourceDocument, read: Read, output: number): void {
  writeSync(output, toJsonLine(document));
  read.pages += 1;
  for (const { heading, text } of document.sections)
    read.words += (`${heading} ${text}`.match(/\S+/g) ?? []).length;
}

// What people see ---------------------------------------------------------------------------------

function say(line: string): void {
  process.stderr.write(`cento: ${line}\n`);
}

function tellLeftOut({ leftOut }: Read): void {
  if (leftOut.length === 0) return;
  for (const { id } of leftOut.slice(0, mostLeftOutShown))
    say(`${id}: left out to keep the budget`);
  const more = leftOut.length - mostLeftOutShown;
  if (more > 0) say(`${more} more pages: left out to keep the budget`);
}

function figuresOf(output: string): BuildFigures | undefined {
  try {
    const figures: unknown = JSON.parse(output);
    const isObject = typeof figures === 'object' && figures !== null && 'wireBytes' in figures;
    return isObject ? (figures as BuildFigures) : undefined;
  } catch {
    return undefined;
  }
}

/** For hosts that serve what was compressed before; the other files are compressed by themselves. */
function writeTwin(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
  writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
}

/** A line on a terminal; nothing elsewhere. */
function progressLine() {
  const isTerminal = process.stderr.isTTY === true;
  let last = 0;
  const clear = () => void (isTerminal && last > 0 && process.stderr.write('\r\x1b[K'));
  return {
    clear,
    show(number: number, of: number): void {
      if (!isTerminal || Date.now() - last < progressMilliseconds) return;
      last = Date.now();
      process.stderr.write(`\r\x1b[Kreading pages ${number} of ${of}`);
    },
  };
}
