/** Builds the index of a pack and times one query after the other: `cento eval followers` in a browser. */

import { type Manifest, parseManifest } from '../../src/loader/manifest.js';
import { instantiate, type PackReader } from '../../src/worker/module.js';
import type { BenchAnswer, BenchReport, BenchRequest } from './messages.js';

const say = (answer: BenchAnswer) => postMessage(answer);

async function bytesOf(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server answers ${response.status} for ${url}.`);
  return new Uint8Array(await response.arrayBuffer());
}

async function filesOf(manifestUrl: string): Promise<[Uint8Array, ...Uint8Array[]]> {
  const text = new TextDecoder().decode(await bytesOf(new URL(manifestUrl)));
  const { tables, shards }: Manifest = parseManifest(text);
  const urlOf = ({ file }: { file: string }) => new URL(file, manifestUrl);
  return [
    await bytesOf(urlOf(tables)),
    ...(await Promise.all(shards.map((shard) => bytesOf(urlOf(shard))))),
  ];
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * sorted.length)] as number;
}

/** To three decimals: timers are no finer. */
const round = (value: number) => Math.round(value * 1000) / 1000;

async function measure({ manifestUrl, queries, seed }: BenchRequest): Promise<BenchReport> {
  say({ type: 'state', text: 'Downloading the pack…' });
  const wasm = await WebAssembly.compile(await bytesOf(new URL('../cento.wasm', import.meta.url)));
  const module = await instantiate(wasm);
  const [tables, ...shards] = await filesOf(manifestUrl);
  const open = (reader: PackReader) => {
    reader.openTables(tables);
    for (const shard of shards) reader.addShard(shard);
  };

  say({ type: 'state', text: 'Building the index…' });
  const engine = new module.Engine();
  const expresser = new module.Expresser();
  const begin = performance.now();
  open(expresser);
  const image = expresser.express();
  const expressSeconds = (performance.now() - begin) / 1000;
  expresser.delete();
  open(engine);
  engine.mount(image);

  say({ type: 'state', text: `Asking ${queries} times…` });
  const times = new Float64Array(queries);
  let checksum = 0n;
  for (let query = 0; query < queries; query++) {
    const start = performance.now();
    const one = engine.benchFollowers(seed, query, 1);
    times[query] = performance.now() - start;
    checksum += BigInt(one);
  }
  times.sort();
  return {
    queries,
    p50Us: round(quantile(times, 0.5) * 1000),
    p99Us: round(quantile(times, 0.99) * 1000),
    expressSeconds: round(expressSeconds),
    checksum: BigInt.asUintN(64, checksum).toString(16).padStart(16, '0'),
    isolated: crossOriginIsolated,
    kernel: module.kernel(),
    userAgent: navigator.userAgent,
  };
}

addEventListener('message', ({ data }: MessageEvent<BenchRequest>) => {
  measure(data).then(
    (report) => say({ type: 'report', report }),
    (error: Error) => say({ type: 'error', message: error.message }),
  );
});
