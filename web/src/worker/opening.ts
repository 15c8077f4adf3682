/** Opens a pack: finds its manifest, brings its files in, and keeps its index up with them. */

import { CentoError } from '../client/error.js';
import { hasher } from '../loader/hash.js';
import { type LoadedFile, loadFiles, ProgressMeter } from '../loader/load.js';
import { filesOf, type Manifest, type PackFile } from '../loader/manifest.js';
import {
  downloadFile,
  type FoundManifest,
  fetchManifest,
  findManifest,
  type LoadContext,
  storedFile,
  storedManifest,
} from '../loader/source.js';
import type { OpenEvent, OpenParams } from '../protocol/messages.js';
import { abortError, FatalError, fromWire, type HandlerContext, toWire } from '../protocol/peer.js';
import { checkVersion, VERSION } from '../protocol/version.js';
import { downloadLockName, markInUse, withLock } from '../store/lock.js';
import { MemoryStore } from '../store/memory.js';
import { openStore } from '../store/open.js';
import { checkRoom } from '../store/room.js';
import type { Store, StoredImage } from '../store/store.js';
import { Expressing } from './expressing.js';
import { Gate } from './gate.js';
import { IndexBuilder } from './index_builder.js';
import type { CentoModule, Engine } from './module.js';
import type { Environment, Pack } from './pack.js';

type Bytes = Uint8Array<ArrayBuffer>;
type Context = HandlerContext<OpenEvent>;

/** Opens the pack of an address, and takes newer versions of it. */
export class Opener {
  readonly #environment: Environment;
  readonly #params: OpenParams;
  readonly #fetch: typeof globalThis.fetch;
  readonly #use: (pack: Pack) => void;
  /** One after the other. */
  readonly #gate = new Gate();
  #wasm: Promise<WebAssembly.Module> | undefined;
  #store: Store | undefined;
  /** The version that is covered and stored as a whole. */
  #packId: string | undefined;

  /** `use` gets each pack that is to answer from now on. */
  constructor(
    environment: Environment,
    params: OpenParams,
    fetch: typeof globalThis.fetch,
    use: (pack: Pack) => void,
  ) {
    this.#environment = environment;
    this.#params = params;
    this.#fetch = fetch;
    this.#use = use;
  }

  /**
   * Ends when everything is covered and stored; the pack is used before its first file. When it fails
   * or is aborted, what was covered by then goes on answering. A pack that is stored as a whole is
   * opened without asking the server: true.
   */
  open(context: Context): Promise<boolean> {
    const { manifestUrl, cache } = this.#params;
    const { signal } = context;
    return this.#gate.alone(async () => {
      this.#wasm = this.#compile(signal);
      this.#wasm.catch(() => {}); // Awaited below.
      const { warn, ...base } = this.#base(context);
      const store = await openStore(cache, warn);
      this.#store = store;
      const known = await store.find(manifestUrl).catch(warn);
      if (known?.isWhole) {
        try {
          await this.#bring(storedManifest(manifestUrl, known), context);
          return true;
        } catch (error) {
          if (signal.aborted || error instanceof FatalError) throw error;
          warn(error as CentoError); // The server has one that can be used, perhaps.
        }
      }
      await this.#bring(
        await findManifest(manifestUrl, known || undefined, { ...base, warn, store }),
        context,
      );
      return false;
    });
  }

  /**
   * Brings a newer version in, if the server has one, and then uses it: true. Until then, and when it
   * fails, the one before goes on answering. It also finishes what `open` had to leave.
   */
  update(context: Context): Promise<boolean> {
    return this.#gate.alone(async () => {
      const found = await fetchManifest(this.#params.manifestUrl, this.#base(context));
      const { packId } = found.manifest;
      if (packId === this.#packId) return false;
      const emit = (event: OpenEvent) => {
        if (event.type === 'progress') context.emit({ ...event, type: 'update', packId });
        else if (event.type === 'warning') context.emit(event);
      };
      try {
        await this.#bring(found, { ...context, emit }, context.emit);
      } catch (error) {
        // It stopped an engine that nobody uses yet.
        if (error instanceof FatalError) throw fromWire(toWire(error));
        throw error;
      }
      return true;
    });
  }

  #base({ signal, emit }: Context) {
    return {
      fetch: this.#fetch,
      signal,
      warn: (error: CentoError) => emit({ type: 'warning', error: toWire(error) }),
      ...this.#environment.patience,
    };
  }

  /** With `emitSwap`, the pack is not used before it is whole. */
  async #bring(found: FoundManifest, context: Context, emitSwap?: Context['emit']): Promise<void> {
    const { signal, emit } = context;
    const { manifestUrl } = this.#params;
    const { manifest } = found;
    const base = this.#base(context);
    const store = this.#store as Store;
    // Files come, and the index is read, while it starts.
    const instance = this.#instantiate(signal);
    const wasm = instance.then(() => this.#wasm as Promise<WebAssembly.Module>);
    const load = {
      ...base,
      sha256: hasher(async (bytes) => (await instance).sha256(bytes)),
      store,
    };
    const opening = new Opening(this.#environment, wasm, this.#params, manifest, load, emit);
    const later = { ...load, signal: new AbortController().signal };
    const started = instance.then((module): Pack => {
      const pack = {
        module,
        engine: new module.Engine(),
        gate: new Gate(),
        manifest,
        manifestUrl,
        get store() {
          return opening.store;
        },
        file: async (entry: PackFile) =>
          (await storedFile(entry, { ...later, store: opening.store })) ??
          downloadFile(entry, found.baseUrl, later, () => {}),
      };
      if (!emitSwap) this.#use(pack);
      return pack;
    });
    for (const awaited of [wasm, started]) awaited.catch(() => {}); // Awaited below.
    markInUse(manifest.packId);
    await withLock(downloadLockName(manifestUrl), 'shared', signal, async () =>
      opening.run(started, found, emitSwap === undefined),
    );
    this.#packId = manifest.packId;
    if (!emitSwap) return;
    const pack = await started;
    this.#use(pack);
    emitSwap({ type: 'coverage', coverage: pack.engine.coverage() });
    opening.end();
  }

  // A page that was kept by some cache may meet a newer cento.wasm, or the other way round.
  async #instantiate(signal: AbortSignal): Promise<CentoModule> {
    this.#wasm ??= this.#compile(signal);
    const module = await this.#environment.instantiate(await this.#wasm);
    if (module.version() === VERSION) return module;
    this.#wasm = this.#compile(signal, 'reload');
    const reloaded = await this.#environment.instantiate(await this.#wasm);
    checkVersion(reloaded.version(), 'the WebAssembly');
    return reloaded;
  }

  #compile(signal: AbortSignal, cache?: RequestCache): Promise<WebAssembly.Module> {
    return this.#environment.compile(this.#params, signal, cache);
  }
}

