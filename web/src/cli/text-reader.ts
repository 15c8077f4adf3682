/** Reads a plain text file. */
import { decodePlain } from './decode.js';
import { type PageContent, withoutInvisible } from './document.js';

const longestTitle = 120;

/** A first line that stands alone is the title: an empty line and text or an underlining line follows. */
export function readText(bytes: Uint8Array): PageContent {
  const { text, warnings } = decodePlain(bytes);
  const lines = withoutInvisible(text)
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const title = lines[first]?.trim() ?? '';
  const next = lines[first + 1] ?? '';
  const isUnderlined = /^([=\-~*#])\1{2,}$/.test(next);
  const body = lines.slice(first + (isUnderlined ? 2 : 1));
  const standsAlone = isUnderlined || (next === '' && body.some((line) => line !== ''));
  const hasTitle = title !== '' && title.length <= longestTitle && standsAlone;
  const section = { level: 1, heading: hasTitle ? title : '', anchor: '' };
  return {
    title: section.heading,
    sections: [
      { ...section, text: (hasTitle ? body : lines).join('\n').replace(/^\n+|\n+$/g, '') },
    ],
    language: '',
    canonicalUrl: '',
    weight: 1,
    filters: [],
    warnings,
  };
}
