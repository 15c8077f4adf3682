/** The engine: the functions of wasm/bindings.cc as classes. Objects with `delete` must be deleted. */

import { CentoError, type CentoErrorCode } from '../client/error.js';
import type {
  Answer,
  AttestedMask,
  CheckReport,
  Coverage,
  Excerpt,
  Fragment,
  FragmentExplanation,
  Learnable,
  Located,
  NextTokens,
  PackInfo,
  Predictions,
  Score,
  SearchResults,
  Suggestions,
  TokenExplanation,
  Trace,
  VerifyReport,
} from '../client/types.js';
import type { SuggestParams } from '../protocol/messages.js';
import { FatalError } from '../protocol/peer.js';

/** What reads the tables of a pack, after its base tables. */
export interface TablesReader {
  openTables(bytes: Uint8Array): void;
  delete(): void;
}

/** What reads all files of a pack: the tables, then the shards in order. */
export interface PackReader extends TablesReader {
  addShard(bytes: Uint8Array): void;
}

export interface Expresser extends PackReader {
  express(): Uint8Array<ArrayBuffer>;
}

/** Writes the files of a personal layer: texts as a pack with the tables of another one, which it reads. */
export interface LayerWriter extends TablesReader {
  add(document: Learnable): void;
  finish(header: LayerHeader): void;
  tables(): Uint8Array<ArrayBuffer>;
  shard(): Uint8Array<ArrayBuffer>;
}

export type LayerHeader = Pick<PackInfo, 'name' | 'title' | 'licence' | 'language'>;

export interface Engine extends TablesReader {
  /** Answers from the image, which holds the text too. `base` is that of a personal layer. */
  mount(image: Uint8Array, base?: Engine): void;
  /** Without what only the loader knows. */
  summary(): PackInfo;
  coverage(): Coverage;
  /** Of what `searchBytes` gave. */
  search(query: Uint8Array): SearchResults;
  /** Of what `receiptBytes` gave. */
  explain(receipt: Uint8Array, fragment: number): FragmentExplanation;
  attestedMask(context: Uint32Array): AttestedMask;
  encode(text: string): number[];
  decode(tokens: Uint32Array): string;
  /** Of what `requestBytes` gave. */
  answer(request: Uint8Array): Task<Answer>;
  check(text: string): Task<CheckReport>;
  trace(text: string, minWords: number, maxSources: number): Task<Trace>;
  suggest(options: SuggestParams): Suggestions;
  predict(text: string, limit: number): Predictions;
  explainNext(text: string, next: string): TokenExplanation;
  score(text: string, checkEvery: number): Score;
  count(text: string): number;
  next(text: string, limit: number): NextTokens;
  locate(text: string, limit: number): Located;
  excerpt(documentId: string, start: number, end: number, contextBytes: number): Excerpt;
  /** In decimal digits. */
  benchFollowers(seed: number, first: number, queries: number): string;
}

/** Work that is done in slices of so many units; `step` says whether more is to be done. */
export interface Task<Result> {
  step(budget: number): boolean;
  /** Of an answer, so far, those from the given one on. */
  fragments(from: number): Fragment[];
  /** So far; of an answer its receipt comes last. */
  result(): Result;
  delete(): void;
}

export interface Verifier extends PackReader {
  /** Of what `answerBytes` gave. */
  verify(answer: Uint8Array): VerifyReport;
  verifyWindows(text: string): VerifyReport;
}

/** Every call throws what goes wrong as a `CentoError`. */
export interface CentoModule {
  version(): string;
  kernel(): string;
  /** In hexadecimal digits. */
  sha256(bytes: Uint8Array): string;
  memoryBytes(): number;
  Expresser: new () => Expresser;
  LayerWriter: new () => LayerWriter;
  Engine: new () => Engine;
  /** Of what `requestBytes` gave. */
  Verifier: new () => Verifier;
}

export type Instantiate = (wasm: WebAssembly.Module) => Promise<CentoModule>;

