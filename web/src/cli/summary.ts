/** What a person wants to know at the end of a build: a table, and what to look at. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

export interface BuildFigures {
  documents: number;
  textBytes: number;
  wireBytes: number;
  seconds: number;
  newBytes?: number;
}

export interface Reference {
  name: string;
  bytes: number;
}

/** The largest text that is worth the wait for a comparison, in bytes. */
const mostCompared = 64 * 1024 * 1024;

/** What a general compressor makes of the same text: xz where there is one, else Brotli. */
export function compressedReference(file: string): Reference | undefined {
  const text = readFileSync(file);
  if (text.length > mostCompared) return undefined;
  const input = openSync(file, 'r');
  try {
    const xz = spawnSync('xz', ['-9e', '-c', '-T1'], {
      stdio: [input, 'pipe', 'ignore'],
      maxBuffer: mostCompared,
    });
    if (xz.status === 0) return { name: 'xz -9e', bytes: xz.stdout.length };
  } finally {
    closeSync(input);
  }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return { name: 'Brotli 9', bytes: brotliCompressSync(text, { params }).length };
}

export interface Summary {
  pages: number;
  leftOut: number;
  words: number;
  figures: BuildFigures;
  reference: Reference | undefined;
}

export function summaryTable({ pages, leftOut, words, figures, reference }: Summary): string {
  const { textBytes, wireBytes, newBytes, seconds } = figures;
  const rows: [string, string][] = [
    ['pages', count(pages)],
    ...(leftOut > 0 ? [['left out', count(leftOut)] as [string, string]] : []),
    ['words', count(words)],
    ['text', size(textBytes)],
    ['to download', size(wireBytes)],
  ];
  if (reference !== undefined) {
    const share = (wireBytes / reference.bytes).toFixed(2);
    rows.push([
      `the same by ${reference.name}`,
      `${size(reference.bytes)} (× ${share} to download)`,
    ]);
  }
  if (newBytes !== undefined) rows.push(['new for visitors who were here', size(newBytes)]);
  rows.push(['time', `${seconds.toFixed(1)} s`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('');
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function size(bytes: number): string {
  return bytes < 10_000 ? `${count(bytes)} bytes` : `${count(Math.round(bytes / 1000))} kB`;
}
