import { fetchManifest } from '../loader/source.js';
import { downloadLockName } from '../store/lock.js';
import { type Platform, resolveUrl } from './platform.js';
import { storage } from './storage.js';
import type { Availability, PackOptions } from './types.js';

export async function availability(
  platform: Platform,
  { pack, fetch = platform.fetch ?? globalThis.fetch, signal, cache }: PackOptions,
): Promise<Availability> {
  const url = resolveUrl(platform, pack);
  try {
    platform.checkSupport();
  } catch {
    return 'unavailable';
  }
  const stored = cache === 'memory' ? [] : await storage.list().catch(() => []);
  if (stored.some(({ manifestUrl, complete }) => complete && manifestUrl === url)) {
    return 'available';
  }
  const { held = [] } = (await globalThis.navigator?.locks?.query().catch(() => undefined)) ?? {};
  if (held.some(({ name }) => name === downloadLockName(url))) return 'downloading';
  try {
    await fetchManifest(url, { fetch, signal: signal ?? new AbortController().signal, delays: [] });
    return 'downloadable';
  } catch (error) {
    if (signal?.aborted) throw error;
    return 'unavailable';
  }
}
