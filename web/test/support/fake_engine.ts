/**
 * A stand-in for the WebAssembly module: it counts what it is given. Its image is one byte, the number
 * of shards that it covers; a completion gives one fragment a step.
 */

import { createHash } from 'node:crypto';
import { CentoError } from '../../src/client/error.js';
import type {
  Answer,
  CheckReport,
  Coverage,
  Located,
  PackInfo,
  Score,
  VerifyReport,
} from '../../src/client/types.js';
import { FatalError } from '../../src/protocol/peer.js';
import { VERSION } from '../../src/protocol/version.js';
import type { CentoModule, Engine, Expresser, LayerWriter, Task } from '../../src/worker/module.js';

const damaged = () => new CentoError('IntegrityError', 'damaged', { offset: 7 });

export interface FakeOptions {
  /** Steps that a completion or a check takes; Infinity never ends. */
  steps?: number;
  /** Of the module; by default that of the scripts. */
  version?: string;
  /** Called when an index is to be built: may throw. */
  onExpress?: () => void;
  /** Called when an index is to be used: may throw. */
  onMount?: () => void;
}

/** What happened, for tests to look at. */
export interface FakeLog {
  expressed: number[];
  mounted: number[];
  live: number;
  /** Calls of `suggest`, `search`, `check`, `trace` and `score`. */
  worked: number;
}

export function fakeModule(
  { steps = 3, version = VERSION, onExpress = () => {}, onMount = () => {} }: FakeOptions,
  log: FakeLog,
): CentoModule {
  class Counted {
    constructor() {
      log.live++;
    }
    delete() {
      log.live--;
    }
  }
  class FakeReader extends Counted {
    shards = 0;
    packId = '';
    shardCount = 0;
    /** They begin with the pack's id and the number of its shards. */
    openTables(bytes: Uint8Array) {
      const [packId = '', count] = new TextDecoder().decode(bytes).split(' ');
      this.packId = packId;
      this.shardCount = Number(count);
    }
    addShard() {
      this.shards++;
    }
  }
  class FakeExpresser extends FakeReader implements Expresser {
    express() {
      onExpress();
      log.expressed.push(this.shards);
      return new Uint8Array([this.shards]);
    }
  }
  class FakeTask<Result> extends Counted implements Task<Result> {
    #stepped = 0;
    readonly #result: (stepped: number) => Result;
    constructor(result: (stepped: number) => Result) {
      super();
      this.#result = result;
    }
    step = () => ++this.#stepped < steps;
    fragments = (from: number) => (this.result() as Partial<Answer>).fragments?.slice(from) ?? [];
    result = () => this.#result(this.#stepped);
  }
  class FakeEngine extends FakeReader implements Engine {
    covered = 0;
    mount(image: Uint8Array) {
      onMount();
      const shards = image[0] ?? 0;
      if (shards === 0 || shards > this.shardCount) throw damaged();
      this.covered = shards;
      log.mounted.push(shards);
    }
    summary = () => ({ packId: this.packId }) as PackInfo;
    coverage = () =>
      ({
        shards: this.covered,
        shardCount: this.shardCount,
        share: this.covered / this.shardCount,
      }) as Coverage;
    search = () => {
      log.worked++;
      return { results: [], corrections: [], coverage: this.coverage() };
    };
    explain = (receipt: Uint8Array, fragment: number) => ({
      reason: `${fragment} of ${receipt.length > 0}`,
      candidates: [],
    });
    attestedMask = (context: Uint32Array) => ({
      tokens: [...context],
      contextTokens: context.length,
    });
    encode = (text: string) => [...text].map((c) => c.codePointAt(0) as number);
    decode = (tokens: Uint32Array) => String.fromCodePoint(...tokens);
    answer = (request: Uint8Array) =>
      new FakeTask((stepped) => ({
        text: new TextDecoder().decode(request),
        fragments: Array.from({ length: stepped }, (_, i) => ({
          text: `${i}`,
          source: { title: `title ${i}` },
        })),
      })) as Task<unknown> as Task<Answer>;
    check = (text: string) => {
      log.worked++;
      return new FakeTask(() => ({ sentences: text.length }) as CheckReport);
    };
    trace = () => {
      log.worked++;
      return new FakeTask(() => ({ spans: [], covered: 0 }));
    };
    suggest = () => {
      log.worked++;
      return { suggestions: [], coverage: this.coverage() };
    };
    predict = () => ({ tokens: [] });
    explainNext = () => {
      throw damaged();
    };
    score = (text: string) => {
      log.worked++;
      if (text !== 'stop the engine') return { bytes: text.length } as Score;
      throw new FatalError('QuotaExceededError', 'There is not enough memory.');
    };
    count = (text: string) => text.length;
    next = () => {
      throw damaged();
    };
    locate = (): Located => ({ count: 0, sources: [] });
    excerpt = () => {
      throw damaged();
    };
    benchFollowers = () => '1';
  }
  class FakeVerifier extends FakeReader {
    verify = () => ({ valid: true }) as VerifyReport;
    verifyWindows = () => ({ valid: false }) as VerifyReport;
  }
  return {
    version: () => version,
    kernel: () => 'scalar',
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    memoryBytes: () => 0,
    Expresser: FakeExpresser,
    LayerWriter: class extends FakeReader implements LayerWriter {
      add() {}
      finish() {}
      tables = () => new TextEncoder().encode('layer 1 ');
      shard = () => new Uint8Array([1]);
    },
    Engine: FakeEngine,
    Verifier: FakeVerifier,
  };
}
