/** Where the bytes of a pack come from: the store, and the network for what the store lacks. */

import { CentoError } from '../client/error.js';
import { abortError } from '../protocol/peer.js';
import type { KnownPack, Store } from '../store/store.js';
import { fetchBytes, type Patience } from './fetch.js';
import type { Sha256 } from './hash.js';
import { MAX_MANIFEST_BYTES, type Manifest, type PackFile, parseManifest } from './manifest.js';

/** What loading needs from around it. */
export interface LoadContext extends Patience {
  store: Store;
  fetch: typeof fetch;
  signal: AbortSignal;
  sha256: Sha256;
  /** Something failed that could be done without. */
  warn(error: CentoError): void;
}

export interface FoundManifest {
  manifest: Manifest;
  text: string;
  /** What the names of its files are relative to. */
  baseUrl: string;
}

export async function fetchManifest(
  url: string,
  context: Pick<LoadContext, 'fetch' | 'signal'> & Patience,
): Promise<FoundManifest> {
  // Content-named files never change; the manifest does, so caches must ask the server.
  const { bytes, url: baseUrl } = await fetchBytes(url, {
    ...context,
    maxBytes: MAX_MANIFEST_BYTES,
    cache: 'no-cache',
  });
  const text = new TextDecoder().decode(bytes);
  return { manifest: parseManifest(text), text, baseUrl };
}

/** The server's manifest; where none can be had or used, that of the stored part of a pack, with a warning. */
export async function findManifest(
  url: string,
  known: KnownPack | undefined,
  context: Omit<LoadContext, 'sha256'>,
): Promise<FoundManifest> {
  try {
    // A stored pack is better than a long wait for a server that does not answer.
    return await fetchManifest(url, known ? { ...context, delays: [] } : context);
  } catch (error) {
    if (context.signal.aborted) throw abortError(context.signal);
    if (!known) throw error;
    context.warn(error as CentoError);
    return storedManifest(url, known);
  }
}

/** Errors: those of `parseManifest`. */
export function storedManifest(url: string, { text }: KnownPack): FoundManifest {
  return { manifest: parseManifest(text), text, baseUrl: url };
}

/** The stored bytes of a file. A damaged copy is deleted. */
export async function storedFile(
  entry: PackFile,
  { store, sha256, warn }: Pick<LoadContext, 'store' | 'sha256' | 'warn'>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const bytes = await store.file(entry.sha256);
    if (bytes === undefined || (await sha256(bytes)) === entry.sha256) return bytes;
    warn(new CentoError('IntegrityError', `The stored copy of ${entry.file} was damaged.`));
    await store.deleteFile(entry.sha256);
  } catch (error) {
    warn(error as CentoError);
  }
  return undefined;
}

/** A file over the network, checked. Errors: those of `fetchBytes`; `IntegrityError`. */
export async function downloadFile(
  entry: PackFile,
  baseUrl: string,
  context: LoadContext,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(entry.file, baseUrl).href;
  // What is wrong may come from a cache on the way: the second time, none is asked.
  for (const cache of ['default', 'reload'] as const) {
    try {
      const { bytes } = await fetchBytes(url, {
        ...context,
        maxBytes: entry.bytes,
        cache,
        onBytes,
      });
      await checkFile(entry, bytes, context.sha256);
      return bytes;
    } catch (error) {
      const isDamaged = error instanceof CentoError && error.code === 'IntegrityError';
      if (!isDamaged || cache === 'reload') throw error;
      onBytes(0);
    }
  }
  throw new Error('unreachable');
}

async function checkFile(
  entry: PackFile,
  bytes: Uint8Array<ArrayBuffer>,
  sha256: Sha256,
): Promise<void> {
  if (bytes.length !== entry.bytes) {
    const message = `${entry.file} has ${bytes.length} bytes, not ${entry.bytes}.`;
    throw new CentoError('IntegrityError', message, { offset: bytes.length });
  }
  if ((await sha256(bytes)) !== entry.sha256) {
    throw new CentoError(
      'IntegrityError',
      `${entry.file} does not have the hash that the manifest says.`,
    );
  }
}
