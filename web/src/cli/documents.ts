/** Reads pages into documents, leaving out what cannot serve, with a reason for a person to read. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { isBinary } from './decode.js';
import type { LeftOutPage, PageContent, SourceDocument } from './document.js';
import { readHtml } from './html-reader.js';
import { findPages, type PageFile, type PageKind } from './inputs.js';
import { readMarkdown } from './markdown-reader.js';
import { readText } from './text-reader.js';

export interface ReadOptions {
  /** Where the site stands: put before relative URLs. */
  baseUrl?: string;
  /** URLs without "index.html" and ".html". */
  cleanUrls?: boolean;
  /** Pages that say another value of one of these names ("name:value") are left out. */
  filters?: string[];
  /** Told of each page that is left out or read with doubts; `isNote` where the page asks for it. */
  warn: (path: string, message: string, isNote: boolean) => void;
  /** Told before each page how many there are. */
  onPage?: (number: number, of: number) => void;
}

export interface ReadDocument {
  document: SourceDocument;
  /** Tag of the page's language, or empty. */
  language: string;
  weight: number;
}

const mostBytes = 16 * 1024 * 1024;

const readers: Record<PageKind, (bytes: Uint8Array) => PageContent | LeftOutPage> = {
  html: readHtml,
  markdown: readMarkdown,
  text: readText,
};

/** One page at a time; a page that cannot be read never stops the others. */
export function* readDocuments(inputs: string[], options: ReadOptions): Generator<ReadDocument> {
  const ids = new Set<string>();
  const pathOfText = new Map<string, string>();
  const pages = findPages(inputs);
  for (const [number, page] of pages.entries()) {
    options.onPage?.(number, pages.length);
    const content = readPage(page, options.filters ?? []);
    const twin = 'leftOut' in content ? undefined : pathOfText.get(hashOf(content));
    const reason = 'leftOut' in content ? content.leftOut : reasonNotToTake(page, ids, twin);
    if (reason !== undefined || 'leftOut' in content) {
      const isNote = 'leftOut' in content && content.isWanted === true;
      options.warn(page.path, `left out: ${reason}`, isNote);
      continue;
    }
    for (const warning of content.warnings) options.warn(page.path, warning, false);
    if (content.title === '') options.warn(page.path, 'has no title: its file name serves', false);
    ids.add(page.path);
    pathOfText.set(hashOf(content), page.path);
    const title = content.title || titleFromPath(page.path);
    const url = urlOf(page, content.canonicalUrl, options);
    const document = { id: page.path, url, title, sections: content.sections };
    yield { document, language: content.language, weight: content.weight };
  }
}

function reasonNotToTake(page: PageFile, ids: Set<string>, twin?: string): string | undefined {
  if (ids.has(page.path)) return 'another input has a page of this path';
  return twin === undefined ? undefined : `has the same text as ${twin}`;
}

function readPage({ file, kind }: PageFile, filters: string[]): PageContent | LeftOutPage {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) return { leftOut: `has ${size} bytes; at most ${mostBytes} are read` };
    const bytes = readFileSync(file);
    if (isBinary(bytes)) return { leftOut: 'is not a text file' };
    const content = readers[kind](bytes);
    if ('leftOut' in content) return content;
    const other = otherFilter(content.filters, filters);
    if (other !== undefined) return { leftOut: `belongs to ${other}`, isWanted: true };
    if (content.sections.some(({ text }) => text !== '')) return content;
    return { leftOut: 'has no text of its own' };
  } catch (error) {
    return { leftOut: `cannot be read: ${error instanceof Error ? error.message : error}` };
  }
}

/** Of what a page says it belongs to, what is not wanted though it says so of nothing that is. */
function otherFilter(said: string[], wanted: string[]): string | undefined {
  for (const name of new Set(wanted.map(nameOf))) {
    const values = said.filter((filter) => nameOf(filter) === name);
    if (values.length > 0 && !values.some((value) => wanted.includes(value))) return values[0];
  }
  return undefined;
}

function nameOf(filter: string): string {
  return filter.slice(0, filter.indexOf(':'));
}

function hashOf({ sections }: PageContent): string {
  const text = sections.map(({ heading, text }) => `${heading}\n${text}`).join('\n');
  return createHash('sha256').update(text).digest('base64');
}

function titleFromPath(path: string): string {
  return posix.basename(path, posix.extname(path));
}

/** A Markdown file becomes the HTML page that generators make of it. */
function urlOf(page: PageFile, canonicalUrl: string, { baseUrl, cleanUrls }: ReadOptions): string {
  if (canonicalUrl !== '') return canonicalUrl;
  let path = page.path;
  if (page.kind === 'markdown')
    path = path.replace(/\.\w+$/, '.html').replace(/(^|\/)README\.html$/i, '$1index.html');
  if (cleanUrls === true) path = path.replace(/(?:(^|\/)index)?\.html?$/i, '$1');
  const url = path.split('/').map(encodeURIComponent).join('/');
  return baseUrl === undefined ? url || './' : `${baseUrl.replace(/\/*$/, '/')}${url}`;
}
