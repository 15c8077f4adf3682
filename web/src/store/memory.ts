import type { StoredPack } from '../client/types.js';
import { filesOf, type Manifest, type PackFile } from '../loader/manifest.js';
import {
  hashesOf,
  type KnownPack,
  type Store,
  type StoredImage,
  type StoredText,
} from './store.js';

/**
 * Keeps files for the life of the instance. Over another store, it takes what that one has no room
 * for: reads fall through, writes stay here, and nothing below changes.
 */
export class MemoryStore implements Store {
  readonly kind = 'memory';
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #texts = new Map<string, StoredText>();
  readonly #below: Store | undefined;

  constructor(below?: Store) {
    this.#below = below;
  }

  async find(url: string): Promise<KnownPack | undefined> {
    return this.#below?.find(url);
  }
  async missing(manifest: Manifest): Promise<PackFile[]> {
    const missing = (await this.#below?.missing(manifest)) ?? filesOf(manifest);
    return missing.filter(({ sha256 }) => !this.#files.has(sha256));
  }
  async begin(): Promise<void> {}
  /** Of the version before, only what both have stays. */
  async commit(_url: string, manifest: Manifest): Promise<void> {
    const kept = new Set(hashesOf(manifest));
    for (const hash of this.#files.keys()) if (!kept.has(hash)) this.#files.delete(hash);
  }

  async file(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#files.get(sha256) ?? this.#below?.file(sha256);
  }
  async putFile(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#files.set(sha256, bytes);
  }
  async deleteFile(sha256: string): Promise<void> {
    this.#files.delete(sha256);
    await this.#below?.deleteFile(sha256);
  }

  async hasImage(packId: string, engineVersion: string): Promise<boolean> {
    return this.#below?.hasImage(packId, engineVersion) ?? false;
  }

  async image(packId: string, engineVersion: string): Promise<StoredImage | undefined> {
    return this.#below?.image(packId, engineVersion);
  }
  async putImage(): Promise<void> {}
  async deleteImage(packId: string): Promise<void> {
    await this.#below?.deleteImage(packId);
  }

  async list(): Promise<StoredPack[]> {
    return this.#below?.list() ?? [];
  }
  async delete(packId: string): Promise<boolean> {
    return this.#below?.delete(packId) ?? false;
  }
  async evict(): Promise<number> {
    return 0;
  }
  async texts(layer: string): Promise<StoredText[]> {
    const texts = (await this.#below?.texts(layer)) ?? [...this.#texts.values()];
    return texts.filter((text) => text.layer === layer);
  }
  async putTexts(texts: readonly StoredText[]): Promise<void> {
    if (this.#below) return this.#below.putTexts(texts);
    for (const text of texts) this.#texts.set(JSON.stringify([text.layer, text.id]), text);
  }
  async deleteTexts(layer: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#texts.delete(JSON.stringify([layer, id]));
    await this.#below?.deleteTexts(layer, ids);
  }
  async clear(): Promise<void> {
    this.#files.clear();
    this.#texts.clear();
    await this.#below?.clear();
  }
  close(): void {
    this.#files.clear();
    this.#below?.close();
  }
}
