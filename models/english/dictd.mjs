// Entries of the dictionaries that Debian packages for dictd: a headword or several, and indented text.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFolder } from '../debian.mjs';

/** The entries of a dictionary, those that tell of the database left out: {heads, paragraphs}. */
export function entries(name) {
  const path = `${packageFolder(`dict-${name}`)}/usr/share/dictd/${name}.dict.dz`;
  return readEntries(gunzipSync(readFileSync(path)).toString());
}

export function readEntries(text) {
  const list = [];
  let entry;
  let isHead = true;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      if (!isHead || !entry) {
        entry = { heads: [], paragraphs: [] };
        list.push(entry);
      }
      entry.heads.push(...line.split('%%%').map((head) => head.trim()));
      isHead = true;
    } else if (entry) {
      isHead = false;
      const part = line.trim();
      const { paragraphs } = entry;
      if (part === '') paragraphs.push('');
      else paragraphs.push(`${paragraphs.pop() ?? ''} ${part}`.trim());
    }
  }
  for (const each of list) each.paragraphs = each.paragraphs.filter((part) => part !== '');
  return list.filter(({ heads, paragraphs }) => isEntry(heads) && paragraphs.length > 0);
}

const isEntry = (heads) => !heads.some((head) => head.startsWith('00-database'));

/** Without the signs of links, of fields ("<programming>") and of sources, and the dates of entries. */
export function plain(paragraph) {
  return paragraph
    .replace(/\{\s*([^{}]*?)\s*(?:\((?:https?|ftp|news|mailto|gopher)[^)]*\))?\}/g, '$1')
    .replace(/^((?:\d+\. )?)(?:\s*<[^>]*>)+ ?/, '$1')
    .replace(/^((?:\d+\. )?)\/[^/ ]+\/,? ?/, '$1')
    .replace(
      /^((?:\d+\. )?)(?:(?:n|v|vt|vi|vi\/vt|adj|adv|imp|interj|excl|obs|prov|suff|pref|prep|pl|quant|abbrev|poss)\.,? ?)+/,
      '$1',
    )
    .replace(/\[[^[\]]*\]/g, '')
    .replace(/^\d+\. /, '')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:])/g, '$1')
    .trim();
}

/** Whether a paragraph reads as prose: no date, list of sources, or table. */
export const isProse = (paragraph) =>
  /[.!?]["”’')]*$/.test(paragraph) &&
  /^["“‘(]?[A-Z]/.test(paragraph) &&
  paragraph.length > 40 &&
  !/^(?:See|Compare|Cf|E-?mail|Home|Version|Usenet|Current version|Mailing list|Ftp|Also spelled)\b/i.test(
    paragraph,
  ) &&
  (paragraph.match(/[a-z]/gi)?.length ?? 0) > 0.7 * paragraph.length;
