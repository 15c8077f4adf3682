// Running other programs. Only Node's built-ins, so that set-up can use it.
import { spawn, spawnSync } from 'node:child_process';
import { root } from './paths.mjs';

/** A problem that the reader can solve: shown as its message alone, without a stack. */
export class UserError extends Error {}

/** Runs a program from the project's folder with our standard streams; throws unless it exits with 0. */
export function run(command, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', (error) => reject(new UserError(`${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new UserError(`${command} ${args.slice(0, 3).join(' ')} … ended with ${signal ?? code}`),
        );
    });
  });
}

/** What a program prints on standard output, or null if it is not there or fails. */
export function output(command, args, { input, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  return result.status === 0 ? result.stdout : null;
}

/** The body of a script: its failures end the process with code 1 and a message. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = 1;
  }
}
