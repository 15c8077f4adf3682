import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { CentoError } from '../client/error.js';
import type { StoredPack } from '../client/types.js';
import { type Manifest, parseManifest } from '../loader/manifest.js';
import { hashesOf, type Store, type StoredImage } from './store.js';

const DATABASE = 'cento';
const SCHEMA_VERSION = 1;

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
}

interface Schema extends DBSchema {
  files: { key: string; value: Uint8Array<ArrayBuffer> };
  packs: { key: string; value: PackRecord };
  images: { key: string; value: StoredImage & { packId: string; engineVersion: string } };
}

type Sweepable = IDBPTransaction<Schema, ('files' | 'packs' | 'images')[], 'readwrite'>;
const ALL = ['files', 'packs', 'images'] as ('files' | 'packs' | 'images')[];

/** The platform's error under our names. */
function storageError(cause: unknown): CentoError {
  if (cause instanceof CentoError) return cause;
  const { name, message } = cause as DOMException;
  return name === 'QuotaExceededError'
    ? new CentoError('QuotaExceededError', 'The storage of this site is full.', { cause })
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
    try {
      if (!globalThis.indexedDB) throw new Error('there is none here');
      await store.#database();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new CentoError('NotSupportedError', `IndexedDB cannot be used: ${why}`, { cause });
    }
    return store;
  }

  /** Opens again after the browser has closed the connection, as when the user clears the site's data. */
  #database(): Promise<IDBPDatabase<Schema>> {
    const reset = () => {
      this.#opening = undefined;
    };
    this.#opening ??= openDB<Schema>(DATABASE, SCHEMA_VERSION, {
      upgrade(db) {
        db.createObjectStore('files');
        db.createObjectStore('packs', { keyPath: 'url' });
        db.createObjectStore('images', { keyPath: 'packId' });
      },
      // A newer version of the page, in another tab, must not wait for this one.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        reset();
      },
      terminated: reset,
    });
    this.#opening.catch(reset);
    return this.#opening;
  }

  async #run<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#database());
    } catch (cause) {
      throw storageError(cause);
    }
  }

  /** One transaction over everything: it happens as a whole or not at all. */
  #change<T>(work: (tx: Sweepable) => Promise<T>): Promise<T> {
    return this.#run(async (db) => {
      const tx = db.transaction(ALL, 'readwrite');
      const done = tx.done;
      done.catch(() => {}); // The first failure is the one that is reported, below.
      try {
        const value = await work(tx);
        await done;
        return value;
      } catch (cause) {
        if (cause instanceof CentoError) tx.abort();
        await done.catch(() => {});
        throw tx.error ?? cause;
      }
    });
  }

  committed(url: string): Promise<string | undefined> {
    return this.#run(async (db) => (await db.get('packs', url))?.committed?.text);
  }

  begin(url: string, manifest: Manifest, text: string): Promise<void> {
    return this.#change(async (tx) => {
      const packs = tx.objectStore('packs');
      const record = (await packs.get(url)) ?? { url };
      await packs.put({ ...record, pending: versionOf(manifest, text) });
      await sweep(tx);
    });
  }

  commit(url: string, manifest: Manifest, text: string): Promise<void> {
    return this.#change(async (tx) => {
      const files = tx.objectStore('files');
      for (const hash of hashesOf(manifest)) {
        if ((await files.getKey(hash)) === undefined) {
          throw new CentoError('NotFoundError', `The stored file ${hash} has gone.`);
        }
      }
      await tx.objectStore('packs').put({ url, committed: versionOf(manifest, text) });
      await sweep(tx);
    });
  }

  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#run((db) => db.get('files', sha256));
  }

  async putFile(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#run((db) => db.put('files', bytes, sha256));
  }

  deleteFile(sha256: string): Promise<void> {
    return this.#run((db) => db.delete('files', sha256));
  }

  async image(packId: string, engineVersion: string): Promise<StoredImage | undefined> {
    const stored = await this.#run((db) => db.get('images', packId));
    return stored?.engineVersion === engineVersion ? stored : undefined;
  }

  async putImage(packId: string, engineVersion: string, image: StoredImage): Promise<void> {
    await this.#run((db) => db.put('images', { ...image, packId, engineVersion }));
  }

  deleteImage(packId: string): Promise<void> {
    return this.#run((db) => db.delete('images', packId));
  }

  list(): Promise<StoredPack[]> {
    return this.#run(async (db) => {
      const stored = new Set(await db.getAllKeys('files'));
      const packs: StoredPack[] = [];
      for (const { url, committed, pending } of await db.getAll('packs')) {
        for (const version of [committed, pending]) {
          if (!version) continue;
          const manifest = parseManifest(version.text);
          const present = [manifest.tables, ...manifest.shards].filter((f) => stored.has(f.sha256));
          packs.push({
            packId: manifest.packId,
            manifestUrl: url,
            name: manifest.name,
            title: manifest.title,
            bytes: present.reduce((sum, { bytes }) => sum + bytes, 0),
            totalBytes: manifest.totalBytes,
            complete: version === committed && present.length === manifest.shards.length + 1,
          });
        }
      }
      return packs;
    });
  }

  delete(packId: string): Promise<boolean> {
    return this.#change(async (tx) => {
      const packs = tx.objectStore('packs');
      let found = false;
      for (const { url, committed, pending } of await packs.getAll()) {
        const kept: PackRecord = { url };
        if (committed && committed.packId !== packId) kept.committed = committed;
        if (pending && pending.packId !== packId) kept.pending = pending;
        if (committed === kept.committed && pending === kept.pending) continue;
        found = true;
        await (kept.committed || kept.pending ? packs.put(kept) : packs.delete(url));
      }
      await sweep(tx);
      return found;
    });
  }

  clear(): Promise<void> {
    return this.#change(async (tx) => {
      await Promise.all(ALL.map((name) => tx.objectStore(name).clear()));
    });
  }

  close(): void {
    void this.#opening?.then((db) => db.close());
  }
}

/** Deletes files and images that no manifest, committed or begun, has a use for. */
async function sweep(tx: Sweepable): Promise<void> {
  const hashes = new Set<string>();
  const packIds = new Set<string>();
  for (const { committed, pending } of await tx.objectStore('packs').getAll()) {
    for (const version of [committed, pending]) {
      if (!version) continue;
      for (const hash of version.files) hashes.add(hash);
      packIds.add(version.packId);
    }
  }
  const drop = async (name: 'files' | 'images', live: Set<string>) => {
    for (const key of await tx.objectStore(name).getAllKeys()) {
      if (!live.has(key)) await tx.objectStore(name).delete(key);
    }
  };
  await drop('files', hashes);
  await drop('images', packIds);
}
