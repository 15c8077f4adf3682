import type { CentoError } from '../client/error.js';
import type { CacheMode } from '../client/types.js';
import { IndexedDbStore } from './indexeddb.js';
import { MemoryStore } from './memory.js';
import type { Store } from './store.js';

/** Errors: with mode `indexeddb`, `NotSupportedError` where it cannot be used. */
export async function openStore(
  mode: CacheMode,
  warn: (error: CentoError) => void,
): Promise<Store> {
  if (mode === 'memory') return new MemoryStore();
  try {
    return await IndexedDbStore.open();
  } catch (error) {
    if (mode === 'indexeddb') throw error;
    warn(error as CentoError);
    return new MemoryStore();
  }
}
