/** Which sources are texts of the reader's own: those whose pack is what was learned here, in any of its states. */

import type { PackInfo, Source } from '../src/index.js';
import { h } from './dom.js';

const ids = new Set<string>();

/** To be told what answers, before it is asked. */
export function noteOwn(packs: PackInfo[]): void {
  for (const { personal, packId } of packs) if (personal) ids.add(packId);
}

export const isOwn = ({ pack }: Source): boolean => ids.has(pack);

/** Stands beside the title of a source that is the reader's own. */
export const ownMark = (source: Source): HTMLElement | false =>
  isOwn(source) && h('span', { class: 'own' }, 'your text');
