/** Fetches files whose size is known or bounded, with retries. */

import { CentoError } from '../client/error.js';
import { abortError } from '../protocol/peer.js';

export interface FetchOptions {
  signal: AbortSignal;
  fetch: typeof fetch;
  /** A longer body is refused as soon as it is too long. */
  maxBytes: number;
  cache?: RequestCache;
  /** Bytes of the body so far; falls back to 0 when a request is made again. */
  onBytes?: (bytes: number) => void;
  /** Waits before the second, third … try. */
  delays?: number[] | undefined;
}

export interface Fetched {
  bytes: Uint8Array<ArrayBuffer>;
  /** After redirects. */
  url: string;
}

const DEFAULT_DELAYS = [300, 1000, 3000];

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
      if (!(error instanceof Transient) || attempt >= delays.length) {
        throw error instanceof CentoError ? error : networkError(url, error);
      }
      options.onBytes?.(0);
      await sleep(delays[attempt] as number, signal);
    }
  }
}

/** A failure that another try may not meet. */
class Transient extends CentoError {}

function networkError(url: string, cause: unknown): CentoError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Transient('NetworkError', `Cannot fetch ${url}: ${why}`, { cause });
}

async function fetchOnce(url: string, options: FetchOptions): Promise<Fetched> {
  const { signal, fetch, cache = 'default' } = options;
  let response: Response;
  try {
    response = await fetch(url, { signal, cache });
  } catch (cause) {
    throw networkError(url, cause);
  }
  if (!response.ok) {
    void response.body?.cancel();
    throw statusError(url, response.status);
  }
  const bytes = await readBody(url, response, options);
  return { bytes, url: response.url || url };
}

function statusError(url: string, status: number): CentoError {
  const message = `The server answers ${status} for ${url}.`;
  if (status === 404 || status === 410) return new CentoError('NotFoundError', message);
  const mayChange = status >= 500 || status === 408 || status === 429;
  return new (mayChange ? Transient : CentoError)('NetworkError', message);
}

async function readBody(
  url: string,
  response: Response,
  { maxBytes, onBytes }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    let step: ReadableStreamReadResult<Uint8Array>;
    try {
      step = await reader.read();
    } catch (cause) {
      throw networkError(url, cause);
    }
    if (step.done) break;
    size += step.value.length;
    if (size > maxBytes) {
      void reader.cancel();
      throw new CentoError(
        'IntegrityError',
        `${url} is longer than the expected ${maxBytes} bytes.`,
      );
    }
    chunks.push(step.value);
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
