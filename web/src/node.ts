/** The entry for Node: the same API without a worker; packs can be files, too. */

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import create from 'cento-glue';
import { CentoClient } from './client/cento.js';
import type { Platform } from './client/platform.js';
import type { EngineMethods, PageMethods } from './protocol/messages.js';
import { Peer, type Transport } from './protocol/peer.js';
import { pairedTransports } from './protocol/transports.js';
import { expressionHandlers } from './worker/expression.js';
import { engineHandlers } from './worker/host.js';
import { instantiateWith } from './worker/module.js';

const instantiate = instantiateWith(create);

function spawnExpression(): Transport {
  const [near, far] = pairedTransports();
  new Peer(far, expressionHandlers(instantiate));
  return near;
}

async function compile(wasmUrl = new URL('./cento.wasm', import.meta.url).href) {
  const response = await fetchWithFiles(wasmUrl);
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
  protected static override platform = node;
}
export { CentoError, type CentoErrorCode } from './client/error.js';
export type * from './client/types.js';
