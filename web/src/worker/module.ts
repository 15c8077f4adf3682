/** What wasm/bindings.cc gives to JavaScript. Objects with `delete` must be deleted. */

import { CentoError, type CentoErrorCode } from '../client/error.js';

export interface Outcome {
  ok: boolean;
  code: string;
  message: string;
  /** -1: none. */
  offset: number;
  json: string;
}

interface Deletable {
  delete(): void;
}

/** The buffer through which bytes go in. */
export interface Input extends Deletable {
  /** A view of that many bytes, to be filled at once. */
  reserve(size: number): Uint8Array;
  /** Of the bytes, in hexadecimal digits. */
  sha256(): string;
}

/** What reads the files of a pack: the tables, then the shards in order. */
export interface PackReader extends Deletable {
  openTables(input: Input): Outcome;
  addShard(input: Input): Outcome;
}

export interface Expresser extends PackReader {
  express(): Outcome;
  /** A view of what `express` made, to be copied at once. */
  image(): Uint8Array;
}

export interface Engine extends PackReader {
  mount(input: Input): Outcome;
  summary(): string;
  coverage(): string;
  trace(text: string, minWords: number, maxSources: number): Outcome;
  count(text: string): Outcome;
  next(text: string, limit: number): Outcome;
  locate(text: string, limit: number): Outcome;
  excerpt(documentId: string, start: number, end: number, contextBytes: number): Outcome;
  benchFollowers(seed: number, first: number, queries: number): string;
}

export interface CompletionTask extends Deletable {
  status(): Outcome;
  step(budget: number): boolean;
  fragmentCount(): number;
  result(): string;
}

export interface Verifier extends PackReader {
  verify(completion: object): string;
  verifyWindows(text: string): string;
}

/** As in engine/include/cento/results.h; `grounding` counts quote, sentence, phrase from 0. */
export interface CompletionOptions {
  maxTokens: number;
  seed: string;
  grounding: number;
  maxQuote: number;
}

export interface CentoModule {
  version(): string;
  kernel(): string;
  memoryBytes(): number;
  Input: new () => Input;
  Expresser: new () => Expresser;
  Engine: new () => Engine;
  CompletionTask: new (
    engine: Engine,
    prompt: string,
    options: CompletionOptions,
  ) => CompletionTask;
  Verifier: new () => Verifier;
}

/** Emscripten's glue, given a compiled module so that it fetches nothing by itself. */
export type CreateModule = (options: {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ): object;
}) => Promise<CentoModule>;

export type Instantiate = (wasm: WebAssembly.Module) => Promise<CentoModule>;

export function instantiateWith(create: CreateModule): Instantiate {
  return (wasm) =>
    new Promise((resolve, reject) => {
      const instantiateWasm = (
        imports: WebAssembly.Imports,
        receive: (instance: WebAssembly.Instance) => void,
      ) => {
        WebAssembly.instantiate(wasm, imports).then(receive, (cause) =>
          reject(new CentoError('WorkerError', `The engine cannot start: ${cause}`, { cause })),
        );
        return {};
      };
      create({ instantiateWasm }).then(resolve, reject);
    });
}

/** Throws what went wrong; gives the JSON of what went right. */
export function check({ ok, code, message, offset, json }: Outcome): string {
  if (ok) return json;
  throw new CentoError(code as CentoErrorCode, message, {
    offset: offset < 0 ? undefined : offset,
  });
}

/** Hands `bytes` to one of the calls that take an `Input`. */
export function withInput<T>(module: CentoModule, bytes: Uint8Array, take: (input: Input) => T): T {
  const input = new module.Input();
  try {
    input.reserve(bytes.length).set(bytes);
    return take(input);
  } finally {
    input.delete();
  }
}

/** The same for calls that can fail. */
export function feed(
  module: CentoModule,
  bytes: Uint8Array,
  take: (input: Input) => Outcome,
): void {
  check(withInput(module, bytes, take));
}

/** In hexadecimal digits. */
export function sha256(module: CentoModule, bytes: Uint8Array): string {
  return withInput(module, bytes, (input) => input.sha256());
}
