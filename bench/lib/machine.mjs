// What the measurements were made with.
import { cpus, release, totalmem, type } from 'node:os';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/chromium.mjs';
import { output } from '../../scripts/lib/run.mjs';
import { zstdVersion } from './compressors.mjs';
import { cento } from './tool.mjs';
import { wasmKernels } from './wasm-engine.mjs';

const firstLine = (command, args) => output(command, args)?.split('\n').find(Boolean)?.trim();

async function chromiumVersion() {
  try {
    const browser = await chromium.launch(launchOptions);
    const version = browser.version();
    await browser.close();
    return version;
  } catch {
    return 'not there';
  }
}

/** [[what, value]]; `pack` is a folder of one, if there is any: the tool tells its kernel of it. */
export async function describeMachine(pack) {
  const cores = cpus();
  const seven = /7-Zip[^\d]*([\d.]+)/.exec(output('7zz', ['i']) ?? '')?.[1] ?? 'not there';
  const kernels = await wasmKernels();
  const tool = pack && cento(['info', pack]);
  return [
    ['processor', `${cores.length} × ${cores[0]?.model ?? 'unknown'}`],
    ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['system', `${type()} ${release()}, ${process.arch}`],
    ['Node.js, V8', `${process.version}, ${process.versions.v8}`],
    ['Chromium', await chromiumVersion()],
    ['compiler', firstLine('c++', ['--version']) ?? 'not there'],
    ['Emscripten', firstLine('emcc', ['--version'])?.replace(/\s*\(\)$/, '') ?? 'not there'],
    ['Cento', tool?.engineVersion ?? 'unknown'],
    ['kernel, native', tool?.rankKernel ?? 'unknown'],
    ['builds, WebAssembly', kernels.join(', ')],
    ['xz', firstLine('xz', ['--version']) ?? 'not there'],
    ['Brotli', `${process.versions.brotli} (Node.js)`],
    ['zstd', zstdVersion()],
    ['7-Zip (PPMd)', seven],
  ];
}
