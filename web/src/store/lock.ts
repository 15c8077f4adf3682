/** Web Locks: what the pages of an origin tell each other. Where there are none, each works for itself. */

/** Held, in shared mode, while some page loads the pack of this manifest. */
export const downloadLockName = (manifestUrl: string) => `cento:download:${manifestUrl}`;

/** Held, alone, by the page that fetches the file: another one waits and finds it in the store. */
export const fileLockName = (sha256: string) => `cento:file:${sha256}`;

const IN_USE = 'cento:use:';
/** A page that was put to sleep may hold a lock for hours; what it does is done twice then. */
const PATIENCE_MILLISECONDS = 30_000;

const locks = () => globalThis.navigator?.locks;

/** Does `work` under a lock, and without it where it cannot be had in time. */
export async function withLock<T>(
  name: string,
  mode: LockMode,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const waiting = new AbortController();
  const stop = () => waiting.abort();
  const timer = setTimeout(stop, PATIENCE_MILLISECONDS);
  signal.addEventListener('abort', stop);
  let working: Promise<T> | undefined;
  try {
    await locks()?.request(name, { mode, signal: waiting.signal }, () => {
      clearTimeout(timer);
      working = work();
      return working;
    });
  } catch {} // What `work` threw, or there is no lock: see below.
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return working ?? work();
}

/** Until this page or worker ends: no other one deletes the files of the pack. */
export function markInUse(packId: string): void {
  locks()
    ?.request(IN_USE + packId, { mode: 'shared' }, () => new Promise(() => {}))
    .catch(() => {});
}

/** The ids of packs that some page of this origin has open. */
export async function packsInUse(): Promise<Set<string>> {
  const { held = [] } =
    (await locks()
      ?.query()
      .catch(() => undefined)) ?? {};
  return new Set(held.map(({ name }) => name?.split(IN_USE)[1] ?? ''));
}
