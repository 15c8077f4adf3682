/** Fetches files whose size is known or bounded, with retries. */

import { CentoError } from '../client/error.js';
import { abortError } from '../protocol/peer.js';

export interface Patience {
  /** Waits before the second, third … try of a request. */
  delays?: number[];
  /** A request that brings nothing for so long is given up, and tried again. */
  stallMilliseconds?: number;
}

export interface FetchOptions extends Patience {
  signal: AbortSignal;
  fetch: typeof fetch;
  /** A longer body is refused as soon as it is too long. */
  maxBytes: number;
  cache?: RequestCache;
  /** Bytes of the body so far; falls back to 0 when a request is made again. */
  onBytes?: (bytes: number) => void;
}

export interface Fetched {
  bytes: Uint8Array<ArrayBuffer>;
  /** After redirects. */
  url: string;
}

const DEFAULT_DELAYS = [300, 1000, 3000];
const DEFAULT_STALL = 30_000;

/**
 * Errors: `NetworkError` when the last try failed, or at once for an answer that will not change;
 * `NotFoundError` (404, 410); `IntegrityError` (too long); `AbortError`.
 */
export async function fetchBytes(url: string, options: FetchOptions): Promise<Fetched> {
  const { signal, delays = DEFAULT_DELAYS } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetchOnce(url, options);
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (!(error as FetchError).mayPass || attempt >= delays.length) throw error;
      options.onBytes?.(0);
      await sleep(delays[attempt] as number, signal);
    }
  }
}

class FetchError extends CentoError {
  /** Whether another try may not meet it. */
  mayPass = false;
}

function networkError(url: string, cause: unknown): FetchError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const error = new FetchError('NetworkError', `Cannot fetch ${url}: ${why}`, { cause });
  error.mayPass = true;
  return error;
}

async function fetchOnce(url: string, options: FetchOptions): Promise<Fetched> {
  const { signal, fetch, cache = 'default', stallMilliseconds = DEFAULT_STALL } = options;
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectBytes = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(new Error('nothing comes')), stallMilliseconds);
  };
  try {
    expectBytes();
    const response = await fetch(url, { signal: stop.signal, cache });
    if (!response.ok) {
      void response.body?.cancel();
      throw statusError(url, response.status);
    }
    const bytes = await readBody(url, response, options, expectBytes);
    return { bytes, url: response.url || url };
  } catch (cause) {
    throw cause instanceof FetchError ? cause : networkError(url, cause);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

function statusError(url: string, status: number): FetchError {
  const isMissing = status === 404 || status === 410;
  const error = new FetchError(
    isMissing ? 'NotFoundError' : 'NetworkError',
    `The server answers ${status} for ${url}.`,
  );
  error.mayPass = status >= 500 || status === 408 || status === 429;
  return error;
}

async function readBody(
  url: string,
  response: Response,
  { maxBytes, onBytes }: FetchOptions,
  expectBytes: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    expectBytes();
    size += value.length;
    if (size > maxBytes) {
      void reader.cancel();
      throw new FetchError(
        'IntegrityError',
        `${url} is longer than the expected ${maxBytes} bytes.`,
      );
    }
    chunks.push(value);
    onBytes?.(size);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortError(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort);
  });
}
