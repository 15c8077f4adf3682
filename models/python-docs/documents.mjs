// The Python documentation as documents, read as `cento build` reads any site.
import { existsSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const site = '/usr/share/doc/python3.11/html';
const baseUrl = 'https://docs.python.org/3.11/';

export async function documents() {
  if (!existsSync(site))
    throw new Error(`There is no ${site}: install the Debian package python3.11-doc.`);
  const { readDocuments } = await tsImport('../../web/src/cli/documents.ts', import.meta.url);
  const warn = (path, message) => console.error(`${path}: ${message}`);
  return Array.from(readDocuments([site], { baseUrl, warn }), ({ document }) => document);
}
