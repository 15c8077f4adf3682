/**
 * Keeps the files of the demo itself for visits without a network. Packs are not its business: the
 * library keeps them in IndexedDB and checks every byte.
 */

import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { hasSimd } from '../src/worker/simd.js';

/** Put in by build.mjs: every file of the demo with the hash of its bytes. */
declare const PRECACHE: { url: string; revision: string }[];

const unused = hasSimd() ? 'cento-scalar.wasm' : 'cento.wasm';
const needed = PRECACHE.filter(({ url }) => url !== unused);

precacheAndRoute(needed, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();
