import { CentoError } from '../client/error.js';
import type { PackFile } from '../loader/manifest.js';

/** The origin's storage as the browser estimates it, in bytes; a quota of 0: it does not tell. */
export async function estimate(): Promise<{ usage: number; quota: number }> {
  const { usage = 0, quota = 0 } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
  return { usage, quota };
}

/**
 * Before files are downloaded: whether the storage takes them. `freed` is what was deleted meanwhile,
 * which estimates show late. Errors: `QuotaExceededError`, with the sizes.
 */
export async function checkRoom(files: PackFile[], freed: number): Promise<void> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { usage, quota } = await estimate();
  const requested = usage - freed + bytes;
  if (quota === 0 || requested <= quota) return;
  const message = `The pack needs ${bytes} bytes more, and of ${quota} bytes ${usage} are in use.`;
  throw new CentoError('QuotaExceededError', message, { requested, quota });
}
