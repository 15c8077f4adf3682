/** IndexedDB with promises: as much of it as the store needs. */

/** Settles as the request does. */
function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** `onClose` is called when the connection has gone: the browser closed it, or a newer page needed it to. */
export async function openDatabase(
  name: string,
  version: number,
  create: (db: IDBDatabase, oldVersion: number) => void,
  onClose: () => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = ({ oldVersion }) => create(request.result, oldVersion);
  const db = await settled(request);
  db.onclose = onClose;
  // A newer version of the page, in another tab, must not wait for this one.
  db.onversionchange = () => {
    db.close();
    onClose();
  };
  return db;
}

/** Values under keys, within one transaction. */
export class Table<T> {
  readonly #store: IDBObjectStore;

  constructor(store: IDBObjectStore) {
    this.#store = store;
  }

  get(key: IDBValidKey): Promise<T | undefined> {
    return settled(this.#store.get(key));
  }

  all(range?: IDBKeyRange): Promise<T[]> {
    return settled(this.#store.getAll(range));
  }

  /** Of a table whose keys are texts. */
  keys(): Promise<string[]> {
    return settled(this.#store.getAllKeys()) as Promise<string[]>;
  }

  async has(key: IDBValidKey): Promise<boolean> {
    return (await settled(this.#store.getKey(key))) !== undefined;
  }

  /** `key` where the value does not say it itself. */
  async put(value: T, key?: IDBValidKey): Promise<void> {
    await settled(this.#store.put(value, key));
  }

  delete(key: IDBValidKey): Promise<void> {
    return settled(this.#store.delete(key));
  }

  clear(): Promise<void> {
    return settled(this.#store.clear());
  }
}

/** Resolves when what was changed is stored; rejects when nothing of it is. */
export function completed(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
}
