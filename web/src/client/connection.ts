import type {
  EngineMethods,
  OpenEvent,
  OpenParams,
  PageMethods,
  WasmUrls,
} from '../protocol/messages.js';
import { abortError, fromWire, Peer, type PeerCallOptions } from '../protocol/peer.js';
import { VERSION } from '../protocol/version.js';
import { pageHandlers } from '../worker/caller_fetch.js';
import { joinCoverage } from '../worker/layers.js';
import { CentoError } from './error.js';
import {
  coverageEvent,
  createMonitor,
  progressEvent,
  updateEvent,
  warningEvent,
} from './monitor.js';
import { type Platform, resolveUrl } from './platform.js';
import type { CentoMonitor, Coverage, CreateOptions, LoadPhase, LoadProgress } from './types.js';

/** Starts an engine and has it open the packs. */
export type Connect = () => Connection;

/** Checks the options. Errors: `NotSupportedError`, `InvalidArgumentError`. */
export function connector(platform: Platform, options: CreateOptions): Connect {
  const { cache = platform.defaultCache, evict = false, workerUrl, update } = options;
  const fetch = options.fetch ?? platform.fetch;
  platform.checkSupport();
  const base = platform.baseUrl();
  const { pack } = options;
  const packs = typeof pack === 'string' || pack instanceof URL ? [pack] : pack;
  const urls = [...new Set(packs.map((one) => resolveUrl(platform, one)))];
  if (urls.length === 0) throw new CentoError('InvalidArgumentError', 'pack names no pack.');
  const params: Omit<OpenParams, 'manifestUrl'> = {
    version: VERSION,
    cache,
    evict,
    callerFetches: fetch !== undefined,
    ...wasmUrls(options, base),
  };
  const monitor = createMonitor();
  options.monitor?.(monitor);
  return () => {
    const transport = platform.connect(workerUrl && new URL(workerUrl, base).href);
    return new Connection(
      (onEnd) => new Peer(transport, pageHandlers(fetch ?? globalThis.fetch), onEnd),
      urls,
      params,
      (one) => resolveUrl(platform, one),
      monitor,
      update !== 'manual',
    );
  };
}

function wasmUrls({ wasmUrl, scalarWasmUrl }: CreateOptions, base: string): WasmUrls {
  const simd = wasmUrl && new URL(wasmUrl, base);
  const scalar = scalarWasmUrl
    ? new URL(scalarWasmUrl, base)
    : simd && new URL('cento-scalar.wasm', simd);
  return { ...(simd && { wasmUrl: simd.href }), ...(scalar && { scalarWasmUrl: scalar.href }) };
}

/** An engine at work on packs. */
export class Connection {
  readonly #peer: Peer<EngineMethods, PageMethods>;
  /** Addresses of the packs. Shared with the connections before and after, which open the same. */
  readonly #urls: string[];
  readonly #params: Omit<OpenParams, 'manifestUrl'>;
  readonly #resolve: (pack: string | URL) => string;
  readonly #monitor: CentoMonitor;
  readonly #autoUpdate: boolean;
  /** Settles when something of each pack can be asked. */
  readonly answers: Promise<void>;
  /** Settles when everything is covered. */
  readonly ready: Promise<void>;
  isEnded = false;
  #isAnswering = false;
  /** By address. */
  readonly #coverage = new Map<string, Coverage>();
  readonly #progress = new Map<string, LoadProgress>();

  constructor(
    connect: (onEnd: (error: CentoError) => void) => Peer<EngineMethods, PageMethods>,
    urls: string[],
    params: Omit<OpenParams, 'manifestUrl'>,
    resolve: (pack: string | URL) => string,
    monitor: CentoMonitor,
    autoUpdate: boolean,
  ) {
    this.#urls = urls;
    this.#params = params;
    this.#resolve = resolve;
    this.#monitor = monitor;
    this.#autoUpdate = autoUpdate;
    this.#peer = connect((error) => {
      this.isEnded = true;
      if (this.#isAnswering) this.#warn(error);
    });
    const opened = urls.map((url) => this.#open(url));
    this.ready = Promise.all(opened.map(({ whole }) => whole)).then(() => {});
    this.answers = Promise.all(opened.map(({ first }) => first)).then(
      () => {
        this.#isAnswering = true;
      },
      (error) => {
        this.end(error);
        throw error;
      },
    );
    for (const promise of [this.answers, this.ready]) promise.catch(() => {}); // Whoever asks hears of it.
  }

