import type { Transport } from '../protocol/peer.js';
import { CentoError } from './error.js';
import type { CacheMode } from './types.js';

/** What differs between browsers and Node. Nothing of it happens before it is called. */
export interface Platform {
  /** Starts an engine; closing the transport ends it. */
  connect(workerUrl: string | undefined): Transport;
  /** What relative addresses are relative to. */
  baseUrl(): string;
  /** Throws `NotSupportedError` where the engine cannot run. */
  checkSupport(): void;
  readonly defaultCache: CacheMode;
  /** `file:` addresses too, where they can be read; undefined leaves fetching to the engine's worker. */
  readonly fetch: typeof fetch | undefined;
}

/** Absolute, without a fragment: what a pack is known by. */
export function resolveUrl(platform: Platform, url: string | URL): string {
  try {
    const resolved = new URL(url, platform.baseUrl());
    resolved.hash = '';
    return resolved.href;
  } catch (cause) {
    throw new CentoError('InvalidArgumentError', `Not an address: ${url}`, { cause });
  }
}
