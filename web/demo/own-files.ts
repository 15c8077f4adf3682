/** Files of the reader's own as texts to learn: plain text, Markdown as it stands, the text of HTML, PDF and EPUB. */

import type { Learnable } from '../src/index.js';
import * as format from './format.js';
import { htmlText } from './html-text.js';
import { inertDocument, scriptUrl } from './trusted.js';

/** Of UTF-8: what `learn` takes at most, of all texts together. */
export const MAX_BYTES = 4 * 2 ** 20;
/** Markup is more than its text. */
const MAX_FILE = 4 * MAX_BYTES;
/** Pictures and fonts are most of such a file. */
const MAX_BOOK = 16 * MAX_BYTES;
const MAX_TITLE = 80;

/** Says of a file what is wrong with it, in words that follow its name. */
export class Unreadable extends Error {}

/** How far the reading of a long file is. */
type OnPage = (page: number, pages: number) => void;

export async function readFile(file: File, onPage: OnPage): Promise<Learnable> {
  const isPdf = /\.pdf$/i.test(file.name) || file.type === 'application/pdf';
  const isEpub = /\.epub$/i.test(file.name) || file.type === 'application/epub+zip';
  const most = isPdf || isEpub ? MAX_BOOK : MAX_FILE;
  if (file.size > most) throw tooLarge(file.size, most);
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => {
      throw new Unreadable('cannot be read; folders have to be opened first.');
    },
  );
  const { title, text } = isPdf
    ? await readPdf(bytes, onPage)
    : isEpub
      ? await readEpub(bytes, onPage)
      : readText(file, bytes);
  return checked({ id: `file:${file.name}`, title: title.slice(0, MAX_TITLE) || file.name, text });
}

function readText(file: File, bytes: Uint8Array): { title: string; text: string } {
  const isHtml = /\.x?html?$/i.test(file.name) || file.type === 'text/html';
  const content = decode(bytes, isHtml);
  return isHtml ? htmlText(inertDocument(content)) : { title: titleOf(content), text: content };
}

/** The readers of books are loaded with the first of them. */
async function readPdf(bytes: Uint8Array<ArrayBuffer>, onPage: OnPage) {
  const reader = await loaded(import('./pdf/reader.js'));
  const worker = new Worker(scriptUrl('pdf/worker.js'), { type: 'module' });
  try {
    const tablesUrl = new URL('pdf/tables/', document.baseURI).href;
    const found = await told(reader.readPdf(bytes, { worker, tablesUrl, onPage }));
    if (found.text === '') throw new Unreadable('has no text: its pages may be pictures.');
    return found;
  } finally {
    worker.terminate();
  }
}

async function readEpub(bytes: Uint8Array, onPage: OnPage) {
  const reader = await loaded(import('./epub/reader.js'));
  const parseXml = (markup: string) => inertDocument(markup, 'application/xml');
  const readPage = (markup: string) => {
    const page = inertDocument(markup, 'application/xhtml+xml');
    return htmlText(page.querySelector('parsererror') ? inertDocument(markup) : page);
  };
  return told(reader.readEpub(bytes, { parseXml, readPage, onPage }));
}

const loaded = <Module>(loading: Promise<Module>): Promise<Module> =>
  loading.catch(() => {
    throw new Unreadable('needs a part of this page that could not be loaded. Is there a network?');
  });

/** Readers are scripts of their own, and throw errors of their own. */
const told = <Found>(reading: Promise<Found>): Promise<Found> =>
  reading.catch((error: Error) => {
    throw new Unreadable(error.message);
  });

/** A text that was pasted, under its first line. */
export function pasted(text: string): Learnable {
  const first = text.trim().split('\n', 1)[0] as string;
  const title = first.length > MAX_TITLE ? `${first.slice(0, MAX_TITLE - 1)}…` : first;
  return checked({ id: `pasted:${Date.now()}`, title: title.replace(/^#+\s*/, ''), text });
}

function checked(document: Learnable): Learnable {
  if (document.text.trim() === '') throw new Unreadable('is empty.');
  const bytes = new TextEncoder().encode(document.text).length;
  if (bytes > MAX_BYTES) throw tooLarge(bytes, MAX_BYTES);
  return document;
}

const tooLarge = (bytes: number, most: number) =>
  new Unreadable(`is too large: ${format.bytes(bytes)}, of ${format.bytes(most)} at most.`);

/** Of Markdown: its first heading of level 1. */
const titleOf = (text: string) => /^# +(.+?)[ #]*$/m.exec(text)?.[1] ?? '';

/** UTF-8, UTF-16 with its mark, what a page says of itself, or the old encoding of Western Europe. */
function decode(bytes: Uint8Array, isHtml: boolean): string {
  const text = decodeBytes(bytes, isHtml);
  // Control characters that are no white space: programs, pictures and archives are full of them.
  const controls = text.match(/[^\P{Cc}\s]/gu)?.length ?? 0;
  if (text.includes('\0') || controls * 100 > text.length) {
    throw new Unreadable('is not text. Text, Markdown, HTML, PDF and EPUB can be read here.');
  }
  return text;
}

function decodeBytes(bytes: Uint8Array, isHtml: boolean): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const western = new TextDecoder('windows-1252');
    const head = isHtml ? western.decode(bytes.subarray(0, 1024)) : '';
    const declared = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head)?.[1];
    try {
      return new TextDecoder(declared ?? 'windows-1252').decode(bytes);
    } catch {
      return western.decode(bytes); // no such encoding
    }
  }
}