  /** Of all packs together. */
  get coverage(): Coverage {
    return joinCoverage([...this.#coverage.values()]);
  }

  /** Waits until something can be asked. */
  async call<Name extends keyof EngineMethods & string>(
    method: Name,
    params: EngineMethods[Name]['params'],
    options: PeerCallOptions<EngineMethods[Name]['chunk']>,
  ): Promise<EngineMethods[Name]['value']> {
    if (!this.#isAnswering) await unlessAborted(this.answers, options.signal);
    return this.#peer.call(method, params, options);
  }

  /** True: a newer version of a pack answers from now on. */
  async update(signal?: AbortSignal, urls = this.#urls): Promise<boolean> {
    const updated = urls.map((manifestUrl) =>
      this.call('update', { manifestUrl }, { signal, onChunk: this.#hear(manifestUrl) }),
    );
    return (await Promise.all(updated)).includes(true);
  }

  /** Ends when everything of it is covered and stored; gives its address. */
  async mount(pack: string | URL, signal?: AbortSignal): Promise<string> {
    const url = this.#resolve(pack);
    const { whole } = this.#open(url, signal);
    if (!this.#urls.includes(url)) this.#urls.push(url);
    try {
      await whole;
      return url;
    } catch (error) {
      // What is covered goes on answering.
      if (!this.#coverage.has(url)) this.#leave(url);
      throw error;
    }
  }

  /** False: it is not open. */
  async unmount(packId: string, signal?: AbortSignal): Promise<boolean> {
    const url = await this.call('unmount', { packId }, { signal });
    if (url === undefined) return false;
    this.#leave(url);
    this.#monitor.dispatchEvent(coverageEvent(this.coverage));
    return true;
  }

  #leave(url: string): void {
    this.#urls.splice(this.#urls.indexOf(url), 1);
    this.#coverage.delete(url);
    this.#progress.delete(url);
  }

  /** `first` settles when something of it can be asked, `whole` when everything can. */
  #open(manifestUrl: string, signal?: AbortSignal): { first: Promise<void>; whole: Promise<void> } {
    let answered = () => {};
    const hear = this.#hear(manifestUrl);
    const onChunk = (event: OpenEvent) => {
      hear(event);
      if (event.type === 'coverage') answered();
    };
    const params = { ...this.#params, manifestUrl };
    const opening = this.#peer.call('open', params, { signal, onChunk });
    const first = new Promise<void>((resolve, reject) => {
      answered = resolve;
      opening.catch(reject);
    });
    first.catch(() => {}); // Not awaited by all.
    if (this.#autoUpdate) {
      opening
        .then((isStored) => isStored && this.update(undefined, [manifestUrl]).catch(this.#warn))
        .catch(() => {});
    }
    return { first, whole: opening.then(() => {}) };
  }

  /** Pending calls reject with `error`. */
  end(error: CentoError): void {
    this.isEnded = true;
    this.#peer.close(error);
  }

  readonly #hear =
    (url: string) =>
    (event: OpenEvent): void => {
      if (event.type === 'progress') {
        this.#progress.set(url, event.progress);
        this.#monitor.dispatchEvent(progressEvent(this.#allProgress()));
      } else if (event.type === 'update') {
        this.#monitor.dispatchEvent(updateEvent(event.packId, event.progress));
      } else if (event.type === 'warning') {
        this.#warn(fromWire(event.error));
      } else {
        this.#coverage.set(url, event.coverage);
        this.#monitor.dispatchEvent(coverageEvent(this.coverage));
      }
    };

  /** Of packs of which nothing is known yet, `loaded` knows that they come: it never falls. */
  #allProgress(): LoadProgress {
    const all = [...this.#progress.values()];
    const sum = (key: 'loaded' | 'bytes' | 'totalBytes' | 'shard' | 'shards') =>
      all.reduce((total, progress) => total + progress[key], 0);
    const phases: LoadPhase[] = ['download', 'express', 'ready'];
    const isAll = all.length === this.#urls.length;
    return {
      loaded: sum('loaded') / this.#urls.length,
      bytes: sum('bytes'),
      totalBytes: sum('totalBytes'),
      shard: sum('shard'),
      shards: sum('shards'),
      phase: phases.find((phase) => !isAll || all.some((one) => one.phase === phase)) ?? 'download',
    };
  }

  readonly #warn = (error: CentoError): void => {
    if (error.code !== 'AbortError') this.#monitor.dispatchEvent(warningEvent(error));
  };
}

/** Whoever aborts need not wait. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortError(signal));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
