/**
 * The worker's script. The page's worker is asked to `open`; that one starts the same script again,
 * which is asked to `express`, and ends it when the index is built.
 */

import type { EngineMethods, ExpressionMethods, PageMethods } from '../protocol/messages.js';
import { Peer, type Transport } from '../protocol/peer.js';
import { scriptUrl } from '../protocol/script_url.js';
import {
  announceLife,
  pairedTransports,
  scopeTransport,
  type WorkerScope,
  workerTransport,
} from '../protocol/transports.js';
import { compileWasm } from './compile.js';
import { expressionHandlers } from './expression.js';
import { engineHandlers } from './host.js';
import { instantiate } from './module.js';

const scope = self as unknown as WorkerScope;

function spawnExpression(): Transport {
  if (typeof Worker === 'undefined') {
    // No workers in workers (Safari before 15.5): the index is built here.
    const [near, far] = pairedTransports();
    new Peer(far, expressionHandlers(instantiate));
    return near;
  }
  // The address of this script, wherever a bundler has put it.
  const url = self.location.href;
  return workerTransport(
    new Worker(scriptUrl(url), { type: 'module', name: 'cento-express' }),
    url,
  );
}

const peer: Peer<PageMethods, EngineMethods & ExpressionMethods> = new Peer(scopeTransport(scope), {
  ...engineHandlers(() => peer, {
    compile: (wasmUrl, signal, cache) =>
      compileWasm(wasmUrl ?? new URL('./cento.wasm', import.meta.url).href, signal, cache),
    instantiate,
    spawnExpression,
  }),
  ...expressionHandlers(instantiate),
});
announceLife(scope);
