import { text } from './arguments.js';
import type { Source } from './types.js';

const MAX_WORDS = 10;
const EDGE_WORDS = 4;

/** `-`, `,` and `&` separate the parts of a directive; encodeURIComponent leaves the first alone. */
const encode = (words: string[]) =>
  encodeURIComponent(text(words.join(' '))).replaceAll('-', '%2D');

/**
 * A link that leads a browser to the words themselves: the source's address with a text directive
 * (wicg.github.io/scroll-to-text-fragment). `undefined` where it has no web address: a pack may hold any
 * string. `quoted` is what stands at the source, such as `fragment.text`.
 */
export function sourceLink(source: Pick<Source, 'url'>, quoted: string): string | undefined {
  const { url } = source;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  // A directive of one part matches inside one block of the page: only one line is quoted.
  const [line] = quoted.trim().split('\n', 1) as [string];
  const words = line.split(/\s+/);
  if (!/[\p{L}\p{N}]/u.test(line)) return url;
  const directive =
    words.length <= MAX_WORDS
      ? encode(words)
      : `${encode(words.slice(0, EDGE_WORDS))},${encode(words.slice(-EDGE_WORDS))}`;
  if (url.includes(':~:')) return `${url}&text=${directive}`;
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${directive}`;
}
