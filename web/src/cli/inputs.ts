/** Finds the files of the inputs that are read here: folders and single pages. */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { CentoError } from '../client/error.js';
import { sitemapPlaces } from './sitemap.js';

export type PageKind = 'html' | 'markdown' | 'text';

export interface PageFile {
  /** Where it is. */
  file: string;
  /** The path from the folder that was given, with "/". */
  path: string;
  kind: PageKind;
}

const kinds: Record<string, PageKind> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
};

/** What generators and tools put beside the pages; names with a leading dot are left out too. */
const ignoredFolders = new Set(
  'node_modules _static _sources _images _downloads _modules __pycache__'.split(' '),
);
const ignoredFiles =
  /^(?:(?:robots|llms|llms-full|requirements|humans|ads|CMakeLists)\.txt|SUMMARY\.md)$/;

export function kindOf(path: string): PageKind | undefined {
  return kinds[extname(path).toLowerCase()];
}

/** Whether an input of `build` is read here; the tool reads JSON Lines itself. */
export function isPageInput(input: string): boolean {
  return kindOf(input) !== undefined || statOf(input)?.isDirectory() === true;
}

/**
 * All pages of the inputs: the inputs in their order, the pages of a folder as its sitemap lists them, then
 * by path, in the order of UTF-16 code units. Of several folders each one's name comes first in the path.
 */
export function findPages(inputs: string[]): PageFile[] {
  const isFolder = (input: string) => statOf(input)?.isDirectory() === true;
  const areSeveral = inputs.filter(isFolder).length > 1;
  return inputs.flatMap((input) => {
    if (statOf(input) === undefined)
      throw new CentoError('NotFoundError', `There is no file or folder ${input}.`);
    if (!isFolder(input)) return toPages([basename(input)], () => input);
    const paths = pathsIn(input, '').sort();
    const places = sitemapPlaces(input, paths);
    const placeOf = (path: string) => places.get(path) ?? paths.length;
    paths.sort((a, b) => placeOf(a) - placeOf(b)); // a stable sort
    const pages = toPages(paths, (path) => join(input, path));
    if (pages.length === 0)
      throw new CentoError(
        'InvalidArgumentError',
        `There is no page in ${input}: no file ends in ${Object.keys(kinds).join(', ')}.`,
      );
    const prefix = areSeveral ? `${basename(join(input, '.')) || input}/` : '';
    return pages.map((page) => ({ ...page, path: prefix + page.path }));
  });
}

function toPages(paths: string[], fileOf: (path: string) => string): PageFile[] {
  return paths.flatMap((path) => {
    const kind = kindOf(path);
    return kind === undefined ? [] : [{ file: fileOf(path), path, kind }];
  });
}

/** Links to folders are not followed, so that no folder is read twice or for ever. */
function pathsIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    if (entry.isDirectory()) return ignoredFolders.has(entry.name) ? [] : pathsIn(root, `${path}/`);
    if (kindOf(path) === undefined || ignoredFiles.test(entry.name)) return [];
    return entry.isFile() || statOf(join(root, path))?.isFile() === true ? [path] : [];
  });
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
