/** Runs the C++ tool as a child process: the one compiled for Node, or a native one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CentoError } from '../client/error.js';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves to the tool's exit code, 128 plus the signal's number where one ended it, as shells do. The
 * tool has this process's standard streams; signals are passed on to it, and this process outlives it.
 */
export async function runTool(args: string[], tool = findTool()): Promise<number> {
  return (await run(args, tool, false)).exitCode;
}

/** The same; what the tool says on standard output comes back. */
export async function askTool(
  args: string[],
  tool = findTool(),
): Promise<{ exitCode: number; output: string }> {
  return run(args, tool, true);
}

async function run(
  args: string[],
  tool: Tool,
  isAsked: boolean,
): Promise<{ exitCode: number; output: string }> {
  const child = spawn(tool.command, [...tool.before, ...args], {
    stdio: ['inherit', isAsked ? 'pipe' : 'inherit', 'inherit'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of endingSignals) process.on(signal, passOn);
  try {
    return { exitCode: await exitCodeOf(child), output };
  } finally {
    for (const signal of endingSignals) process.off(signal, passOn);
  }
}

/** Calls `cleanUp` once at the end of this process, also where a signal ends it. */
export function atEnd(cleanUp: () => void): void {
  process.once('exit', cleanUp);
  for (const signal of endingSignals)
    process.on(signal, () => {
      // While the tool runs it ends first, and this process with it.
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
}

function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new CentoError('NotFoundError', `The tool could not start: ${error.message}`)),
    );
    child.on('close', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}

export interface Tool {
  command: string;
  /** Its first arguments. */
  before: string[];
}

export function findTool(): Tool {
  const native = process.env.CENTO_NATIVE;
  if (native !== undefined && native !== '') return { command: native, before: [] };
  // This file is dist/cli.js. In a checkout the build's tool is the newest, a package has its own copy.
  const places = ['../build/wasm/cento.cjs', './tool/cento.cjs'];
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file !== undefined) return { command: process.execPath, before: [file] };
  throw new CentoError(
    'NotFoundError',
    "The command-line tool is not built. Run 'npm run build', or set CENTO_NATIVE to a native one.",
  );
}
