/** Addresses out of packs, which may hold any string: only those of web pages become links. */

import { sourceLink } from '../client/source_link.js';
import type { Source } from '../client/types.js';

/**
 * The address of the words themselves, or undefined where a source has no address of a web page. Relative
 * addresses are taken from `base`.
 */
export function passageLink(
  { url }: Pick<Source, 'url'>,
  text: string,
  base: string,
): string | undefined {
  if (url === '' || !URL.canParse(url, base)) return undefined;
  return sourceLink({ url: new URL(url, base).href }, text);
}

/**
 * What relative addresses of a pack (of several, the first) are relative to: the folder that the pack's own
 * folder lies in, which is where `cento build public --out public/cento` puts it.
 */
export function packBase(pack: string, page = document.baseURI): string {
  const [first = ''] = pack.trim().split(/\s+/);
  return new URL('../', new URL(first, page)).href;
}
