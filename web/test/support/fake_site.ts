/** A pack on a site that can fail, and clients that load it in this thread with the fake engine. */

import { createHash } from 'node:crypto';
import { CentoClient } from '../../src/client/cento.js';
import type { Platform } from '../../src/client/platform.js';
import type { CreateOptions } from '../../src/client/types.js';
import type { EngineMethods, PageMethods } from '../../src/protocol/messages.js';
import { Peer } from '../../src/protocol/peer.js';
import { pairedTransports } from '../../src/protocol/transports.js';
import { expressionHandlers } from '../../src/worker/expression.js';
import { engineHandlers } from '../../src/worker/host.js';
import { type FakeLog, type FakeOptions, fakeModule } from './fake_engine.js';

export const MANIFEST_URL = 'https://example.org/pack/manifest.json';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface SitePack {
  manifest: Record<string, unknown>;
  /** By address. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Addresses: tables, then shards. */
  urls: string[];
}

/** `tokens` has one entry for each shard. `salt` makes other bytes. */
export function makePack(tokens: number[], salt = ''): SitePack {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const packId = sha256(new TextEncoder().encode(`pack ${salt} ${tokens}`)).slice(0, 32);
  const entries = [undefined, ...tokens].map((count, i) => {
    const head = i === 0 ? `${packId} ${tokens.length} ` : '';
    const bytes = new TextEncoder().encode(head + `${salt} file ${i} `.repeat(20));
    const hash = sha256(bytes);
    const stem = i === 0 ? 'tables' : `shard-${String(i - 1).padStart(4, '0')}`;
    const file = `${stem}.${hash.slice(0, 16)}.zst`;
    files.set(new URL(file, MANIFEST_URL).href, bytes);
    const entry = { file, bytes: bytes.length, sha256: hash, rawBytes: 1000 };
    return count === undefined
      ? { ...entry, role: 'tables' }
      : { ...entry, role: 'shard', documents: 1, tokens: count };
  });
  const total = tokens.reduce((sum, count) => sum + count, 0);
  const urls = [...files.keys()];
  const manifest = {
    format: 'cento-pack',
    version: 1,
    packId,
    name: 'test',
    title: 'Test',
    licence: 'CC0-1.0',
    language: 'en',
    counts: {
      documents: tokens.length,
      tokens: total,
      vocabulary: 300,
      textBytes: total,
      classes: 0,
      shapes: 0,
    },
    files: entries,
  };
  files.set(MANIFEST_URL, new TextEncoder().encode(JSON.stringify(manifest)));
  return { manifest, files, urls };
}

/** Answers requests from packs; `fault` may answer, throw, or wait instead. */
export class Site {
  readonly requests: string[] = [];
  pack: SitePack;
  fault: (url: string, init: RequestInit | undefined) => Response | Promise<Response> | undefined =
    () => undefined;

  constructor(pack: SitePack) {
    this.pack = pack;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = String(input);
    this.requests.push(url);
    if (init?.signal?.aborted) throw init.signal.reason;
    const faulty = await this.fault(url, init ?? undefined);
    if (faulty) return faulty;
    const bytes = this.pack.files.get(url);
    return new Response(bytes ?? null, { status: bytes ? 200 : 404 });
  };

  /** Requests so far without the manifest's; forgets them. */
  takeFileRequests(): string[] {
    return this.requests.splice(0).filter((url) => url !== MANIFEST_URL);
  }
}

/** A response that never comes, but for an abort. */
export function never(init: RequestInit | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
}

const EMPTY_WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

export class FakeCento extends CentoClient {
  static readonly log: FakeLog = { expressed: [], mounted: [], live: 0, worked: 0 };

  static resetLog(): FakeLog {
    return Object.assign(FakeCento.log, { expressed: [], mounted: [], live: 0, worked: 0 });
  }

  static create(
    site: Site,
    options: Partial<CreateOptions> = {},
    fake: FakeOptions = {},
  ): Promise<FakeCento> {
    const instantiate = async () => fakeModule(fake, FakeCento.log);
    const platform: Platform = {
      connect() {
        const [near, far] = pairedTransports();
        const peer: Peer<PageMethods, EngineMethods> = new Peer(
          far,
          engineHandlers(() => peer, {
            compile: () => WebAssembly.compile(EMPTY_WASM),
            instantiate,
            spawnExpression() {
              const [here, there] = pairedTransports();
              new Peer(there, expressionHandlers(instantiate));
              return here;
            },
            patience: { delays: [1, 1], stallMilliseconds: 200 },
          }),
        );
        return near;
      },
      baseUrl: () => 'https://example.org/',
      checkSupport() {},
      defaultCache: 'auto',
      fetch: site.fetch,
    };
    return FakeCento.open(platform, (connect) => new FakeCento(connect), {
      pack: MANIFEST_URL,
      ...options,
    });
  }
}
