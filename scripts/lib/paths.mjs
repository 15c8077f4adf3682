// Where things are. Every path is absolute; only Node's built-ins, so that set-up can use it.
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const buildDir = `${root}/build`;
export const distDir = `${root}/dist`;
export const packsDir = `${buildDir}/packs`;
