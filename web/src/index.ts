/**
 * Everything that the package exports, with units and defaults; how it is used is in the
 * [guide](guides/javascript.md). Ranges are half-open. `start` and `end` count UTF-16 code units, as strings of
 * JavaScript do; `startBytes` and `endBytes` count UTF-8 bytes. What calls give is what the command line prints with
 * `--json`. In browsers the engine runs in a worker; in Node (`cento` resolves to `cento/node` there) the same API
 * runs without one.
 *
 * @packageDocumentation
 */

import { CentoClient } from './client/cento.js';
import { CentoError } from './client/error.js';
import type { Platform } from './client/platform.js';
import type { Availability, CentoStorage, CreateOptions, PackOptions } from './client/types.js';
import { fromWire } from './protocol/peer.js';
import { scriptUrl } from './protocol/script_url.js';
import { workerTransport } from './protocol/transports.js';

const browser: Platform = {
  connect(workerUrl) {
    // The form that bundlers look for.
    const worker = workerUrl
      ? new Worker(scriptUrl(workerUrl), { type: 'module', name: 'cento' })
      : new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'cento' });
    return workerTransport(worker, workerUrl ?? 'worker.js');
  },
  baseUrl: () => globalThis.document?.baseURI ?? globalThis.location?.href,
  checkSupport() {
    if (typeof Worker === 'undefined' || typeof WebAssembly === 'undefined') {
      throw new CentoError('NotSupportedError', 'This needs web workers and WebAssembly.');
    }
  },
  defaultCache: 'auto',
  fetch: undefined,
};

type Storage = typeof import('./storage.js');

/** Fetches what most pages never ask for. Its errors are of a class of its own. */
async function later<T>(work: (part: Storage) => Promise<T>): Promise<T> {
  const part = await import('./storage.js').catch((cause) => {
    throw new CentoError('NetworkError', `Cannot load storage.js: ${cause}`, { cause });
  });
  return work(part).catch((error) => {
    throw fromWire(error);
  });
}

export class Cento extends CentoClient {
  /** What this origin keeps of packs. */
  static readonly storage: CentoStorage = {
    list: () => later(({ storage }) => storage.list()),
    delete: (packId) => later(({ storage }) => storage.delete(packId)),
    clear: () => later(({ storage }) => storage.clear()),
    estimate: () => later(({ storage }) => storage.estimate()),
    persist: () => later(({ storage }) => storage.persist()),
  };

  /** Whether a pack is stored, can be had, or neither. Rejects only for an abort or a bad address. */
  static availability(options: PackOptions): Promise<Availability> {
    return later(({ availability }) => availability(browser, options));
  }

  /**
   * Gives an instance as soon as the first shard answers; see `ready`. Errors: `NetworkError`,
   * `NotFoundError`, `IntegrityError`, `VersionMismatchError`, `NotSupportedError`, `WorkerError`,
   * `AbortError`, and with `cache: 'indexeddb'` `QuotaExceededError`.
   */
  static create(options: CreateOptions): Promise<Cento> {
    return Cento.open(browser, (connect) => new Cento(connect), options);
  }
}
export { CentoError, type CentoErrorCode } from './client/error.js';
export type { Session } from './client/session.js';
export { sourceLink } from './client/source_link.js';
export type * from './client/types.js';
