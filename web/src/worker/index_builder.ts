/** The engine's side of an expression worker: hands files over, and gets the index of all of them. */

import type { CentoError } from '../client/error.js';
import type { PackFile } from '../loader/manifest.js';
import type { ExpressionMethods, NoMethods } from '../protocol/messages.js';
import { Peer, type Transport } from '../protocol/peer.js';
import { VERSION } from '../protocol/version.js';
import type { StoredImage } from '../store/store.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Busy or waiting until `close`, which ends its worker and gives the memory back. */
export class IndexBuilder {
  readonly #peer: Peer<ExpressionMethods, NoMethods>;
  /** It has an engine: long before there are tables, which come over the network. */
  readonly #started: Promise<unknown>;
  /** Settles when the worker has read all files that were handed to it. */
  #added: Promise<unknown> = Promise.resolve();
  /** Handed over so far. */
  shards = 0;

  constructor(transport: Transport, wasm: Promise<WebAssembly.Module>) {
    this.#peer = new Peer(transport, {});
    this.#started = wasm.then((wasm) => this.#peer.call('start', { version: VERSION, wasm }));
    this.#started.catch(() => {}); // Awaited below.
  }

  /** Base tables, tables and shards, in order. What is wrong with them is told by `build`. */
  async take(entry: PackFile, bytes: Bytes): Promise<void> {
    await this.#started;
    if (entry.role === 'shard') this.shards++;
    // While it builds it takes no shard: downloading goes on, and the next build waits.
    const method = entry.role === 'shard' ? 'addShard' : 'openTables';
    this.#added = Promise.all([this.#added, this.#peer.call(method, { bytes })]);
    this.#added.catch(() => {});
  }

  /** The index of the shards that it was handed by now. */
  async build(): Promise<StoredImage> {
    // Messages arrive in order: it builds over exactly these.
    const { shards } = this;
    const [bytes] = await Promise.all([this.#peer.call('express', {}), this.#added]);
    return { shards, bytes };
  }

  close(reason: CentoError): void {
    this.#peer.close(reason);
  }
}
