/**
 * Keeps the files of the demo itself for visits without a network, and the readers of PDF and EPUB once they
 * were used. Packs are not its business: the library keeps them in IndexedDB and checks every byte.
 */

import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { hasSimd } from '../src/worker/simd.js';

/** Put in by build.mjs: every file of the demo with the hash of its bytes. */
declare const PRECACHE: { url: string; revision: string }[];
/** The hash of all files of the readers, which are of one release. */
declare const READERS: string;

const unused = hasSimd() ? 'cento-scalar.wasm' : 'cento.wasm';
const needed = PRECACHE.filter(({ url }) => url !== unused);

precacheAndRoute(needed, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

// The worker's types and the page's cannot be had in one project.
const worker = globalThis as unknown as {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
};
interface WorkerEvent {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(response: Promise<Response>): void;
}

const PREFIX = 'cento-readers-';

worker.addEventListener('activate', (event) => {
  const clean = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + READERS);
    await Promise.all(old.map((name) => caches.delete(name)));
    await worker.clients.claim(); // so that what the first visit uses is kept, too
  };
  event.waitUntil(clean());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = request.url.startsWith(worker.registration.scope)
    ? request.url.slice(worker.registration.scope.length)
    : '';
  if (request.method === 'GET' && /^(?:pdf|epub)\//.test(path)) event.respondWith(reader(request));
});

async function reader(request: Request): Promise<Response> {
  const cache = await caches.open(PREFIX + READERS);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}
