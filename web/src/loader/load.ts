/** Brings the files of a pack in, in order, and reports how far it is. */

import type { LoadPhase, LoadProgress } from '../client/types.js';
import { fileLockName, withLock } from '../store/lock.js';
import { filesOf, type Manifest, type PackFile } from './manifest.js';
import { downloadFile, type LoadContext, storedFile } from './source.js';

/** Files that are fetched at the same time, after the first two. */
const WIDTH = 3;

/** Sums the bytes of all files. What it reports never falls, though a request may begin again. */
export class ProgressMeter {
  readonly #manifest: Manifest;
  readonly #report: (progress: LoadProgress) => void;
  readonly #bytes = new Map<PackFile, number>();
  #most = 0;
  #shards = 0;
  phase: LoadPhase = 'download';

  constructor(manifest: Manifest, report: (progress: LoadProgress) => void) {
    this.#manifest = manifest;
    this.#report = report;
  }

  /** The bytes of what is stored already have come. */
  setMissing(missing: PackFile[]): void {
    for (const entry of filesOf(this.#manifest)) {
      if (!missing.includes(entry)) this.#bytes.set(entry, entry.bytes);
    }
    this.setBytes(this.#manifest.tables, this.#bytes.get(this.#manifest.tables) ?? 0);
  }

  setBytes(entry: PackFile, bytes: number): void {
    this.#bytes.set(entry, bytes);
    let sum = 0;
    for (const value of this.#bytes.values()) sum += value;
    if (sum <= this.#most) return;
    this.#most = sum;
    this.report();
  }

  /** The file has arrived and is sound. */
  arrived(entry: PackFile): void {
    if (entry.role === 'shard') this.#shards++;
    this.setBytes(entry, entry.bytes);
  }

  setPhase(phase: LoadPhase): void {
    this.phase = phase;
    this.report();
  }

  report(): void {
    const { totalBytes, shards } = this.#manifest;
    this.#report({
      loaded: this.#most / totalBytes,
      bytes: this.#most,
      totalBytes,
      shard: this.#shards,
      shards: shards.length,
      phase: this.phase,
    });
  }
}

export interface LoadedFile {
  entry: PackFile;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Yields `files` in order. The first two are fetched alone, because answers wait for them; then a
 * few at a time. `put` stores what came over the network.
 */
export async function* loadFiles(
  files: readonly PackFile[],
  baseUrl: string,
  context: LoadContext,
  meter: ProgressMeter,
  put: (entry: PackFile, bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
): AsyncGenerator<LoadedFile> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(context.signal.reason);
  if (context.signal.aborted) onAbort();
  context.signal.addEventListener('abort', onAbort);
  const inner = { ...context, signal: stop.signal };

  const load = async (entry: PackFile): Promise<Uint8Array<ArrayBuffer>> => {
    let bytes = await storedFile(entry, context);
    const download = async () => {
      const fetched = await downloadFile(entry, baseUrl, inner, (got) =>
        meter.setBytes(entry, got),
      );
      await put(entry, fetched);
      return fetched;
    };
    if (!bytes && context.store.kind === 'memory') bytes = await download();
    // Of several pages one downloads; when it is closed, the next one does.
    bytes ??= await withLock(
      fileLockName(entry.sha256),
      'exclusive',
      stop.signal,
      async () => (await storedFile(entry, context)) ?? download(),
    );
    meter.arrived(entry);
    return bytes;
  };

  const running: Promise<LoadedFile>[] = [];
  let started = 0;
  const startUpTo = (count: number) => {
    for (const entry of files.slice(started, count)) {
      const work = load(entry).then((bytes) => ({ entry, bytes }));
      work.catch(() => {}); // Awaited below, in order, unless an earlier one fails first.
      running.push(work);
      started++;
    }
  };
  try {
    startUpTo(2);
    for (let taken = 1; taken <= files.length; taken++) {
      yield await (running.shift() as Promise<LoadedFile>);
      if (taken > 1) startUpTo(taken + WIDTH);
    }
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    stop.abort();
  }
}
