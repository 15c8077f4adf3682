// Keeps the page and the library for visits without a network. The pack is not its business: Cento keeps that
// in IndexedDB, checks every byte, and fetches of a new version only what has changed.
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

// A page and the library of one build belong together, so a new build takes over at the next start.
precacheAndRoute(PRECACHE);
cleanupOutdatedCaches();
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
