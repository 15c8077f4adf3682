/** What keeps packs between visits. */

import type { StoredPack } from '../client/types.js';
import type { Manifest } from '../loader/manifest.js';

export interface StoredImage {
  /** Shards that it covers. */
  shards: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Files are kept under their SHA-256, so packs and versions of a pack share what they have in common.
 * A manifest is *begun* before its files arrive, which keeps them from being cleaned away, and
 * *committed* when all are there: only a committed one is offered as a whole pack. Until then the
 * version before it stays.
 *
 * Errors: `QuotaExceededError`, `IoError`; after either, what was stored before is still there.
 */
export interface Store {
  readonly kind: 'indexeddb' | 'memory';
  /** The text of the committed manifest of this address. */
  committed(url: string): Promise<string | undefined>;
  begin(url: string, manifest: Manifest, text: string): Promise<void>;
  /** Errors: `NotFoundError` when a file is missing, and nothing changes. */
  commit(url: string, manifest: Manifest, text: string): Promise<void>;
  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  putFile(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  deleteFile(sha256: string): Promise<void>;
  image(packId: string, engineVersion: string): Promise<StoredImage | undefined>;
  /** Replaces the images that other engine versions left of this pack. */
  putImage(packId: string, engineVersion: string, image: StoredImage): Promise<void>;
  deleteImage(packId: string): Promise<void>;
  list(): Promise<StoredPack[]>;
  delete(packId: string): Promise<boolean>;
  clear(): Promise<void>;
  close(): void;
}

/** The hashes of all files of a pack. */
export function hashesOf(manifest: Manifest): string[] {
  return [manifest.tables, ...manifest.shards].map((entry) => entry.sha256);
}