/** Errors: `WorkerError`. */
export const instantiate: Instantiate = async (wasm) => {
  // It also tells that its memory grew, and when it gives up; a trap follows.
  const host: Host = {};
  const imports: WebAssembly.Imports = {};
  for (const { module, name } of WebAssembly.Module.imports(wasm)) {
    const call = (...args: number[]) => host[name]?.(...args);
    imports[module] = { ...imports[module], [name]: call };
  }
  try {
    const { exports } = await WebAssembly.instantiate(wasm, imports);
    (exports as unknown as Exports)._initialize?.();
    return bind(exports as unknown as Exports, host);
  } catch (cause) {
    throw new CentoError('WorkerError', `The engine cannot start: ${cause}`, { cause });
  }
};

type Exports = Record<string, (...args: number[]) => number> & { memory: WebAssembly.Memory };
type Argument = number | string | Uint8Array;
/** What the engine calls of ours, by its name, while it does something that needs it. */
type Host = Record<string, ((...args: number[]) => void) | undefined>;

/** Whether it cannot become twice as large: then that was what the engine stopped for. */
function isFull(memory: WebAssembly.Memory): boolean {
  try {
    memory.grow(memory.buffer.byteLength / 65_536);
    return false;
  } catch {
    return true;
  }
}

function bind(functions: Exports, host: Host): CentoModule {
  const { memory } = functions;
  const view = (address: number, size: number) => new Uint8Array(memory.buffer, address, size);

  /** Texts and other bytes go in as address and size. After a trap the instance is of no use. */
  function call(name: string, ...args: Argument[]): number {
    const copies: number[] = [];
    const plain = args.flatMap((arg) => {
      if (typeof arg === 'number') return arg;
      const bytes = typeof arg === 'string' ? new TextEncoder().encode(arg) : arg;
      const address = run('cento_allocate', bytes.length);
      view(address, bytes.length).set(bytes);
      copies.push(address);
      return [address, bytes.length];
    });
    const result = run(name, ...plain);
    for (const address of copies) run('cento_free', address);
    return result;
  }

  function run(name: string, ...args: number[]): number {
    try {
      return (functions[name] as Exports[string])(...args);
    } catch (cause) {
      throw isFull(memory)
        ? new FatalError('QuotaExceededError', 'There is not enough memory.', { cause })
        : new FatalError('WorkerError', `The engine stopped: ${cause}`, { cause });
    }
  }

  /** What an `Outcome` holds. */
  function bytesOf(name: string, ...args: Argument[]): Uint8Array<ArrayBuffer> {
    const outcome = call(name, ...args);
    const [data, size, isOk] = new Uint32Array(memory.buffer, outcome, 3) as unknown as number[];
    const bytes = view(data as number, size as number).slice();
    run('outcome_delete', outcome);
    if (isOk) return bytes;
    const { code, message, offset } = parse(bytes) as {
      code: CentoErrorCode;
      message: string;
      offset?: number;
    };
    throw new CentoError(code, message, { offset });
  }

  const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
  const json = (name: string, ...args: Argument[]) => parse(bytesOf(name, ...args));

  class Reader implements TablesReader {
    readonly address: number;
    protected readonly room: string;
    constructor(room: string) {
      this.room = room;
      this.address = run(`${room}_new`);
    }
    openTables(bytes: Uint8Array) {
      json(`${this.room}_open_tables`, this.address, bytes);
    }
    delete() {
      run(`${this.room}_delete`, this.address);
    }
  }

  class ShardReader extends Reader implements PackReader {
    addShard(bytes: Uint8Array) {
      json(`${this.room}_add_shard`, this.address, bytes);
    }
  }

  function start<Result>(name: string, ...args: Argument[]): Task<Result> {
    const address = call(name, ...args);
    const task = {
      step: (budget: number) => run('task_step', address, budget) !== 0,
      fragments: (from: number) => json('task_fragments', address, from),
      result: () => json('task_result', address),
      delete: () => void run('task_delete', address),
    };
    try {
      json('task_status', address);
    } catch (error) {
      task.delete();
      throw error;
    }
    return task;
  }

  return {
    version: () => json('cento_version'),
    kernel: () => json('cento_kernel'),
    sha256: (bytes) => json('cento_sha256', bytes),
    memoryBytes: () => memory.buffer.byteLength,

    Expresser: class extends ShardReader implements Expresser {
      constructor() {
        super('expresser');
      }
      /** The image comes in blocks: the engine's memory, which cannot shrink, need not hold it. */
      express() {
        let image = new Uint8Array(0);
        let received = 0;
        host.cento_image_block = (address: number, size: number, imageBytes: number) => {
          if (received === 0) image = new Uint8Array(imageBytes);
          image.set(view(address, size), received);
          received += size;
        };
        try {
          json('expresser_express', this.address);
        } finally {
          host.cento_image_block = undefined;
        }
        return image;
      }
    },

    LayerWriter: class extends Reader implements LayerWriter {
      constructor() {
        super('layer');
      }
      add({ id, title = '', url = '', text }: Learnable) {
        json('layer_add', this.address, id, title, url, text);
      }
      finish({ name, title, licence, language }: LayerHeader) {
        json('layer_finish', this.address, name, title, licence, language);
      }
      tables = () => bytesOf('layer_tables', this.address);
      shard = () => bytesOf('layer_shard', this.address);
    },

    Engine: class extends Reader implements Engine {
      constructor() {
        super('engine');
      }
      mount(image: Uint8Array, base?: Engine) {
        json('engine_mount', this.address, image, base ? (base as unknown as Reader).address : 0);
      }
      summary = () => json('engine_summary', this.address);
      coverage = () => json('engine_coverage', this.address);
      search = (query: Uint8Array) => json('engine_search', this.address, query);
      explain = (receipt: Uint8Array, fragment: number) =>
        json('engine_explain', this.address, receipt, fragment);
      attestedMask = (context: Uint32Array) =>
        json('engine_attested_mask', this.address, new Uint8Array(context.buffer));
      encode = (text: string) => json('engine_encode', this.address, text);
      decode = (tokens: Uint32Array) =>
        json('engine_decode', this.address, new Uint8Array(tokens.buffer));
      answer = (request: Uint8Array) => start<Answer>('engine_start', this.address, request);
      check = (text: string) => start<CheckReport>('engine_start_check', this.address, text);
      trace = (text: string, minWords: number, maxSources: number) =>
        start<Trace>('engine_start_trace', this.address, text, minWords, maxSources);
      suggest = ({ text, limit, maxWords, maxEdits, skipShown, addSpace }: SuggestParams) =>
        json(
          'engine_suggest',
          this.address,
          text,
          limit,
          maxWords,
          maxEdits,
          Number(skipShown),
          Number(addSpace),
        );
      predict = (text: string, limit: number) => json('engine_predict', this.address, text, limit);
      explainNext = (text: string, next: string) =>
        json('engine_explain_next', this.address, text, next);
      score = (text: string, checkEvery: number) =>
        json('engine_score', this.address, text, checkEvery);
      count = (text: string) => json('engine_count', this.address, text);
      next = (text: string, limit: number) => json('engine_next', this.address, text, limit);
      locate = (text: string, limit: number) => json('engine_locate', this.address, text, limit);
      excerpt = (id: string, start: number, end: number, contextBytes: number) =>
        json('engine_excerpt', this.address, id, start, end, contextBytes);
      benchFollowers = (seed: number, first: number, queries: number) =>
        json('engine_bench_followers', this.address, seed, first, queries);
    },

    Verifier: class extends ShardReader implements Verifier {
      constructor() {
        super('verifier');
      }
      verify = (answer: Uint8Array) => json('verifier_verify', this.address, answer);
      verifyWindows = (text: string) => json('verifier_verify_windows', this.address, text);
    },
  };
}
