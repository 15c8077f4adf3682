import type { Patience } from '../loader/fetch.js';
import type { Manifest, PackFile } from '../loader/manifest.js';
import type { WasmUrls } from '../protocol/messages.js';
import type { Transport } from '../protocol/peer.js';
import type { Store } from '../store/store.js';
import type { Gate } from './gate.js';
import type { CentoModule, Engine, Instantiate, Verifier } from './module.js';

/** What differs between a worker in a browser and Node. */
export interface Environment {
  /** The build that runs here: see `hasSimd`. */
  compile(urls: WasmUrls, signal: AbortSignal, cache?: RequestCache): Promise<WebAssembly.Module>;
  instantiate: Instantiate;
  /** Starts what serves `expressionHandlers`; closing the transport ends it. */
  spawnExpression(): Transport;
  patience?: Patience;
}

/** One of those that answer together. */
interface Answering {
  readonly module: CentoModule;
  readonly engine: Engine;
  /** Held alone while the engine changes. */
  readonly gate: Gate;
  /** Holds the decoded text of so many shards. */
  verifier?: { reader: Promise<Verifier>; shards: number } | undefined;
}

/** A pack: `opening.ts` fills it, `answering.ts` asks it. Each has an instance of the module for itself. */
export interface Pack extends Answering {
  readonly manifest: Manifest;
  readonly manifestUrl: string;
  readonly store: Store;
  /** A file again: from the store, and from the server when that was cleared meanwhile. */
  file(entry: PackFile): Promise<Uint8Array<ArrayBuffer>>;
}

/** What the reader had learned, over a pack and in its instance. */
export interface PersonalLayer extends Answering {
  /** The tables and the shard. */
  readonly files: readonly Uint8Array<ArrayBuffer>[];
}

export type Layer = Pack | PersonalLayer;

export const isPersonal = (layer: Layer): layer is PersonalLayer => 'files' in layer;
