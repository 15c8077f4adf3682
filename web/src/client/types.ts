/*
 * The public types of the API: start reading here, then `cento.ts`. Their comments make docs/api.md.
 *
 * Results are what the engine's one serialiser writes (`engine/include/cento/results.h`), so the
 * command-line tool's `--json` and these types are the same objects. Ranges are half-open. `start` and
 * `end` count UTF-16 code units, as JavaScript strings do; `startBytes` and `endBytes` count UTF-8 bytes.
 */

import type { CentoError } from './error.js';
import type { Effort, Grounding, Operation } from './options.js';

export type * from './learned.js';
export type * from './options.js';

// ------------------------------------------------------------------------------------------ results

/** A stretch of a text. Half-open. */
export interface Range {
  /** In UTF-16 code units. */
  start: number;
  end: number;
  /** In bytes of UTF-8. */
  startBytes: number;
  endBytes: number;
}

/**
 * Where a run of text stands, in its document's text. See `sourceLink` for a link to the words. A short completion may
 * repeat what the text that it continues says itself: then `pack` and `documentId` are empty, and it stands in the
 * receipt's input.
 */
export interface Source extends Range {
  /** Pack id. */
  pack: string;
  /** Of the pack. */
  licence: string;
  documentId: string;
  /** Of the document. */
  title: string;
  /** As the pack has it, with the anchor of the nearest heading that has one. */
  url: string;
  /** Outermost first. */
  headings: string[];
}

/** Why a fragment was chosen. */
export interface Why {
  /** That of the pattern index that proposed it; 0 is the token level. */
  level: number;
  contextTokens: number;
  /** Length of the context in words: the overlap at the seam. */
  contextWords: number;
  /** Places where that context stands. */
  count: number;
  /** Continuations that were weighed here. */
  alternatives: number;
  /** Of the chosen one, in bits; higher is better. */
  score: number;
}

/** A run of text that stands verbatim at `source`. */
export interface Fragment {
  text: string;
  /** How many tokens it has. */
  tokens: number;
  source: Source;
  why: Why;
}

/** How much of the pack answers cover: less than everything while shards arrive. */
export interface Coverage {
  /** Covered now, of `shardCount`; the others alike. */
  shards: number;
  shardCount: number;
  documents: number;
  documentCount: number;
  tokens: number;
  tokenCount: number;
  /** `tokens / tokenCount`. */
  share: number;
}

/** What was asked before, and of what the answer was. */
export interface Turn {
  input: string;
  /** The title of the document that the answer begins in; empty: it was refused. */
  topic: string;
}

/**
 * What reproduces an output byte for byte, on that pack:
 * `cento[receipt.operation](receipt.input, { ...receipt.options, session: receipt.session })`.
 */
export interface Receipt {
  engineVersion: string;
  /** Id of the pack that answered. */
  pack: string;
  /** Covered when it was composed. */
  shards: number;
  operation: Operation;
  input: string;
  session: Turn[];
  options: {
    maxTokens: number;
    /** 0 is no bound, here and in `maxQuote`. */
    maxWords: number;
    sentences: number;
    /** Decimal digits of 64 bits. */
    seed: string;
    grounding: Grounding;
    maxQuote: number;
    effort: Effort;
  };
  /** SHA-256 of the answer without it, in hexadecimal digits. */
  digest: string;
  /** Where several were asked: all of them, by their ids. That of a personal layer names its revision. */
  packs?: string[];
}

/**
 * How a question was read and answered. `sentence`: with the sentence that fits best; `span`: with words of one;
 * `field`: with a field of a page ("Area › total: 580,367 sq km"); `definition`, `list`, `steps`, `comparison`: with
 * what such questions ask for; `yes-no`: with what the answer follows from.
 */
export type AnswerKind =
  | 'sentence'
  | 'span'
  | 'field'
  | 'definition'
  | 'list'
  | 'steps'
  | 'comparison'
  | 'yes-no';

/** What of an answer's text is the answer in the narrow sense, such as "580,367 sq km". */
export interface Highlight extends Range {
  /** 0 to 1: that it is right. */
  confidence: number;
}

