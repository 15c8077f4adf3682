// Keeps the page and the library for visits without a network. The pack is not its business: Cento keeps that
// in IndexedDB, checks every byte, and fetches of a new version only what has changed.
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

// Of the library's two WebAssembly files a browser needs one. This is a module with a SIMD128 instruction.
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3],
  ...[2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);
const unused = WebAssembly.validate(SIMD) ? '/cento-scalar.wasm' : '/cento.wasm';

// A page and the library of one build belong together, so a new build takes over at the next start.
precacheAndRoute(PRECACHE.filter(({ url }) => !url.endsWith(unused)));
cleanupOutdatedCaches();
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
