/** Links that lead a browser to the quoted words themselves (text fragments, wicg.github.io/scroll-to-text-fragment). */

const MAX_WORDS = 10;
const EDGE_WORDS = 4;

/** `-`, `,` and `&` separate the parts of a directive; encodeURIComponent leaves the first alone. */
const encode = (text: string) => encodeURIComponent(text).replaceAll('-', '%2D');

/** The address with a text directive; undefined if it is no web address. A pack may hold any string. */
export function linkToText(url: string, text: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  // A directive matches inside one block of the page, so only one line of the passage is quoted.
  const line = text.trim().split('\n', 1)[0] as string;
  const words = line.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return url;
  const directive =
    words.length <= MAX_WORDS
      ? encode(words.join(' '))
      : `${encode(words.slice(0, EDGE_WORDS).join(' '))},${encode(words.slice(-EDGE_WORDS).join(' '))}`;
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${directive}`;
}
