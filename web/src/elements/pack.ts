/** One instance of a pack for all elements of a page that name it. */

import type { CentoError } from '../client/error.js';
import type { Coverage, LoadProgress } from '../client/types.js';
import type { Cento } from '../index.js';

export interface PackAddress {
  /** Of the `manifest.json`, relative to the page; of several that answer together, with spaces between. */
  pack: string;
  workerUrl?: string | undefined;
  wasmUrl?: string | undefined;
}

/** `answering`: the first shard is there; `ready`: all of the pack is. */
export type PackState = 'idle' | 'loading' | 'answering' | 'ready' | 'failed';

/** How long an instance that no element uses any more is kept, for elements that are moved. */
const KEPT_MS = 10_000;

/** A pack that is loaded at the first need of it, once. */
export class SharedPack {
  state: PackState = 'idle';
  progress: LoadProgress | undefined;
  coverage: Coverage | undefined;
  error: CentoError | undefined;
  /** Of the texts, by pack id. */
  readonly languages = new Map<string, string>();
  readonly #open: (pack: SharedPack) => Promise<Cento>;
  readonly #onUnused: () => void;
  readonly #users = new Set<() => void>();
  #instance: Promise<Cento> | undefined;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(open: (pack: SharedPack) => Promise<Cento>, onUnused: () => void) {
    this.#open = open;
    this.#onUnused = onUnused;
  }

  /** Resolves as soon as something can be answered. After a failure the next call tries again. */
  load(): Promise<Cento> {
    this.#instance ??= this.#begin();
    return this.#instance;
  }

  /** Calls `onChange` whenever a member has changed, until the function that it gives is called. */
  use(onChange: () => void): () => void {
    clearTimeout(this.#ending);
    this.#users.add(onChange);
    return () => {
      this.#users.delete(onChange);
      if (this.#users.size === 0) this.#ending = setTimeout(this.#onUnused, KEPT_MS);
    };
  }

  /** Of an instance that has failed for good, such as one whose worker died. */
  drop(error: CentoError): void {
    this.#instance = undefined;
    this.change({ state: 'failed', error });
  }

  /** Ends an instance that was begun here. */
  async end(): Promise<void> {
    const instance = this.#instance;
    this.#instance = undefined;
    this.state = 'idle';
    await (await instance?.catch(() => undefined))?.destroy();
  }

  change(members: Partial<Pick<SharedPack, 'state' | 'progress' | 'coverage' | 'error'>>): void {
    Object.assign(this, members);
    for (const onChange of this.#users) onChange();
  }

  async #begin(): Promise<Cento> {
    this.change({ state: 'loading', progress: undefined, error: undefined });
    try {
      const cento = await this.#open(this);
      for (const { packId, language } of await cento.packs()) this.languages.set(packId, language);
      this.change({ state: 'answering', coverage: cento.coverage });
      cento.ready.then(
        () => this.change({ state: 'ready', coverage: cento.coverage }),
        (error) => this.change({ error }), // what is covered goes on answering
      );
      return cento;
    } catch (error) {
      this.drop(error as CentoError);
      throw error;
    }
  }
}

const packs = new Map<string, SharedPack>();

/** The page's one shared pack at an address. Nothing is loaded by this. */
export function sharedPack({ pack, workerUrl, wasmUrl }: PackAddress): SharedPack {
  const absolute = (url: string | undefined) => url && new URL(url, document.baseURI).href;
  const addresses = pack.trim().split(/\s+/);
  const key = JSON.stringify([...addresses, workerUrl, wasmUrl].map(absolute));
  let shared = packs.get(key);
  if (!shared) {
    const open = async (opened: SharedPack) => {
      const { Cento } = await import('../index.js');
      return Cento.create({
        pack: addresses,
        ...(workerUrl && { workerUrl }),
        ...(wasmUrl && { wasmUrl }),
        monitor(monitor) {
          monitor.addEventListener('downloadprogress', (event) => {
            const { loaded, bytes, totalBytes, shard, shards, phase } = event;
            opened.change({ progress: { loaded, bytes, totalBytes, shard, shards, phase } });
          });
          monitor.addEventListener('coverage', ({ coverage }) => opened.change({ coverage }));
        },
      });
    };
    shared = new SharedPack(open, () => {
      packs.delete(key);
      void shared?.end();
    });
    packs.set(key, shared);
  }
  return shared;
}

const given = new WeakMap<object, SharedPack>();

/** An instance that the page has made itself, and ends itself. */
export function givenPack(instance: Cento | Promise<Cento>): SharedPack {
  let shared = given.get(instance);
  if (!shared) {
    shared = new SharedPack(
      async () => instance,
      () => {},
    );
    given.set(instance, shared);
  }
  return shared;
}

/**
 * The instance that the page's elements share, for scripts of the page: loads it if no element has.
 * It is the elements' to end; who wants it for longer than they stand in the page makes one of their own.
 */
export function sharedCento(address: string | PackAddress): Promise<Cento> {
  return sharedPack(typeof address === 'string' ? { pack: address } : address).load();
}