class Opening {
  readonly #environment: Environment;
  readonly #wasm: Promise<WebAssembly.Module>;
  readonly #params: OpenParams;
  readonly #manifest: Manifest;
  readonly #context: LoadContext;
  readonly #emit: (event: OpenEvent) => void;
  readonly #meter: ProgressMeter;
  readonly #stop = new AbortController();
  /** There when the module is. */
  #pack!: Promise<Pack>;
  /** Where the files are kept. */
  store: Store;
  /** Bytes of other packs that were deleted to make room. */
  #freed = 0;

  constructor(
    environment: Environment,
    wasm: Promise<WebAssembly.Module>,
    params: OpenParams,
    manifest: Manifest,
    context: LoadContext,
    emit: (event: OpenEvent) => void,
  ) {
    this.#environment = environment;
    this.#wasm = wasm;
    this.#params = params;
    this.#manifest = manifest;
    this.#context = context;
    this.store = context.store;
    this.#emit = emit;
    this.#meter = new ProgressMeter(manifest, (progress) => emit({ type: 'progress', progress }));
  }

  /** With `early` the first shards answer while others come; without it the index is built once. */
  async run(pack: Promise<Pack>, found: FoundManifest, early: boolean): Promise<void> {
    const { signal } = this.#context;
    this.#pack = pack;
    const stop = () => this.#stop.abort(signal.reason);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      await Promise.all([pack, this.#work(found, early)]);
    } catch (error) {
      throw signal.aborted ? abortError(signal) : error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#stop.abort();
    }
    if (early) this.end();
  }

  async #work({ manifest, text, baseUrl }: FoundManifest, early: boolean): Promise<void> {
    const { manifestUrl } = this.#params;
    const { packId } = manifest;
    const { warn } = this.#context;
    const missing = await this.#missing();
    this.#meter.setMissing(missing);
    this.#meter.report();
    if (missing.length > 0) {
      await this.#keep(async (store) => {
        if (store.kind === 'indexeddb') await checkRoom(missing, this.#freed);
        await store.begin(manifestUrl, manifest, text);
      });
    }
    if (await this.store.hasImage(packId, VERSION).catch(warn)) {
      await this.#useImage(missing, baseUrl);
    } else if (early) {
      await this.#bringAndExpress(baseUrl);
    } else {
      for await (const file of this.#load(filesOf(manifest), baseUrl)) await this.#read(file);
      await this.#expressStored();
    }
    await this.#keep((store) => store.commit(manifestUrl, manifest, text));
  }

  /** Tells that it is used, as a whole. */
  end(): void {
    this.#meter.setPhase('ready');
  }

  #load(files: readonly PackFile[], baseUrl: string): AsyncGenerator<LoadedFile> {
    const context = { ...this.#context, signal: this.#stop.signal };
    return loadFiles(files, baseUrl, context, this.#meter, (entry, bytes) =>
      this.#keep((store) => store.putFile(entry.sha256, bytes)),
    );
  }

  /** The engine reads tables alone: the text comes with the index. */
  async #read({ entry, bytes }: LoadedFile): Promise<void> {
    if (entry.role === 'shard') return;
    const { engine, gate } = await this.#pack;
    await gate.alone(() => engine.openTables(bytes));
    if (entry.role === 'tables') this.#checkPackId(engine);
  }

  /** Of the shards only those are brought in that the store lacks. */
  async #useImage(missing: PackFile[], baseUrl: string): Promise<void> {
    const isWanted = (entry: PackFile) => entry.role !== 'shard' || missing.includes(entry);
    const files = filesOf(this.#manifest);
    for (const entry of files) if (!isWanted(entry)) this.#meter.arrived(entry);
    let image: Promise<StoredImage | undefined> | undefined;
    let isMounted = false;
    for await (const file of this.#load(files.filter(isWanted), baseUrl)) {
      // As large as all files together: tables are opened meanwhile. Asked for first it would come first.
      image ??= this.store.image(this.#manifest.packId, VERSION);
      image.catch(() => {}); // Awaited below.
      await this.#read(file);
      if (file.entry.role === 'tables') isMounted = await this.#mountStored(image);
    }
    if (!isMounted) await this.#expressStored();
  }

  #checkPackId(engine: Engine): void {
    if (engine.summary().packId === this.#manifest.packId) return;
    throw new CentoError('IntegrityError', 'The tables belong to another pack than the manifest.');
  }

  // ------------------------------------------------------------------------------------ expressing

  /** The first shards answer while the others come. */
  async #bringAndExpress(baseUrl: string): Promise<void> {
    const manifest = this.#manifest;
    const builder = this.#startBuilder();
    const expressing = new Expressing({
      tokens: manifest.shards.map(({ tokens }) => tokens),
      build: () => this.#build(builder),
    });
    this.#stop.signal.addEventListener('abort', () => expressing.stop());
    const bring = async () => {
      for await (const file of this.#load(filesOf(manifest), baseUrl)) {
        await builder.take(file.entry, file.bytes); // which reads it while the engine does
        await this.#read(file);
        if (file.entry.role === 'shard') expressing.shardAdded();
      }
    };
    await Promise.all([bring(), expressing.done]);
  }

  /** Builds from the files that are stored by now. */
  async #expressStored(): Promise<void> {
    const builder = this.#startBuilder();
    const pack = await this.#pack;
    for (const entry of filesOf(this.#manifest)) {
      await builder.take(entry, await pack.file(entry));
    }
    await this.#build(builder);
  }

  #startBuilder(): IndexBuilder {
    const builder = new IndexBuilder(this.#environment.spawnExpression(), this.#wasm);
    this.#stop.signal.addEventListener('abort', () =>
      builder.close(abortError(this.#context.signal)),
    );
    return builder;
  }

  /** Gives the number of shards that are covered now. */
  async #build(builder: IndexBuilder): Promise<number> {
    const { packId, shards } = this.#manifest;
    const { store } = this;
    this.#meter.setPhase('express');
    const image = await builder.build();
    const isWhole = image.shards === shards.length;
    // What building took is given back before the index comes in here.
    if (isWhole) builder.close(abortError(this.#context.signal));
    await this.#mount(image.bytes);
    if (isWhole) {
      // It can be made again: a full disk must not stop what works.
      await store.putImage(packId, VERSION, image).catch(this.#context.warn);
    } else {
      this.#meter.setPhase('download');
    }
    return image.shards;
  }

  async #mount(image: Bytes): Promise<void> {
    const { engine, gate } = await this.#pack;
    await gate.alone(() => engine.mount(image));
    this.#emit({ type: 'coverage', coverage: engine.coverage() });
  }

  /** False when the stored image is of no use; it is deleted then. */
  async #mountStored(reading: Promise<StoredImage | undefined>): Promise<boolean> {
    try {
      const image = await reading;
      if (image) await this.#mount(image.bytes);
      return image !== undefined;
    } catch (error) {
      this.#context.warn(error as CentoError);
      await this.store.deleteImage(this.#manifest.packId).catch(this.#context.warn);
      return false;
    }
  }

  // --------------------------------------------------------------------------------------- storing

  /**
   * Writes to the store. When it is full, other packs make room if they may; when it fails and the
   * caller left the choice of store to us, the memory takes what is still to be kept.
   */
  async #keep(write: (store: Store) => Promise<void>): Promise<void> {
    const { cache, evict, manifestUrl } = this.#params;
    try {
      await write(this.store);
    } catch (error) {
      const isFull = (error as CentoError).code === 'QuotaExceededError';
      const freed = isFull && evict ? await this.store.evict(manifestUrl) : 0;
      this.#freed += freed;
      if (freed === 0) {
        if (cache === 'indexeddb') throw error;
        this.#context.warn(error as CentoError);
        this.store = new MemoryStore(this.store);
      }
      await this.#keep(write);
    }
  }

  async #missing(): Promise<PackFile[]> {
    return this.store.missing(this.#manifest).catch((error) => {
      this.#context.warn(error);
      return filesOf(this.#manifest);
    });
  }
}
