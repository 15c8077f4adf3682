// Rust's documentation as documents, read as `cento build` reads any site.
import { tsImport } from 'tsx/esm/api';
import { htmlFolder } from './html.mjs';

const baseUrl = 'https://doc.rust-lang.org/1.63.0/';

export async function documents() {
  const { readDocuments } = await tsImport('../../web/src/cli/documents.ts', import.meta.url);
  const warn = () => {}; // some ten thousand pages only lead to others
  return Array.from(readDocuments([htmlFolder()], { baseUrl, warn }), ({ document }) => document);
}
