/** What pages need now and then, fetched when they do: which packs are stored, and whether one can be had. */

export { availability } from './client/availability.js';
export { storage } from './client/storage.js';
