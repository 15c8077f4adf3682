// The engine that browsers get, called without a page: dist/cento.wasm or dist/cento-scalar.wasm under Node, whose
// WebAssembly compiler is Chromium's.
import { readFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';
import { distDir } from '../../scripts/lib/paths.mjs';

const source = (path) => tsImport(`../../web/src/${path}`, import.meta.url);

const wasmFiles = { simd128: 'cento.wasm', scalar: 'cento-scalar.wasm' };

async function instantiate(kind) {
  const { instantiate } = await source('worker/module.ts');
  return instantiate(await WebAssembly.compile(readFileSync(`${distDir}/${wasmFiles[kind]}`)));
}

/** What each build says that it runs. */
export async function wasmKernels() {
  const modules = await Promise.all(Object.keys(wasmFiles).map(instantiate));
  return modules.map((module) => module.kernel());
}

/** {engine, module, answer(operation, input, options), search(query), seconds}: a pack's folder, mounted. */
export async function mount(kind, folder) {
  const module = await instantiate(kind);
  const { answerParams } = await source('client/arguments.ts');
  const { requestBytes, searchBytes } = await source('worker/answer_bytes.ts');
  const { files } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
  const expresser = new module.Expresser();
  const engine = new module.Engine();
  const start = performance.now();
  for (const { file } of files) {
    const bytes = readFileSync(`${folder}/${file}`);
    if (file.startsWith('tables')) {
      expresser.openTables(bytes);
      engine.openTables(bytes);
    } else {
      expresser.addShard(bytes);
    }
  }
  const image = expresser.express();
  const seconds = (performance.now() - start) / 1000;
  expresser.delete();
  engine.mount(image);
  return {
    engine,
    module,
    seconds,
    answer: (operation, input, options = {}) =>
      finish(engine.answer(requestBytes(answerParams(operation, input, options)))),
    check: (text) => finish(engine.check(text)),
    trace: (text) => finish(engine.trace(text, 3, 3)),
    search: (query, options = {}) =>
      engine.search(searchBytes({ query, limit: 10, within: [], ...options })),
  };
}

/** What a task gives when all is done. */
function finish(task) {
  while (task.step(1 << 24));
  const result = task.result();
  task.delete();
  return result;
}
