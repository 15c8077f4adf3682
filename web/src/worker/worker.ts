/**
 * The worker's script. The page's worker is asked to `open`; that one starts the same script again,
 * which is asked to `express`, and ends it when the index is built.
 */

import type {
  EngineMethods,
  ExpressionMethods,
  PageMethods,
  WasmUrls,
} from '../protocol/messages.js';
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
import { hasSimd } from './simd.js';

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

/** The one file of the two that this browser needs, in the form that bundlers look for. */
function wasmAddress({ wasmUrl, scalarWasmUrl }: WasmUrls): string {
  return hasSimd()
    ? (wasmUrl ?? new URL('./cento.wasm', import.meta.url).href)
    : (scalarWasmUrl ?? new URL('./cento-scalar.wasm', import.meta.url).href);
}

const peer: Peer<PageMethods, EngineMethods & ExpressionMethods> = new Peer(scopeTransport(scope), {
  ...engineHandlers(() => peer, {
    compile: (urls, signal, cache) => compileWasm(wasmAddress(urls), signal, cache),
    instantiate,
    spawnExpression,
  }),
  ...expressionHandlers(instantiate),
});
announceLife(scope);
