/* Public types of what calls are given beside their text. Their comments make docs/api.md. */

import type { CentoMonitor, Turn } from './types.js';

/** How much of a text may come from one place. `quote`: one source; `sentence`: each sentence from one source; `phrase`: splices inside sentences. */
export type Grounding = 'quote' | 'sentence' | 'phrase';

/** What composes an answer. */
export type Operation = 'complete' | 'ask' | 'overview';

/** How wide beams and candidate sets are. */
export type Effort = 'fast' | 'balanced' | 'deep';

/** Where packs are kept. `auto`: IndexedDB where it can be used, otherwise memory, with a `warning`. */
export type CacheMode = 'auto' | 'indexeddb' | 'memory';

/** Of every call. */
export interface CallOptions {
  /**
   * Aborting rejects the call with an `AbortError` at once; work on an answer stops within milliseconds, other work that
   * has begun is run to its end.
   */
  signal?: AbortSignal;
}

/** Which pack, and where it is kept. */
export interface PackOptions extends CallOptions {
  /** Address of a pack's `manifest.json`, relative to the page (in Node: to the working folder). */
  pack: string | URL;
  /** Default `auto`; in Node `memory`. */
  cache?: CacheMode;
  /** Used for the manifest and the files of the pack, never for the worker or the WebAssembly. */
  fetch?: typeof fetch;
}

/** Of `Cento.create`. */
export interface CreateOptions extends Omit<PackOptions, 'pack'> {
  /** Several answer together, each with its own words. Texts that are learned stand beside the first. */
  pack: string | URL | readonly (string | URL)[];
  /** Called once, before anything is loaded, with the events of this load. */
  monitor?: (monitor: CentoMonitor) => void;
  /**
   * `auto`, the default: a pack that is stored answers at once, and a newer version is brought in behind
   * it and takes its place between two calls, with `update` events. `manual`: only `Cento.update` asks.
   */
  update?: 'auto' | 'manual';
  /** Whether other packs may be deleted, those not used for longest first, when storage is short. Default no. */
  evict?: boolean;
  /** Aborting it later destroys the instance. */
  signal?: AbortSignal;
  /**
   * Where `worker.js` is served, when the bundler does not find it by itself. Pages under
   * `require-trusted-types-for 'script'` must give it; the policy's name is `cento`.
   */
  workerUrl?: string | URL;
  /** Of `cento.wasm`, in the same way. */
  wasmUrl?: string | URL;
  /** Of `cento-scalar.wasm`, for browsers without SIMD128. Default: beside `wasmUrl`, if that is given. */
  scalarWasmUrl?: string | URL;
}

/** Of `ask`, `overview` and `complete`. */
export interface AnswerOptions extends CallOptions {
  /** Default `sentence`, and `phrase` for `complete`. */
  grounding?: Grounding;
  /** How widely is looked for the best answer. Default `balanced`. */
  effort?: Effort;
  /** A whole number from 0 to 2^64 - 1; from 2^53 on as a bigint or as decimal digits. Default 0. */
  seed?: number | bigint | string;
  /** Most words copied from one source in a row; `Infinity`, the default, and 0 are no bound. */
  maxQuote?: number;
  /** What was asked before, oldest first: see `Cento.session`. Default nothing. */
  session?: readonly Turn[];
}

/** Of `complete`. */
export interface CompleteOptions extends AnswerOptions {
  /** At least 1. Default 40. */
  maxTokens?: number;
}

/** Of `ask`. */
export interface AskOptions extends AnswerOptions {
  /** At most so many; 0, the default: as many as the question asks for. */
  sentences?: number;
}

/** Of `overview`. */
export interface OverviewOptions extends AskOptions {
  /** `Infinity`, the default, and 0 are no bound. */
  maxWords?: number;
}

/** Of `search`. */
export interface SearchOptions extends CallOptions {
  /** Up to 1,000. Default 10. */
  limit?: number;
  /** Keeps to documents whose URL or id begins with it, or with one of them. Default all. */
  within?: string | readonly string[];
}

/** Of `trace`. */
export interface TraceOptions extends CallOptions {
  /** Spans of fewer words are left out. Default 3. */
  minWords?: number;
  /** For each span. Default 3. */
  maxSources?: number;
}

/** Of calls that list. */
export interface LimitOptions extends CallOptions {
  /** How many are listed. Default 10. */
  limit?: number;
}

/** Of `suggest`. */
export interface SuggestOptions extends CallOptions {
  /** Suggestions, up to 1,000. Default 3. */
  limit?: number;
  /** Of one suggestion; more than one word only where the next ones are sure. Default 6. */
  maxWords?: number;
  /** Typing errors tolerated in the word at the caret, 0 to 2. Default 1. */
  maxEdits?: number;
  /**
   * Leaves out what the calls before, for the same text up to here, have shown: whoever typed past it
   * did not want it. For people who read every suggestion. Default false.
   */
  skipShown?: boolean;
  /** Ends suggestions with a space where one most likely comes next, as keyboards do. Default false. */
  addSpace?: boolean;
}

/** Of `score`. */
export interface ScoreOptions extends CallOptions {
  /** Sums all probabilities at every so-manyth token, as a proof that they make 1; 0, the default, never. */
  checkEvery?: number;
}

/** Of `excerpt`. */
export interface ExcerptOptions extends CallOptions {
  /** Id of the pack that has the document. Default: the first that has one of this id. */
  pack?: string;
  /** Bytes of text on either side. Default 240. */
  contextBytes?: number;
}
