import { IndexedDbStore } from '../store/indexeddb.js';
import { MemoryStore } from '../store/memory.js';
import { estimate } from '../store/room.js';
import type { Store } from '../store/store.js';
import type { CentoStorage } from './types.js';

/** Where there is no IndexedDB, nothing is stored. */
async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = globalThis.indexedDB ? await IndexedDbStore.open() : new MemoryStore();
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

export const storage: CentoStorage = {
  list: () => withStore((store) => store.list()),
  delete: (packId) => withStore((store) => store.delete(packId)),
  clear: () => withStore((store) => store.clear()),
  estimate,
  async persist() {
    return (await globalThis.navigator?.storage?.persist?.()) ?? false;
  },
};
