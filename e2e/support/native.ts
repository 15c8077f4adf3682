/** The native tool, which says what the browser's engine must say, too. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const cento = `${root}build/native/cento`;

/** The standard output of one run. */
export async function native(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(cento, args, { maxBuffer: 1 << 26 });
  return stdout;
}
