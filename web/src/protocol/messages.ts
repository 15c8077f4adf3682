/** Everything that is said between the page and the engine worker, and between that and its helper. */

import type { CentoErrorCode, CentoErrorOptions } from '../client/error.js';
import type {
  Answer,
  AttestedMask,
  CacheMode,
  CheckReport,
  Coverage,
  Excerpt,
  Fragment,
  FragmentExplanation,
  Learnable,
  Learned,
  LoadProgress,
  Located,
  NextTokens,
  PackInfo,
  Predictions,
  Receipt,
  Score,
  SearchResults,
  Suggestions,
  TokenExplanation,
  Trace,
  VerifyReport,
} from '../client/types.js';

/** An error on the wire. */
export interface WireError extends Omit<CentoErrorOptions, 'cause'> {
  code: CentoErrorCode;
  message: string;
}

/** One method: what it takes, what it gives, and what it gives while it runs. */
export interface Method<Params, Value, Chunk = never> {
  params: Params;
  value: Value;
  chunk: Chunk;
}
/** The constraint of every table of methods. */
// biome-ignore lint/suspicious/noExplicitAny: a method may take and give anything.
export type Methods<Table> = { [Name in keyof Table]: Method<any, any, any> };

export type Message<Table> =
  | { [Name in keyof Table]: Call<Table, Name> }[keyof Table]
  | { type: 'abort'; id: number }
  | { type: 'chunk'; id: number; chunk: unknown }
  | { type: 'value'; id: number; value: unknown }
  | { type: 'error'; id: number; error: WireError }
  /** The sender can no longer work; whatever is pending will not be answered. */
  | { type: 'end'; error: WireError };

export interface Call<Table, Name extends keyof Table> {
  type: 'call';
  id: number;
  method: Name;
  params: Table[Name] extends Method<infer Params, unknown, unknown> ? Params : never;
}

/** Where the engine's two builds are, when not where the bundler put them. */
export interface WasmUrls {
  wasmUrl?: string;
  scalarWasmUrl?: string;
}

export interface OpenParams extends WasmUrls {
  /** Of the caller's script: all parts must be of one release. */
  version: string;
  manifestUrl: string;
  cache: CacheMode;
  /** Whether packs that were not used for long may make room for this one. */
  evict: boolean;
  /** Whether requests for the pack go through the caller's `fetch` method. */
  callerFetches: boolean;
}

/** What `open` tells while it loads. The first `coverage` means that answers can be had. */
export type OpenEvent =
  | { type: 'progress'; progress: LoadProgress }
  | { type: 'update'; packId: string; progress: LoadProgress }
  | { type: 'coverage'; coverage: Coverage }
  | { type: 'warning'; error: WireError };

/** What is asked is what a receipt keeps of it. */
export type AnswerParams = Pick<Receipt, 'operation' | 'input' | 'session' | 'options'>;

export interface SearchParams {
  query: string;
  limit: number;
  within: readonly string[];
}

export interface SuggestParams {
  text: string;
  limit: number;
  maxWords: number;
  maxEdits: number;
  skipShown: boolean;
  addSpace: boolean;
}

/** Of what the reader learned. */
export interface PersonalMethods {
  learn: Method<{ documents: readonly Learnable[] }, Learned[]>;
  /** False: none of them was known. */
  forget: Method<{ ids: readonly string[] }, boolean>;
  learned: Method<Record<string, never>, Learned[]>;
  learnedTexts: Method<Record<string, never>, Required<Learnable>[]>;
  /** The files of a pack, by name. */
  exportPack: Method<
    { name: string; title: string; licence: string },
    Record<string, Uint8Array<ArrayBuffer>>
  >;
}

/** Served by the engine worker. */
export interface EngineMethods extends PersonalMethods {
  /**
   * Opens a pack beside those that are open. Ends when everything is covered and stored; true: without
   * asking the server.
   */
  open: Method<OpenParams, boolean, OpenEvent>;
  /** Of the pack of this address. True: a newer version is used from now on. */
  update: Method<{ manifestUrl: string }, boolean, OpenEvent>;
  /** By its id; what runs ends first. Gives its address; undefined: it was not open. */
  unmount: Method<{ packId: string }, string | undefined>;
  answer: Method<AnswerParams, Answer, Fragment[]>;
  search: Method<SearchParams, SearchResults>;
  check: Method<{ text: string }, CheckReport>;
  explain: Method<{ receipt: Receipt; fragment: number }, FragmentExplanation>;
  attestedMask: Method<{ context: string | Uint32Array<ArrayBuffer> }, AttestedMask>;
  encode: Method<{ text: string }, number[]>;
  decode: Method<{ tokens: Uint32Array<ArrayBuffer> }, string>;
  trace: Method<{ text: string; minWords: number; maxSources: number }, Trace>;
  suggest: Method<SuggestParams, Suggestions>;
  predict: Method<{ text: string; limit: number }, Predictions>;
  explainNext: Method<{ text: string; next: string }, TokenExplanation>;
  score: Method<{ text: string; checkEvery: number }, Score>;
  count: Method<{ text: string }, number>;
  next: Method<{ text: string; limit: number }, NextTokens>;
  locate: Method<{ text: string; limit: number }, Located>;
  excerpt: Method<
    {
      pack?: string | undefined;
      documentId: string;
      start: number;
      end: number;
      contextBytes: number;
    },
    Excerpt
  >;
  verify: Method<{ answer: Answer | string }, VerifyReport>;
  /** In the order in which they were opened; what was learned last. */
  packs: Method<Record<string, never>, PackInfo[]>;
  benchFollowers: Method<
    { seed: number; first: number; queries: number },
    { checksum: string; milliseconds: number }
  >;
}

/** The head of a response; the body follows in chunks. */
export type FetchChunk =
  | { type: 'head'; ok: boolean; status: number; url: string }
  | { type: 'body'; bytes: Uint8Array<ArrayBuffer> };

/** Served by the page, for the engine worker. */
export interface PageMethods {
  fetch: Method<{ url: string; cache: RequestCache }, null, FetchChunk>;
}

/** Served by the expression worker, for the engine worker. */
export interface ExpressionMethods {
  start: Method<{ version: string; wasm: WebAssembly.Module }, null>;
  /** A second time where tables add to those of an earlier pack. */
  openTables: Method<{ bytes: Uint8Array<ArrayBuffer> }, null>;
  addShard: Method<{ bytes: Uint8Array<ArrayBuffer> }, null>;
  /** The image of all shards added so far. */
  express: Method<Record<string, never>, Uint8Array<ArrayBuffer>>;
}

/** What has no methods to serve. */
export type NoMethods = Record<never, never>;