/** What `ask`, `overview` and `complete` give. */
export interface Answer {
  /** The fragments, joined by white space where they are of different places. A completion continues the prompt as it stands (a leading space included). */
  text: string;
  refused: boolean;
  /** Why it was refused or ended early; empty otherwise. */
  reason: string;
  /** 0 to 1, calibrated: how often an answer like it is right. Not of overviews. */
  confidence: number;
  /** Empty for refusals, overviews and completions. */
  kind: AnswerKind | '';
  /** `null` where no words are sure enough. */
  highlight: Highlight | null;
  /** Of a refusal: the nearest that the pack does speak of. */
  topics: string[];
  /** In the order of the text. */
  fragments: Fragment[];
  /** Look-ups spent. */
  work: number;
  /** How much of the pack it rests on. */
  coverage: Coverage;
  /** What reproduces it, with a digest of all it says. */
  receipt: Receipt;
}

/** One thing that might have stood in a fragment's place. */
export interface Candidate {
  text: string;
  source: Source;
  /** Higher is better. */
  score: number;
  /** What the score is made of. */
  parts: { name: string; value: number }[];
}

/** Why a fragment was chosen and what came second. */
export interface FragmentExplanation {
  /** A sentence for people. */
  reason: string;
  /** The chosen one first, then by falling score; a few. */
  candidates: Candidate[];
}

/** A passage that fits a query. */
export interface SearchResult {
  /** Of the passage, at most some 300 bytes. */
  excerpt: string;
  /** Where words of the query stand in it. */
  marks: Range[];
  /** Higher is better; of one query. */
  score: number;
  /** Of the excerpt. */
  source: Source;
}

/** What `search` gives. */
export interface SearchResults {
  /** Best first, at most one a passage. */
  results: SearchResult[];
  /** Words of the query that stand nowhere, and what they were taken for. */
  corrections: { from: string; to: string }[];
  coverage: Coverage;
}

/** `near miss`: the documents say it with another number, name, …; `unsupported`: they do not say it. */
export type Verdict = 'attested' | 'near miss' | 'unsupported';

/** A sentence of a text that was held against the documents. */
export interface CheckedSentence extends Range {
  /** How it stands to the documents. */
  verdict: Verdict;
  /** Of a near miss: `number`, `date`, `name`, `negation` or `unit`; empty otherwise. */
  difference: string;
  /** Where that stands in the text. */
  differs: Range;
  /** In its place; empty where they say nothing there. */
  documentsSay: string;
  /** The sentence of the documents that it was compared with; empty if it is unsupported. */
  evidence: string;
  /** Of the evidence. */
  source: Source | null;
}

/** What `check` gives: how many sentences, and how many of each verdict. */
export interface CheckReport {
  sentences: number;
  attested: number;
  nearMiss: number;
  unsupported: number;
  /** In the order of the text. */
  details: CheckedSentence[];
  coverage: Coverage;
}

/** The tokens that may follow a context so that every window of it stays attested. */
export interface AttestedMask {
  /** Ascending ids; 0 is the end of a document. */
  tokens: number[];
  /** Length of the context that they follow. */
  contextTokens: number;
}

/** A stretch of a text that stands in documents, and is part of no longer one. */
export interface TraceSpan extends Range {
  words: number;
  /** Places where it stands. */
  count: number;
  /** Some of them. */
  sources: Source[];
}

/** What `trace` gives. */
export interface Trace {
  /** By where they begin; none contains another. */
  spans: TraceSpan[];
  /** Share of the text's words that lie in a span. */
  covered: number;
}

/** What `next` gives. */
export interface NextTokens {
  /** Places where the context stands. */
  count: number;
  /** Different tokens that follow it. */
  distinct: number;
  /** Most frequent first. */
  tokens: { text: string; count: number }[];
}

/**
 * What a probability comes from. `token`: what followed these words in the pack; `unwrapped`: the same,
 * read as if lines were not wrapped; `class`: what followed words of their kind; `session`: the
 * text itself; `base`: frequency alone.
 */
