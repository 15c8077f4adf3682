/**
 * A stand-in for the WebAssembly module: it counts what it is given. Its image is one byte, the number
 * of shards that it covers; a completion gives one fragment a step.
 */

import { createHash } from 'node:crypto';
import type {
  CentoModule,
  CompletionTask,
  Engine,
  Expresser,
  Input,
  Outcome,
} from '../../src/worker/module.js';

export const FINE: Outcome = { ok: true, code: 'Ok', message: '', offset: -1, json: '' };
const damaged: Outcome = {
  ...FINE,
  ok: false,
  code: 'IntegrityError',
  message: 'damaged',
  offset: 7,
};

export interface FakeOptions {
  shardCount: number;
  packId: string;
  /** Steps that a completion takes; Infinity never ends. */
  steps?: number;
}

/** What happened, for tests to look at. */
export interface FakeLog {
  expressed: number[];
  mounted: number[];
  live: number;
}

export function fakeModule(
  { shardCount, packId, steps = 3 }: FakeOptions,
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
  class FakeInput extends Counted implements Input {
    bytes = new Uint8Array();
    reserve(size: number) {
      this.bytes = new Uint8Array(size);
      return this.bytes;
    }
    sha256 = () => createHash('sha256').update(this.bytes).digest('hex');
  }
  class FakeReader extends Counted {
    shards = 0;
    openTables() {
      return FINE;
    }
    addShard() {
      this.shards++;
      return FINE;
    }
  }
  class FakeExpresser extends FakeReader implements Expresser {
    express() {
      log.expressed.push(this.shards);
      return FINE;
    }
    image() {
      return new Uint8Array([this.shards]);
    }
  }
  class FakeEngine extends FakeReader implements Engine {
    covered = 0;
    mount(input: Input) {
      const shards = (input as FakeInput).bytes[0] ?? 0;
      if (shards === 0 || shards > this.shards) return damaged;
      this.covered = shards;
      log.mounted.push(shards);
      return FINE;
    }
    summary = () => JSON.stringify({ packId });
    coverage = () =>
      JSON.stringify({ shards: this.covered, shardCount, share: this.covered / shardCount });
    trace = () => FINE;
    count = (text: string): Outcome => ({ ...FINE, json: String(text.length) });
    next = () => damaged;
    locate = () => FINE;
    excerpt = () => FINE;
    benchFollowers = () => '1';
  }
  class FakeTask extends Counted implements CompletionTask {
    #stepped = 0;
    status = () => FINE;
    step = () => ++this.#stepped < steps;
    fragmentCount = () => this.#stepped;
    result = () =>
      JSON.stringify({
        fragments: Array.from({ length: this.#stepped }, (_, i) => ({ text: `${i}` })),
      });
  }
  class FakeVerifier extends FakeReader {
    verify = () => '{"valid":true}';
    verifyWindows = () => '{"valid":false}';
  }
  return {
    version: () => '1',
    kernel: () => 'scalar',
    memoryBytes: () => 0,
    Input: FakeInput,
    Expresser: FakeExpresser,
    Engine: FakeEngine,
    CompletionTask: FakeTask,
    Verifier: FakeVerifier,
  };
}
