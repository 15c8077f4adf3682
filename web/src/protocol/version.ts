import { CentoError } from '../client/error.js';

/** Of the package: index.js, worker.js and cento.wasm of one release belong together. A test holds it to package.json. */
export const VERSION = '0.1.0';

/** `other` is the version of `name`, a part that was loaded apart from this script. Errors: `VersionMismatchError`. */
export function checkVersion(other: string, name: string): void {
  if (other === VERSION) return;
  throw new CentoError(
    'VersionMismatchError',
    `worker.js is of version ${VERSION}, ${name} of ${other}: serve all files of one release, then load the page again.`,
  );
}
