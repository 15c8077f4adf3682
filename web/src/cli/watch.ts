/** Calls again and again, each time that files of some folders have changed. */
import { watch } from 'node:fs';
import { resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Generators write many files one after the other. */
const quietMilliseconds = 300;

/**
 * Resolves when `signal` aborts. Changes inside `except` are not looked at: the pack may lie in the
 * folder that is watched. Changes during a call lead to another one behind it.
 */
export async function watchFolders(
  folders: string[],
  except: string,
  onChange: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const own = resolve(except);
  let changes = 0;
  let wake = () => {};
  const stopped = new Promise<void>((done) => {
    signal.addEventListener('abort', () => done());
  });
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      const path = resolve(folder, name ?? '');
      if (path === own || path.startsWith(own + sep)) return;
      changes += 1;
      wake();
    }),
  );
  try {
    for (let seen = 0; !signal.aborted; ) {
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      if (changes === seen) await Promise.race([woken, stopped]);
      while (changes !== seen && !signal.aborted) {
        seen = changes;
        await setTimeout(quietMilliseconds);
      }
      if (!signal.aborted) await onChange();
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
