import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { CentoError, type CentoErrorOptions } from '../client/error.js';
import type { StoredPack } from '../client/types.js';
import { filesOf, type Manifest, type PackFile, parseManifest } from '../loader/manifest.js';
import { packsInUse } from './lock.js';
import {
  hashesOf,
  type KnownPack,
  type Store,
  type StoredImage,
  type StoredText,
} from './store.js';

const DATABASE = 'cento';
const SCHEMA_VERSION = 3;
/** A browser that does not answer has no storage for us. */
const OPEN_MILLISECONDS = 10_000;

interface Version {
  packId: string;
  /** Of the manifest, as it was fetched. */
  text: string;
  files: string[];
}

interface PackRecord {
  url: string;
  committed?: Version;
  pending?: Version;
  /** Versions before these that some page had open when it was last looked. */
  old?: Version[];
  /** Milliseconds since 1970. */
  used?: number;
}

interface Schema extends DBSchema {
  files: { key: string; value: Uint8Array<ArrayBuffer> };
  packs: { key: string; value: PackRecord };
  images: {
    key: [packId: string, engineVersion: string];
    value: StoredImage & { packId: string; engineVersion: string };
  };
  texts: { key: [layer: string, id: string]; value: StoredText };
}

type TableName = 'files' | 'packs' | 'images' | 'texts';
/** Of packs. */
const ALL: TableName[] = ['files', 'packs', 'images'];

type Transaction = IDBPTransaction<Schema, TableName[], 'readwrite'>;

/** Those that the transaction is of. */
class Tables {
  readonly #tx: Transaction;
  constructor(tx: Transaction) {
    this.#tx = tx;
  }
  get files() {
    return this.#tx.objectStore('files');
  }
  get packs() {
    return this.#tx.objectStore('packs');
  }
  get images() {
    return this.#tx.objectStore('images');
  }
  get texts() {
    return this.#tx.objectStore('texts');
  }
}

/** The platform's error under our names. */
function storageError(cause: unknown): CentoError {
  if (cause instanceof CentoError) return cause;
  const { name, message, requested, quota } = cause as DOMException & CentoErrorOptions;
  if (name === 'VersionError') {
    const text = 'A newer Cento keeps its packs here: load the page again.';
    return new CentoError('VersionMismatchError', text, { cause });
  }
  return name === 'QuotaExceededError'
    ? new CentoError('QuotaExceededError', 'The storage of this site is full.', {
        cause,
        requested: requested ?? undefined, // where the browser tells
        quota: quota ?? undefined,
      })
    : new CentoError('IoError', `The storage failed: ${message || name}`, { cause });
}

function versionOf(manifest: Manifest, text: string): Version {
  return { packId: manifest.packId, text, files: hashesOf(manifest) };
}

export class IndexedDbStore implements Store {
  readonly kind = 'indexeddb';
  #opening: Promise<IDBPDatabase<Schema>> | undefined;

