/** The text of an EPUB: a zip file of pages of XHTML and of lists that say in which order they are read. */

import { unzipSync } from 'fflate';

export interface EpubOptions {
  /** A document that is never shown. */
  parseXml: (markup: string) => Document;
  readPage: (markup: string) => { title: string; text: string };
  onPage: (page: number, pages: number) => void;
}

/** Unpacked; pictures and fonts are not. */
const MAX_UNPACKED = 64 * 2 ** 20;
const NEEDED = /\.(?:x?html?|xml|opf)$/i;

/** Errors say what is wrong with the file, in words that follow its name. */
export async function readEpub(
  bytes: Uint8Array,
  { parseXml, readPage, onPage }: EpubOptions,
): Promise<{ title: string; text: string }> {
  const files = unpack(bytes);
  const decoder = new TextDecoder();
  const read = (path: string): string => {
    const content = files[path];
    if (!content) throw new Error('is damaged: a part of the book is missing.');
    return decoder.decode(content);
  };
  const parse = (path: string): Document => {
    const document = parseXml(read(path));
    if (document.querySelector('parsererror')) throw new Error('is damaged, or no EPUB.');
    return document;
  };

  if (!files['META-INF/container.xml']) throw new Error('is no EPUB.');
  const container = parse('META-INF/container.xml');
  const root = container.querySelector('rootfile')?.getAttribute('full-path') ?? '';
  const book = parse(root);
  const items = new Map(
    Array.from(book.querySelectorAll('manifest > item'), (item) => [
      item.getAttribute('id') ?? '',
      item.getAttribute('href') ?? '',
    ]),
  );
  const pages = Array.from(book.querySelectorAll('spine > itemref'), (part) =>
    resolved(items.get(part.getAttribute('idref') ?? '') ?? '', root),
  ).filter((path) => NEEDED.test(path));
  const locked = new Set(encrypted(files, parse));
  if (pages.some((path) => locked.has(path))) {
    throw new Error('is locked by its publisher (digital rights management).');
  }

  const texts: string[] = [];
  for (const [i, path] of pages.entries()) {
    onPage(i + 1, pages.length);
    texts.push(readPage(read(path)).text);
    // The page is drawn in between.
    await new Promise((resolve) => setTimeout(resolve));
  }
  const title = book.getElementsByTagNameNS('*', 'title')[0]?.textContent?.trim() ?? '';
  return { title, text: texts.filter((text) => text !== '').join('\n\n') };
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let sum = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!NEEDED.test(name)) return false;
        sum += originalSize;
        return sum <= MAX_UNPACKED;
      },
    });
  } catch {
    throw new Error('is damaged, or no EPUB.');
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what was left out must not look like a missing part.
    if (sum > MAX_UNPACKED) throw new Error('is too large once it is unpacked.');
  }
}

/** The paths of files that only the publisher's readers can open. */
function encrypted(files: Record<string, Uint8Array>, parse: (path: string) => Document): string[] {
  if (!files['META-INF/encryption.xml']) return [];
  const references = parse('META-INF/encryption.xml').getElementsByTagNameNS(
    '*',
    'CipherReference',
  );
  return Array.from(references, (reference) => decodeURI(reference.getAttribute('URI') ?? ''));
}

/** A path in the zip file, relative to the file that names it. */
const resolved = (href: string, from: string): string =>
  decodeURIComponent(new URL(href, `zip:///${from}`).pathname.slice(1));
