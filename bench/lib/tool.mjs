// The tool, natively and in WebAssembly, asked for JSON.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { folderOf } from '../../scripts/lib/cpp.mjs';
import { UserError } from '../../scripts/lib/run.mjs';

export const nativeTool = `${folderOf('native')}/cento`;
export const wasmTool = `${folderOf('wasm')}/cento.cjs`;

function ask(command, args, named) {
  const { status, stdout, stderr } = spawnSync(command, [...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new UserError(`${named}: ${stderr.slice(-1000) || stdout.slice(-1000)}`);
  return JSON.parse(stdout);
}

export function cento(args) {
  if (!existsSync(nativeTool))
    throw new UserError('The tool is not built. Run: npm run build:native');
  return ask(nativeTool, args.map(String), `cento ${args[0]}`);
}

/** The same, compiled to WebAssembly, under Node; where it is built. */
export const centoInWasm = (args) =>
  ask(process.execPath, [wasmTool, ...args.map(String)], `cento.cjs ${args[0]}`);