  /** Errors: `NotSupportedError` where there is no IndexedDB or it is denied. */
  static async open(): Promise<IndexedDbStore> {
    const store = new IndexedDbStore();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error('it does not answer');
      timer = setTimeout(() => reject(error), OPEN_MILLISECONDS);
    });
    try {
      if (!globalThis.indexedDB) throw new Error('there is none here');
      await Promise.race([store.#database(), late]);
    } catch (cause) {
      const error = storageError(cause);
      if (error.code === 'VersionMismatchError') throw error;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new CentoError('NotSupportedError', `IndexedDB cannot be used: ${why}`, { cause });
    } finally {
      clearTimeout(timer);
    }
    return store;
  }

  /** Opens again after the browser has closed the connection, as when the user clears the site's data. */
  #database(): Promise<IDBPDatabase<Schema>> {
    const reset = () => {
      this.#opening = undefined;
    };
    this.#opening ??= openDB<Schema>(DATABASE, SCHEMA_VERSION, {
      upgrade(db, oldVersion) {
        if (oldVersion === 0) {
          db.createObjectStore('files');
          db.createObjectStore('packs', { keyPath: 'url' });
        } else {
          db.deleteObjectStore('images'); // had another key; they can be made again
        }
        db.createObjectStore('images', { keyPath: ['packId', 'engineVersion'] });
        if (oldVersion < 2) db.createObjectStore('texts', { keyPath: ['layer', 'id'] });
      },
      // A newer version of the page, in another tab, must not wait for this one.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        reset();
      },
      terminated: reset,
    });
    this.#opening.catch(reset);
    return this.#opening;
  }

  #read<T>(names: TableName[], work: (tables: Tables) => Promise<T>): Promise<T> {
    return this.#run(names, 'readonly', work);
  }

  /** It happens as a whole or not at all. */
  #change<T>(names: TableName[], work: (tables: Tables) => Promise<T>): Promise<T> {
    return this.#run(names, 'readwrite', work);
  }

  async #run<T>(
    names: TableName[],
    mode: IDBTransactionMode,
    work: (tables: Tables) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        const db = await this.#database();
        return await inTransaction(db.transaction(names, mode) as Transaction, work);
      } catch (cause) {
        // The browser closed the connection in between.
        const mayPass = (cause as DOMException).name === 'InvalidStateError' && attempt === 0;
        if (!mayPass) throw storageError(cause);
        this.#opening = undefined;
      }
    }
  }

  find(url: string): Promise<KnownPack | undefined> {
    return this.#read(['files', 'packs'], async ({ files, packs }) => {
      const { committed, pending } = (await packs.get(url)) ?? {};
      const known = committed ?? pending;
      if (!known) return undefined;
      const isWhole = known === committed && (await missingOf(files, known.files)).size === 0;
      return { text: known.text, isWhole };
    });
  }

  missing(manifest: Manifest): Promise<PackFile[]> {
    return this.#read(['files'], async ({ files }) => {
      const missing = await missingOf(files, hashesOf(manifest));
      return filesOf(manifest).filter(({ sha256 }) => missing.has(sha256));
    });
  }

  async begin(url: string, manifest: Manifest, text: string): Promise<void> {
    const inUse = await packsInUse();
    return this.#change(ALL, async (tables) => {
      const { packs } = tables;
      const record = (await packs.get(url)) ?? { url };
      const old = oldVersions(record, manifest, inUse);
      await packs.put({ ...record, old, pending: versionOf(manifest, text) });
      await sweep(tables);
    });
  }

  async commit(url: string, manifest: Manifest, text: string): Promise<void> {
    const inUse = await packsInUse();
    return this.#change(ALL, async (tables) => {
      const { packs, files } = tables;
      for (const hash of hashesOf(manifest)) {
        if ((await files.getKey(hash)) === undefined) {
          throw new CentoError('NotFoundError', `The stored file ${hash} has gone.`);
        }
      }
      const old = oldVersions(await packs.get(url), manifest, inUse);
      const committed = versionOf(manifest, text);
      await packs.put({ url, committed, old, used: Date.now() });
      await sweep(tables);
    });
  }

  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#read(['files'], ({ files }) => files.get(sha256));
  }

  putFile(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#change(['files'], async ({ files }) => {
      await files.put(bytes, sha256);
    });
  }

  deleteFile(sha256: string): Promise<void> {
    return this.#change(['files'], ({ files }) => files.delete(sha256));
  }

  hasImage(packId: string, engineVersion: string): Promise<boolean> {
    return this.#read(
      ['images'],
      async ({ images }) => (await images.count([packId, engineVersion])) > 0,
    );
  }

  image(packId: string, engineVersion: string): Promise<StoredImage | undefined> {
    return this.#read(['images'], ({ images }) => images.get([packId, engineVersion]));
  }

  putImage(packId: string, engineVersion: string, image: StoredImage): Promise<void> {
    return this.#change(['images'], async ({ images }) => {
      await images.delete(ofPack(packId));
      await images.put({ ...image, packId, engineVersion });
    });
  }

  deleteImage(packId: string): Promise<void> {
    return this.#change(['images'], ({ images }) => images.delete(ofPack(packId)));
  }

  list(): Promise<StoredPack[]> {
    return this.#read(['files', 'packs'], async (tables) => {
      const stored = new Set(await tables.files.getAllKeys());
      const packs: StoredPack[] = [];
      for (const { url, committed, pending, used = 0 } of await tables.packs.getAll()) {
        for (const version of [committed, pending]) {
          if (!version) continue;
          const pack = { packId: version.packId, manifestUrl: url, lastUsed: used };
          const manifest = readable(version.text);
          const files = manifest ? filesOf(manifest) : [];
          const present = files.filter(({ sha256 }) => stored.has(sha256));
          packs.push({
            ...pack,
            name: manifest?.name ?? '',
            title: manifest?.title ?? '',
            bytes: present.reduce((sum, { bytes }) => sum + bytes, 0),
            totalBytes: manifest?.totalBytes ?? 0,
            complete: version === committed && present.length === version.files.length,
          });
        }
      }
      return packs;
    });
  }

  delete(packId: string): Promise<boolean> {
    return this.#change(ALL, async (tables) => {
      const { packs } = tables;
      let found = false;
      for (const { committed, pending, old = [], ...record } of await packs.getAll()) {
        const kept: PackRecord = { ...record, old: old.filter((one) => one.packId !== packId) };
        if (committed && committed.packId !== packId) kept.committed = committed;
        if (pending && pending.packId !== packId) kept.pending = pending;
        if (committed === kept.committed && pending === kept.pending) continue;
        found = true;
        await (kept.committed || kept.pending ? packs.put(kept) : packs.delete(kept.url));
      }
      await sweep(tables);
      return found;
    });
  }

  async evict(keptUrl: string): Promise<number> {
    const inUse = await packsInUse();
    const idle = (await this.list())
      .filter(({ packId, manifestUrl }) => manifestUrl !== keptUrl && !inUse.has(packId))
      .sort((a, b) => a.lastUsed - b.lastUsed)[0];
    return idle && (await this.delete(idle.packId)) ? Math.max(idle.bytes, 1) : 0;
  }

  texts(layer: string): Promise<StoredText[]> {
    // Of keys that begin so: an array comes after every string.
    const range = IDBKeyRange.bound([layer], [layer, []]);
    return this.#read(['texts'], (tables) => tables.texts.getAll(range));
  }

  putTexts(texts: readonly StoredText[]): Promise<void> {
    return this.#change(['texts'], async (tables) => {
      await Promise.all(texts.map((text) => tables.texts.put(text)));
    });
  }

  deleteTexts(layer: string, ids: readonly string[]): Promise<void> {
    return this.#change(['texts'], async ({ texts }) => {
      await Promise.all(ids.map((id) => texts.delete([layer, id])));
    });
  }

  clear(): Promise<void> {
    const names: TableName[] = [...ALL, 'texts'];
    return this.#change(names, async (tables) => {
      await Promise.all(names.map((name) => tables[name].clear()));
    });
  }

  close(): void {
    void this.#opening?.then((db) => db.close());
  }
}

