/** Public types of texts of the reader's own. */

import type { CallOptions } from './types.js';

/** A text of the reader's own. */
export interface Learnable {
  /** Takes the place of what was learned under it before. */
  id: string;
  title?: string;
  url?: string;
  text: string;
}

export interface Learned {
  id: string;
  title: string;
  url: string;
  /** Of UTF-8, id, title and address counted. All texts together may have 4 MiB. */
  bytes: number;
  /** When, in milliseconds since 1970. */
  learned: number;
}

/** What is said of a pack that learned texts are exported as. */
export interface ExportOptions extends CallOptions {
  name?: string;
  title?: string;
  licence?: string;
}
