// The general compressors that packs and predictions are held against, each at its strongest setting that is
// usual: xz -9e, Brotli 11 with a window of 16 MB, zstd --ultra -22 --long=27, and PPMd of order 16, the best known
// counted model of bytes, from 7-Zip.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { output, UserError } from '../../scripts/lib/run.mjs';

function piped(command, args, input) {
  const { status, stdout, stderr } = spawnSync(command, args, { input, maxBuffer: 1 << 30 });
  if (status !== 0) throw new UserError(`${command}: ${stderr}`);
  return stdout.length;
}

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'cento-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ppmdMemory = 1 << 28; // bytes; less cuts what it remembers

// From standard input: it takes less memory for a file whose size it knows.
function ppmd(bytes) {
  return inFolder((folder) => {
    const method = `-m0=PPMd:o=16:mem=${ppmdMemory}b`;
    piped('7zz', ['a', method, '-si', '-bso0', '-bsp0', `${folder}/archive.7z`], bytes);
    return statSync(`${folder}/archive.7z`).size;
  });
}

export function brotli(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

const zstdOptions = ['--ultra', '-22', '--long=27', '-q', '-T1'];

/** {name, isThere, bytes(buffer)}: what the bytes take compressed. */
export const compressors = [
  { name: 'PPMd, order 16', isThere: () => output('7zz', ['i']) !== null, bytes: ppmd },
  {
    name: 'xz -9e',
    isThere: () => output('xz', ['--version']) !== null,
    bytes: (bytes) => piped('xz', ['-9e', '-T1', '-c'], bytes),
  },
  { name: 'Brotli 11', isThere: () => true, bytes: brotli },
  {
    name: 'zstd --ultra -22',
    isThere: () => zstdVersion() !== 'not there',
    bytes: (bytes) => piped('zstd', [...zstdOptions, '-c'], bytes),
  },
];

export const zstdVersion = () =>
  /v([\d.]+)/.exec(output('zstd', ['--version']) ?? '')?.[1] ?? 'not there';

/** What `bytes` take for zstd where the other side has `known` already (--patch-from). */
export function zstdKnowing(known, bytes) {
  return inFolder((folder) => {
    writeFileSync(`${folder}/known`, known);
    writeFileSync(`${folder}/text`, bytes);
    const from = `--patch-from=${folder}/known`;
    piped('zstd', [...zstdOptions, from, `${folder}/text`, '-o', `${folder}/out`]);
    return readFileSync(`${folder}/out`).length;
  });
}