export type Level = 'token' | 'unwrapped' | 'class' | 'session' | 'base';

/** How much of a probability comes from a level. */
export interface LevelShare {
  level: Level;
  share: number;
}

/** What may stand at the caret next. */
export interface Suggestion {
  /** Takes the place of the last `replaces` UTF-16 code units before the caret. */
  text: string;
  /** 0 where it only adds; the word at the caret where it corrects that. */
  replaces: number;
  /** The same in bytes of UTF-8. */
  replacesBytes: number;
  /** Given all before the caret, about; words that are sure do not lower it. */
  probability: number;
  /**
   * More than 1 where the next words are sure, or where two words are likelier than the other single ones. A character
   * of a script without spaces counts as one.
   */
  words: number;
  /** The word at the caret was taken for a typing error. */
  corrected: boolean;
  /** Those that spoke for its first token, strongest first. */
  levels: LevelShare[];
}

/** What `suggest` gives. */
export interface Suggestions {
  /** Most probable first. */
  suggestions: Suggestion[];
  coverage: Coverage;
}

/** What `predict` gives. */
export interface Predictions {
  /** Most probable first. */
  tokens: { text: string; id: number; probability: number }[];
}

/** What one expert of the mixture says of a token. */
export interface ExpertPart {
  /** For instance `token context` or `session context`. */
  expert: string;
  /** That it belongs to. */
  level: Level;
  /** Its text, where it is one of tokens. */
  context: string;
  /** In symbols of its level. */
  contextLength: number;
  /** Times that the context stands. */
  count: number;
  /** Different symbols that followed it. */
  distinct: number;
  /** Times that the token (its class, for classes) followed. */
  followers: number;
  /** Share of this expert against all weaker ones. */
  lambda: number;
  /** That it gives the token. */
  probability: number;
  /** Share of the mixture's probability that comes from it. */
  contribution: number;
}

/** Why a token is as probable as it is. */
export interface TokenExplanation {
  token: string;
  probability: number;
  /** -log2 of it. */
  bits: number;
  /** Strongest first. */
  levels: LevelShare[];
  /** Weakest first, as they are interpolated. */
  experts: ExpertPart[];
}

/** How well the pack predicts a text. */
export interface Score {
  /** The end of the text is one. */
  tokens: number;
  bytes: number;
  /** Separated by white space. */
  words: number;
  /** -log2 of the probability of the whole text. */
  bits: number;
  bitsPerByte: number;
  /** Positions at which all tokens' probabilities were summed, and how far a sum was from 1 at most. */
  sums: number;
  maxSumError: number;
}

/** What `locate` gives. */
export interface Located {
  /** Places where it stands, of which `sources` may be some. */
  count: number;
  /** By document and offset. */
  sources: Source[];
}

/** A source in its place. */
export interface Excerpt {
  before: string;
  /** The words at the source. */
  text: string;
  after: string;
  source: Source;
}

/** What `verify` gives. */
export interface VerifyReport {
  /** Every fragment stands where it says, and the receipt is that of the answer. */
  valid: boolean;
  /** That were read again. */
  fragments: number;
  /** Windows of four words inside a sentence. */
  windows: number;
  /** Those of them that stand in a document. */
  attestedWindows: number;
  /** One sentence for each fault, with the fragment's number. */
  problems: string[];
}

/** Sizes and counts of a pack that is open. */
export interface PackInfo {
  /** Of this content: another version has another one. */
  packId: string;
  /** The same in all versions. Learned texts belong to it. */
  name: string;
  title: string;
  licence: string;
  /** As in BCP 47. */
  language: string;
  documents: number;
  /** Of all text. */
  tokens: number;
  /** Different tokens. */
  vocabulary: number;
  classes: number;
  shapes: number;
  /** In UTF-8. */
  textBytes: number;
  /** Sum of the pack's files: what a first visit downloads. */
  wireBytes: number;
  /** The token-level pattern index with its samples. */
  indexBytes: number;
  /** Everything that the mounted pack holds. */
  residentBytes: number;
  /** WebAssembly memory of the engine's instance. */
  memoryBytes: number;
  engineVersion: string;
  /** The build of the engine: `simd128`, or `scalar` where the browser has no such instructions. */
  kernel: string;
  /** Where the files of this pack are kept. */
  cache: 'indexeddb' | 'memory';
  /** The address of the manifest. */
  manifestUrl: string;
  /** What was learned here, and no pack: nothing of it is downloaded. */
  personal: boolean;
}

