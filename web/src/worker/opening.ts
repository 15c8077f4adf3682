/** Opens a pack: finds its manifest, brings its files in, and keeps its index up with them. */

import { CentoError } from '../client/error.js';
import { hasher } from '../loader/hash.js';
import { loadFiles, ProgressMeter } from '../loader/load.js';
import type { PackFile } from '../loader/manifest.js';
import {
  type FoundManifest,
  findManifest,
  type LoadContext,
  storedFile,
} from '../loader/source.js';
import type { ExpressionMethods, NoMethods, OpenEvent, OpenParams } from '../protocol/messages.js';
import { abortError, type HandlerContext, Peer, toWire } from '../protocol/peer.js';
import { downloadLockName } from '../store/lock.js';
import { MemoryStore } from '../store/memory.js';
import { openStore } from '../store/open.js';
import type { Store, StoredImage } from '../store/store.js';
import { Expressing } from './expressing.js';
import { Gate } from './gate.js';
import type { Environment, Pack } from './pack.js';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Ends when everything is covered and stored; `onPack` gets the pack before its first file. When it
 * fails or is aborted, what was covered by then goes on answering.
 */
export async function openPack(
  environment: Environment,
  params: OpenParams,
  fetch: typeof globalThis.fetch,
  { signal, emit }: HandlerContext<OpenEvent>,
  onPack: (pack: Pack) => void,
): Promise<void> {
  const warn = (error: CentoError) => emit({ type: 'warning', error: toWire(error) });
  const compiling = environment.compile(params.wasmUrl, signal);
  compiling.catch(() => {}); // Awaited below.
  const store = await openStore(params.cache, warn);
  const base = { store, fetch, signal, warn, delays: environment.delays };
  const found = await findManifest(params.manifestUrl, base);
  const wasm = await compiling;
  const module = await environment.instantiate(wasm);
  const pack: Pack = {
    module,
    engine: new module.Engine(),
    gate: new Gate(),
    manifest: found.manifest,
    manifestUrl: params.manifestUrl,
    sha256: hasher((bytes) => module.sha256(bytes)),
    store,
    shardsAdded: 0,
  };
  onPack(pack);
  const load: LoadContext = { ...base, sha256: pack.sha256 };
  const opening = new Opening(environment, wasm, params, pack, load, emit);
  await whileHoldingLock(downloadLockName(params.manifestUrl), () => opening.run(found));
}

/** Tells other pages that this one is loading; they may load, too. */
async function whileHoldingLock(name: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(name, { mode: 'shared' }, work) : work();
}

class Opening {
  readonly #environment: Environment;
  readonly #wasm: WebAssembly.Module;
  readonly #params: OpenParams;
  readonly #pack: Pack;
  readonly #context: LoadContext;
  readonly #emit: (event: OpenEvent) => void;
  readonly #meter: ProgressMeter;
  readonly #stop = new AbortController();
  #expression: Peer<ExpressionMethods, NoMethods> | undefined;
  /** Settles when the expression worker has all shards that were handed to it. */
  #expressed: Promise<unknown> = Promise.resolve();

