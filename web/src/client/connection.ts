import type { EngineMethods, OpenEvent, OpenParams, PageMethods } from '../protocol/messages.js';
import { abortError, fromWire, Peer, type PeerCallOptions } from '../protocol/peer.js';
import { VERSION } from '../protocol/version.js';
import { pageHandlers } from '../worker/caller_fetch.js';
import type { CentoError } from './error.js';
import {
  coverageEvent,
  createMonitor,
  progressEvent,
  updateEvent,
  warningEvent,
} from './monitor.js';
import { type Platform, resolveUrl } from './platform.js';
import type { CentoMonitor, Coverage, CreateOptions } from './types.js';

/** Starts an engine and has it open the pack. */
export type Connect = () => Connection;

/** Checks the options. Errors: `NotSupportedError`, `InvalidArgumentError`. */
export function connector(platform: Platform, options: CreateOptions): Connect {
  const { cache = platform.defaultCache, evict = false, workerUrl, wasmUrl, update } = options;
  const fetch = options.fetch ?? platform.fetch;
  platform.checkSupport();
  const base = platform.baseUrl();
  const params: OpenParams = {
    version: VERSION,
    manifestUrl: resolveUrl(platform, options.pack),
    cache,
    evict,
    callerFetches: fetch !== undefined,
    ...(wasmUrl && { wasmUrl: new URL(wasmUrl, base).href }),
  };
  const monitor = createMonitor();
  options.monitor?.(monitor);
  return () => {
    const transport = platform.connect(workerUrl && new URL(workerUrl, base).href);
    return new Connection(
      (onEnd) => new Peer(transport, pageHandlers(fetch ?? globalThis.fetch), onEnd),
      params,
      monitor,
      update !== 'manual',
    );
  };
}

/** An engine at work on a pack. */
export class Connection {
  readonly #peer: Peer<EngineMethods, PageMethods>;
  readonly #monitor: CentoMonitor;
  /** Settles when something can be asked. */
  readonly answers: Promise<void>;
  /** Settles when everything is covered. */
  readonly ready: Promise<void>;
  coverage: Coverage = NOTHING;
  isEnded = false;
  #answered!: () => void;

  constructor(
    connect: (onEnd: (error: CentoError) => void) => Peer<EngineMethods, PageMethods>,
    params: OpenParams,
    monitor: CentoMonitor,
    autoUpdate: boolean,
  ) {
    this.#monitor = monitor;
    this.#peer = connect((error) => {
      this.isEnded = true;
      if (this.coverage !== NOTHING) this.#warn(error);
    });
    const opening = this.#peer.call('open', params, { onChunk: this.#hear });
    this.ready = opening.then(() => {});
    this.answers = new Promise((resolve, reject) => {
      this.#answered = resolve;
      opening.catch((error) => {
        if (this.coverage === NOTHING) this.end(error);
        reject(error);
      });
    });
    for (const promise of [this.answers, this.ready]) promise.catch(() => {}); // Whoever asks hears of it.
    if (autoUpdate) {
      opening.then((isStored) => isStored && this.update().catch(this.#warn)).catch(() => {});
    }
  }

  /** Waits until something can be asked. */
  async call<Name extends keyof EngineMethods & string>(
    method: Name,
    params: EngineMethods[Name]['params'],
    options: PeerCallOptions<EngineMethods[Name]['chunk']>,
  ): Promise<EngineMethods[Name]['value']> {
    if (this.coverage === NOTHING) await unlessAborted(this.answers, options.signal);
    return this.#peer.call(method, params, options);
  }

  /** True: a newer version answers from now on. */
  update(signal?: AbortSignal): Promise<boolean> {
    return this.call('update', {}, { signal, onChunk: this.#hear });
  }

  /** Pending calls reject with `error`. */
  end(error: CentoError): void {
    this.isEnded = true;
    this.#peer.close(error);
  }

  readonly #hear = (event: OpenEvent): void => {
    if (event.type === 'progress') {
      this.#monitor.dispatchEvent(progressEvent(event.progress));
    } else if (event.type === 'update') {
      this.#monitor.dispatchEvent(updateEvent(event.packId, event.progress));
    } else if (event.type === 'warning') {
      this.#warn(fromWire(event.error));
    } else {
      this.coverage = event.coverage;
      this.#answered();
      this.#monitor.dispatchEvent(coverageEvent(event.coverage));
    }
  };

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

const NOTHING: Coverage = {
  shards: 0,
  shardCount: 0,
  documents: 0,
  documentCount: 0,
  tokens: 0,
  tokenCount: 0,
  share: 0,
};
