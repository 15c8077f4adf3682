import type { Patience } from '../loader/fetch.js';
import type { Sha256 } from '../loader/hash.js';
import type { Manifest } from '../loader/manifest.js';
import type { Transport } from '../protocol/peer.js';
import type { Store } from '../store/store.js';
import type { Gate } from './gate.js';
import type { CentoModule, Engine, Instantiate, Verifier } from './module.js';

/** What differs between a worker in a browser and Node. */
export interface Environment {
  compile(
    wasmUrl: string | undefined,
    signal: AbortSignal,
    cache?: RequestCache,
  ): Promise<WebAssembly.Module>;
  instantiate: Instantiate;
  /** Starts what serves `expressionHandlers`; closing the transport ends it. */
  spawnExpression(): Transport;
  patience?: Patience;
}

/** The pack of this worker: `opening.ts` fills it, `answering.ts` asks it. */
export interface Pack {
  readonly module: CentoModule;
  readonly engine: Engine;
  /** Held alone while the engine changes. */
  readonly gate: Gate;
  readonly manifest: Manifest;
  readonly manifestUrl: string;
  readonly sha256: Sha256;
  store: Store;
  shardsAdded: number;
  /** Holds the decoded text of so many shards. */
  verifier?: { reader: Promise<Verifier>; shards: number } | undefined;
}