/** A newer Cento may have left a manifest that this one cannot read. */
function readable(text: string): Manifest | undefined {
  try {
    return parseManifest(text);
  } catch {
    return undefined;
  }
}

async function inTransaction<T>(tx: Transaction, work: (tables: Tables) => Promise<T>): Promise<T> {
  tx.done.catch(() => {}); // The first failure is the one that is reported, below.
  try {
    const value = await work(new Tables(tx));
    if (tx.mode === 'readwrite') await tx.done; // what was read needs no end
    return value;
  } catch (cause) {
    if (cause instanceof CentoError) tx.abort();
    await tx.done.catch(() => {});
    throw tx.error ?? cause;
  }
}

async function missingOf(files: Tables['files'], hashes: string[]): Promise<Set<string>> {
  const stored = new Set(await files.getAllKeys());
  return new Set(hashes.filter((hash) => !stored.has(hash)));
}

/** The versions that another page, or this one, still answers from. */
function oldVersions(
  { committed, pending, old = [] }: Partial<PackRecord> = {},
  { packId }: Manifest,
  inUse: Set<string>,
): Version[] {
  const versions = new Map<string, Version>();
  for (const version of [...old, committed, pending]) {
    if (version && version.packId !== packId && inUse.has(version.packId)) {
      versions.set(version.packId, version);
    }
  }
  return [...versions.values()];
}

/** Deletes files and images that no manifest, committed or begun, has a use for. */
async function sweep({ packs, files, images }: Tables): Promise<void> {
  const hashes = new Set<string>();
  const packIds = new Set<string>();
  for (const { committed, pending, old = [] } of await packs.getAll()) {
    for (const version of [committed, pending, ...old]) {
      if (!version) continue;
      for (const hash of version.files) hashes.add(hash);
      packIds.add(version.packId);
    }
  }
  for (const hash of await files.getAllKeys()) {
    if (!hashes.has(hash)) await files.delete(hash);
  }
  for (const key of await images.getAllKeys()) {
    if (!packIds.has(key[0])) await images.delete(key);
  }
}

/** The keys of a pack's images. */
const ofPack = (packId: string) => IDBKeyRange.bound([packId], [packId, []]);
