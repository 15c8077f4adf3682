// The Python documentation as documents, read as `cento build` reads any site.
import { tsImport } from 'tsx/esm/api';
import { packageFolder } from '../debian.mjs';

const baseUrl = 'https://docs.python.org/3.11/';

export async function documents() {
  const site = `${packageFolder('python3.11-doc')}/usr/share/doc/python3.11/html`;
  const { readDocuments } = await tsImport('../../web/src/cli/documents.ts', import.meta.url);
  const warn = (path, message) => console.error(`${path}: ${message}`);
  return Array.from(readDocuments([site], { baseUrl, warn }), ({ document }) => document);
}
