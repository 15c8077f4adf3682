/** The entry for Node: the same API without a worker; packs can be files, too. */

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { availability } from './client/availability.js';
import { CentoClient } from './client/cento.js';
import type { Platform } from './client/platform.js';
import { storage } from './client/storage.js';
import type { Availability, CreateOptions, PackOptions } from './client/types.js';
import type { EngineMethods, PageMethods, WasmUrls } from './protocol/messages.js';
import { Peer, type Transport } from './protocol/peer.js';
import { pairedTransports } from './protocol/transports.js';
import { expressionHandlers } from './worker/expression.js';
import { engineHandlers } from './worker/host.js';
import { instantiate } from './worker/module.js';
import { hasSimd } from './worker/simd.js';

function spawnExpression(): Transport {
  const [near, far] = pairedTransports();
  new Peer(far, expressionHandlers(instantiate));
  return near;
}

async function compile({ wasmUrl, scalarWasmUrl }: WasmUrls) {
  const url = hasSimd() ? wasmUrl : scalarWasmUrl;
  const name = hasSimd() ? './cento.wasm' : './cento-scalar.wasm';
  const response = await fetchWithFiles(url ?? new URL(name, import.meta.url).href);
  return WebAssembly.compile(await response.arrayBuffer());
}

const fetchWithFiles: typeof fetch = async (url, init) => {
  const address = new URL(url instanceof Request ? url.url : url);
  if (address.protocol !== 'file:') return fetch(url, init);
  try {
    return new Response(await readFile(address));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      return new Response(null, { status: 404 });
    throw cause;
  }
};

const node: Platform = {
  connect() {
    const [near, far] = pairedTransports();
    const peer: Peer<PageMethods, EngineMethods> = new Peer(
      far,
      engineHandlers(() => peer, { compile, instantiate, spawnExpression }),
    );
    return near;
  },
  baseUrl: () => pathToFileURL(`${process.cwd()}/`).href,
  checkSupport() {},
  defaultCache: 'memory',
  fetch: fetchWithFiles,
};

export class Cento extends CentoClient {
  /** What is kept of packs: in Node, nothing beyond an instance. */
  static readonly storage = storage;

  /** Whether a pack is stored, can be had, or neither. Rejects only for an abort or a bad address. */
  static availability(options: PackOptions): Promise<Availability> {
    return availability(node, options);
  }

  /**
   * Gives an instance as soon as the first shard answers; see `ready`. Errors: `NetworkError`,
   * `NotFoundError`, `IntegrityError`, `VersionMismatchError`, `NotSupportedError`, `WorkerError`,
   * `AbortError`, and with `cache: 'indexeddb'` `QuotaExceededError`.
   */
  static create(options: CreateOptions): Promise<Cento> {
    return Cento.open(node, (connect) => new Cento(connect), options);
  }
}
export { CentoError, type CentoErrorCode } from './client/error.js';
export type { Session } from './client/session.js';
export { sourceLink } from './client/source_link.js';
export type * from './client/types.js';
