/** `fetch` by way of the page, for callers that give their own: functions cannot go to a worker. */

import type { FetchChunk, Methods, PageMethods } from '../protocol/messages.js';
import type { Handlers, Peer } from '../protocol/peer.js';

/** In the worker. The response has what `fetchBytes` reads of one. */
export function callerFetch<Served extends Methods<Served>>(
  page: Peer<PageMethods, Served>,
): typeof fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const stop = new AbortController();
      const onAbort = () => stop.abort(init?.signal?.reason);
      init?.signal?.addEventListener('abort', onAbort);
      let controller: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start(started) {
          controller = started;
        },
        cancel: () => stop.abort(),
      });
      const onChunk = (chunk: FetchChunk) => {
        if (chunk.type === 'body') {
          controller.enqueue(chunk.bytes);
        } else {
          resolve({ ok: chunk.ok, status: chunk.status, url: chunk.url, body } as Response);
        }
      };
      const params = { url: String(url), cache: init?.cache ?? 'default' };
      page
        .call('fetch', params, { signal: stop.signal, onChunk })
        .then(
          () => stop.signal.aborted || controller.close(),
          (error) => {
            reject(error);
            controller.error(error);
          },
        )
        .finally(() => init?.signal?.removeEventListener('abort', onAbort));
    });
}

/** In the page. */
export function pageHandlers(fetch: typeof globalThis.fetch): Handlers<PageMethods> {
  return {
    async fetch({ url, cache }, { signal, emit }) {
      const response = await fetch(url, { cache, signal });
      emit({ type: 'head', ok: response.ok, status: response.status, url: response.url });
      const reader = response.body?.getReader();
      while (reader) {
        const { done, value } = await reader.read();
        if (done) break;
        // Copied: a chunk may share its buffer with others.
        const bytes = value.slice();
        emit({ type: 'body', bytes }, [bytes.buffer]);
      }
      return null;
    },
  };
}
