/**
 * The web components: what they are to scripts. Their attributes, parts and colours are in the
 * [guide](guides/elements.md). Importing this defines them; the engine itself is fetched when the first of them needs
 * it. During server-side rendering it does nothing.
 *
 * @packageDocumentation
 */

import { CentoAsk } from './ask.js';
import { CentoCheck } from './check.js';
import { CentoComplete } from './complete.js';
import { CentoSearch } from './search.js';
import { CentoSources } from './sources.js';

const ELEMENTS = {
  'cento-ask': CentoAsk,
  'cento-search': CentoSearch,
  'cento-complete': CentoComplete,
  'cento-check': CentoCheck,
  'cento-sources': CentoSources,
};

const registry = globalThis.customElements as CustomElementRegistry | undefined;
for (const [name, element] of Object.entries(ELEMENTS)) {
  // Two copies of this script may meet on a page: the first one serves.
  if (registry && !registry.get(name)) registry.define(name, element);
}

export { sharedCento } from './pack.js';
export { ENGLISH as defaultStrings } from './strings.js';
export type * from './types.js';
