/* Public types of texts of the reader's own. Their comments make docs/api.md. */

import type { CallOptions } from './types.js';

/** A text of the reader's own. */
export interface Learnable {
  /** Takes the place of what was learned under it before. */
  id: string;
  /** Default none. */
  title?: string;
  /** Where its sources lead. Default nowhere. */
  url?: string;
  text: string;
}

/** What is known of a text that was learned. */
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
  /** Default `personal`. */
  name?: string;
  /** Default the name. */
  title?: string;
  /** Default none. */
  licence?: string;
}
