/** Reads a plain text file. */
import { decodePlain } from './decode.js';
import { type PageContent, withoutInvisible } from './document.js';

const longestTitle = 120;

/** A first line that stands alone (an empty or an underlining line follows) is the title. */
export function readText(bytes: Uint8Array): PageContent {
  const { text, warnings } = decodePlain(bytes);
  const lines = withoutInvisible(text)
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const title = lines[first]?.trim() ?? '';
  const next = lines[first + 1] ?? '';
  const isUnderlined = /^([=\-~*#])\1{2,}$/.test(next);
  const hasTitle = title !== '' && title.length <= longestTitle && (next === '' || isUnderlined);
  const body = hasTitle ? lines.slice(first + (isUnderlined ? 2 : 1)) : lines;
  const section = { level: 1, heading: hasTitle ? title : '', anchor: '' };
  return {
    title: section.heading,
    sections: [{ ...section, text: body.join('\n').replace(/^\n+|\n+$/g, '') }],
    language: '',
    canonicalUrl: '',
    warnings,
  };
}
