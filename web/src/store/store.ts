/** What keeps packs between visits. */

import type { Learnable, StoredPack } from '../client/types.js';
import { filesOf, type Manifest, type PackFile } from '../loader/manifest.js';

export interface StoredImage {
  /** Shards that it covers. */
  shards: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A text of the reader's, in a layer of that name. */
export interface StoredText extends Required<Learnable> {
  layer: string;
  /** When it was learned, in milliseconds since 1970. */
  learned: number;
}

/** A pack that was begun or committed. */
export interface KnownPack {
  /** Of the manifest. */
  text: string;
  /** Committed, and every file is still there. */
  isWhole: boolean;
}

/**
 * Files are kept under their SHA-256, so packs and versions of a pack share what they have in common.
 * A manifest is *begun* before its files arrive, which keeps them from being cleaned away, and
 * *committed* when all are there: only a committed one is offered as a whole pack. Until then the
 * version before it stays, and after it too while some page has it open.
 *
 * Errors: `QuotaExceededError`, `IoError`; after either, what was stored before is still there.
 */
export interface Store {
  readonly kind: 'indexeddb' | 'memory';
  /** The committed pack of this address, else the one that was begun. */
  find(url: string): Promise<KnownPack | undefined>;
  /** The files that are not there. */
  missing(manifest: Manifest): Promise<PackFile[]>;
  begin(url: string, manifest: Manifest, text: string): Promise<void>;
  /** Errors: `NotFoundError` when a file is missing, and nothing changes. */
  commit(url: string, manifest: Manifest, text: string): Promise<void>;
  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  putFile(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  deleteFile(sha256: string): Promise<void>;
  /** Known at once; the image itself is as large as all files together. */
  hasImage(packId: string, engineVersion: string): Promise<boolean>;
  image(packId: string, engineVersion: string): Promise<StoredImage | undefined>;
  /** Replaces the images that other engine versions left of this pack. */
  putImage(packId: string, engineVersion: string, image: StoredImage): Promise<void>;
  deleteImage(packId: string): Promise<void>;
  list(): Promise<StoredPack[]>;
  delete(packId: string): Promise<boolean>;
  /** Deletes the pack that was opened longest ago, is not open, and has another address. Gives its bytes, 0: there is none. */
  evict(keptUrl: string): Promise<number>;
  /** The texts of a layer, by id. They are in no pack's files: `delete` and `evict` leave them alone. */
  texts(layer: string): Promise<StoredText[]>;
  /** All of them or none. */
  putTexts(texts: readonly StoredText[]): Promise<void>;
  /** All of them or none. */
  deleteTexts(layer: string, ids: readonly string[]): Promise<void>;
  /** Texts, too. */
  clear(): Promise<void>;
  close(): void;
}

/** The hashes of all files of a pack. */
export function hashesOf(manifest: Manifest): string[] {
  return filesOf(manifest).map((entry) => entry.sha256);
}