// ------------------------------------------------------------------------------- progress and events

/**
 * `download`: files arrive (`bytes` of `totalBytes`, files already stored included); `express`: the
 * index is being built over the shards so far; `ready`: everything is covered.
 */
export type LoadPhase = 'download' | 'express' | 'ready';

/** How far a load is. */
export interface LoadProgress {
  /** 0 to 1, never falling: `bytes / totalBytes`. */
  loaded: number;
  bytes: number;
  totalBytes: number;
  /** Shards that have arrived, of `shards`. */
  shard: number;
  shards: number;
  phase: LoadPhase;
}

/** The first one tells the size before anything of the pack is fetched. */
export interface DownloadProgressEvent extends Event, LoadProgress {}

/** More of the pack is covered by answers. */
export interface CoverageEvent extends Event {
  readonly coverage: Coverage;
}

/**
 * A newer version comes in. The first one tells that there is one and how much is to come (`totalBytes - bytes`); at
 * the one whose `phase` is `ready` it answers.
 */
export interface UpdateEvent extends Event, LoadProgress {
  readonly packId: string;
}

/** Something failed that loading could do without, such as a full disk, or a server that cannot be reached while the pack is stored: answers go on. */
export interface WarningEvent extends Event {
  readonly error: CentoError;
}

/** The events of a load by name. */
export interface CentoMonitorEventMap {
  downloadprogress: DownloadProgressEvent;
  coverage: CoverageEvent;
  update: UpdateEvent;
  warning: WarningEvent;
}

/** Tells how loading goes on: see `CreateOptions.monitor`. */
export interface CentoMonitor extends EventTarget {
  addEventListener<K extends keyof CentoMonitorEventMap>(
    type: K,
    listener: (event: CentoMonitorEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

// ------------------------------------------------------------------------------------------- storage

/**
 * `available`: stored and whole; `downloading`: some page of this origin is loading it now;
 * `downloadable`: reachable; `unavailable`: neither stored nor reachable, or this browser cannot run it.
 */
export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

/** A pack that this origin keeps. */
export interface StoredPack {
  packId: string;
  manifestUrl: string;
  name: string;
  title: string;
  /** Of the files that are stored. */
  bytes: number;
  /** Of all its files. */
  totalBytes: number;
  /** Whether every file is stored. */
  complete: boolean;
  /** When it was opened last, in milliseconds since 1970; 0: it was never whole. */
  lastUsed: number;
}

/** What an origin keeps. Its own script, `storage.js`, is fetched with the first call. */
export interface CentoStorage {
  /** Every pack of which something is kept. */
  list(): Promise<StoredPack[]>;
  /** Deletes a pack, its files that no other pack uses, and its index. False if it was not there. */
  delete(packId: string): Promise<boolean>;
  /** Everything, what was learned too. */
  clear(): Promise<void>;
  /** The origin's storage as the browser estimates it, in bytes. */
  estimate(): Promise<{ usage: number; quota: number }>;
  /** Asks the browser not to evict this origin's storage. */
  persist(): Promise<boolean>;
}

// ------------------------------------------------------------------------------------------- answers

/**
 * An answer on its way. `await` it for the whole, or read its fragments as they are composed, with
 * `for await` or as a stream; those that came are final. Leaving the loop early, or cancelling the
 * stream, stops the work. (As with any promise, an `async` function that returns one gives the answer.)
 */
export interface AnswerStream
  extends ReadableStream<Fragment>,
    Pick<Promise<Answer>, 'then' | 'catch' | 'finally'> {
  /** The whole, as a promise and nothing else. */
  readonly result: Promise<Answer>;
}