  constructor(
    environment: Environment,
    wasm: WebAssembly.Module,
    params: OpenParams,
    pack: Pack,
    context: LoadContext,
    emit: (event: OpenEvent) => void,
  ) {
    this.#environment = environment;
    this.#wasm = wasm;
    this.#params = params;
    this.#pack = pack;
    this.#context = context;
    this.#emit = emit;
    this.#meter = new ProgressMeter(pack.manifest, (progress) =>
      emit({ type: 'progress', progress }),
    );
  }

  async run({ manifest, text, baseUrl }: FoundManifest): Promise<void> {
    const { manifestUrl } = this.#params;
    const { signal } = this.#context;
    const stop = () => this.#stop.abort(signal.reason);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    this.#stop.signal.addEventListener('abort', () => this.#expression?.close(abortError(signal)));
    try {
      this.#meter.report();
      await this.#keep((store) => store.begin(manifestUrl, manifest, text));
      const image = await this.#storedImage();
      await (image ? this.#addFiles(baseUrl) : this.#addAndExpressFiles(baseUrl));
      await this.#keep((store) => store.commit(manifestUrl, manifest, text));
      if (image && !(await this.#mountStored(image))) await this.#expressStored();
    } catch (error) {
      throw signal.aborted ? abortError(signal) : error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#stop.abort();
    }
    this.#meter.setPhase('ready');
  }

  /** `onFile` hears of each file once the engine has it. */
  async #addFiles(
    baseUrl: string,
    onFile: (entry: PackFile, bytes: Bytes) => Promise<void> = async () => {},
  ): Promise<void> {
    const { engine, gate, manifest } = this.#pack;
    const context = { ...this.#context, signal: this.#stop.signal };
    const files = loadFiles(manifest, baseUrl, context, this.#meter, (entry, bytes) =>
      this.#keep((store) => store.putFile(entry.sha256, bytes)),
    );
    for await (const { entry, bytes } of files) {
      await gate.alone(() =>
        entry.role === 'tables' ? engine.openTables(bytes) : engine.addShard(bytes),
      );
      if (entry.role === 'shard') this.#pack.shardsAdded++;
      else this.#checkPackId();
      await onFile(entry, bytes);
    }
  }

  #checkPackId(): void {
    if (this.#pack.engine.summary().packId === this.#pack.manifest.packId) return;
    throw new CentoError('IntegrityError', 'The tables belong to another pack than the manifest.');
  }

  // ------------------------------------------------------------------------------------ expressing

  async #addAndExpressFiles(baseUrl: string): Promise<void> {
    this.#startExpression();
    const expressing = new Expressing({
      shardCount: this.#pack.manifest.shards.length,
      build: () => this.#build(),
    });
    const added = this.#addFiles(baseUrl, async (entry, bytes) => {
      await this.#express(entry, bytes);
      if (entry.role === 'shard') expressing.shardAdded(entry.tokens);
    });
    await Promise.all([added, expressing.done]);
  }

  /** Builds from the files that are stored by now. */
  async #expressStored(): Promise<void> {
    const { manifest, store } = this.#pack;
    this.#startExpression();
    for (const entry of [manifest.tables, ...manifest.shards]) {
      const bytes = await storedFile(entry, { ...this.#context, store });
      if (!bytes) throw new CentoError('NotFoundError', `The stored ${entry.file} has gone.`);
      await this.#express(entry, bytes);
    }
    await this.#build();
  }

  #startExpression(): void {
    this.#expression = new Peer(this.#environment.spawnExpression(), {});
  }

  get #expresser(): Peer<ExpressionMethods, NoMethods> {
    if (this.#expression) return this.#expression;
    throw new CentoError('InvalidStateError', 'Nothing is being expressed.');
  }

  async #express(entry: PackFile, bytes: Bytes): Promise<void> {
    if (entry.role === 'tables') {
      await this.#expresser.call('start', { wasm: this.#wasm, tables: bytes });
    } else {
      // While it builds it takes no shard: downloading goes on, and the next build waits.
      this.#expressed = Promise.all([this.#expressed, this.#expresser.call('addShard', { bytes })]);
      this.#expressed.catch(() => {});
    }
  }

  /** Gives the number of shards that are covered now. */
  async #build(): Promise<number> {
    const { manifest, module, store } = this.#pack;
    this.#meter.setPhase('express');
    // Messages arrive in order: it builds over exactly the shards handed to it by now.
    const shards = this.#pack.shardsAdded;
    const building = this.#expresser.call('express', {});
    const [bytes] = await Promise.all([building, this.#expressed]);
    await this.#mount(bytes);
    if (shards < manifest.shards.length) {
      this.#meter.setPhase('download');
    } else {
      // It can be made again: a full disk must not stop what works.
      await store
        .putImage(manifest.packId, module.version(), { shards, bytes })
        .catch(this.#context.warn);
    }
    return shards;
  }

  async #mount(image: Bytes): Promise<void> {
    const { engine, gate } = this.#pack;
    await gate.alone(() => engine.mount(image));
    this.#emit({ type: 'coverage', coverage: engine.coverage() });
  }

  /** False when the stored image is of no use; it is deleted then. */
  async #mountStored({ bytes }: StoredImage): Promise<boolean> {
    try {
      await this.#mount(bytes);
      return true;
    } catch (error) {
      this.#context.warn(error as CentoError);
      await this.#pack.store.deleteImage(this.#pack.manifest.packId).catch(this.#context.warn);
      return false;
    }
  }

  // --------------------------------------------------------------------------------------- storing

  /**
   * Writes to the store. When that fails and the caller left the choice of store to us, the memory
   * takes what is still to be kept.
   */
  async #keep(write: (store: Store) => Promise<void>): Promise<void> {
    try {
      await write(this.#pack.store);
    } catch (error) {
      if (this.#params.cache === 'indexeddb') throw error;
      this.#context.warn(error as CentoError);
      this.#pack.store = new MemoryStore(this.#pack.store);
      await write(this.#pack.store);
    }
  }

  async #storedImage(): Promise<StoredImage | undefined> {
    const { store, manifest, module } = this.#pack;
    try {
      const image = await store.image(manifest.packId, module.version());
      return image?.shards === manifest.shards.length ? image : undefined;
    } catch (error) {
      this.#context.warn(error as CentoError);
      return undefined;
    }
  }
}
