/* What the elements are to the scripts of a page. Nothing here needs Lit's types. Their comments make docs/api.md. */

import type { CentoError } from '../client/error.js';
import type {
  Answer,
  CheckReport,
  Fragment,
  LoadProgress,
  SearchResults,
  Source,
} from '../client/types.js';
import type { Cento } from '../index.js';
import type { Strings } from './strings.js';

/** Of each element. Attributes are the same names with hyphens, such as `worker-url`. */
export interface CentoElementBase extends HTMLElement {
  /** Address of the pack's `manifest.json`, relative to the page; of several, with spaces between. */
  pack: string;
  /** Where `worker.js` is, if not beside `elements.js`. */
  workerUrl: string | undefined;
  /** Where `cento.wasm` is, with `cento-scalar.wasm` beside it. */
  wasmUrl: string | undefined;
  /** What relative addresses of the pack are relative to; by default the folder above the pack's own. */
  baseUrl: string | undefined;
  /** When the pack is fetched: at the first `interaction` (default), near the viewport, or at once. */
  load: 'interaction' | 'visible' | 'eager';
  /** Words in place of the English ones. */
  strings: Partial<Strings>;
  /** An instance of the page's own, in place of `pack`. */
  cento: Cento | Promise<Cento> | undefined;
}

/** `<cento-ask>`: a question, and what the pages say about it. */
export interface CentoAskElement extends CentoElementBase {
  /** Of the field. */
  label: string;
  placeholder: string;
  /** Questions that are a click away. */
  examples: string[];
  /** Keeps what was asked, and questions go on from those before. */
  conversation: boolean;
  /** Most sentences of an answer; 0: as many as the question asks for. */
  sentences: number;
  /** The answers show no list of sources: a `<cento-sources for>` does. */
  withoutSources: boolean;
  /** Asks as if it were typed. Resolves to nothing where a later question came between, or it failed. */
  ask(question: string): Promise<Answer | undefined>;
  /** The same of a topic. */
  overview(topic: string): Promise<Answer | undefined>;
  /** Forgets what was asked. */
  reset(): void;
}

/** `<cento-search>`: the passages that fit, while one types. */
export interface CentoSearchElement extends CentoElementBase {
  /** Of the field. */
  label: string;
  placeholder: string;
  /** Most results. */
  limit: number;
  /** Only documents whose URL or id begins so. */
  within: string;
  /** Searches as if it were typed. */
  search(query: string): Promise<SearchResults | undefined>;
}

/** `<cento-complete>`: ghost text in the field inside it. */
export interface CentoCompleteElement extends CentoElementBase {
  /** Longest suggestion, in tokens: 1 to 12. */
  maxTokens: number;
  /** Keys that take the suggestion, out of `Tab` and `ArrowForward`, separated by spaces. */
  acceptKeys: string;
  /** The field that is completed. */
  readonly field: HTMLTextAreaElement | HTMLInputElement | null;
}

/** `<cento-check>`: each sentence of a text held against the pages. */
export interface CentoCheckElement extends CentoElementBase {
  /** Of the field. */
  label: string;
  placeholder: string;
  /** The text of the element's own field. */
  value: string;
  /** Id of a field or element of the page whose text is checked in place of an own field. */
  for: string;
  /** Checks a text, by default that of the field. */
  check(text?: string): Promise<CheckReport | undefined>;
}

/** `<cento-sources>`: the sources of a `<cento-ask>` in a place of their own. */
export interface CentoSourcesElement extends CentoElementBase {
  /** Id of the element whose answers have the sources. */
  for: string;
  /** The fragments whose sources are listed. */
  fragments: readonly Fragment[];
}

/** `detail` of each event. All of them bubble, also out of shadow trees. */
export interface CentoElementEvents {
  /** How far the download is. */
  'cento-progress': LoadProgress;
  /** Answers come from now on; later ones may cover more. */
  'cento-ready': { cento: Cento };
  /** Loading or answering failed. */
  'cento-error': { error: CentoError };
  /** Somebody has asked. */
  'cento-question': { question: string };
  /** A piece of the answer is there, and final. */
  'cento-fragment': { question: string; fragment: Fragment };
  /** The whole answer. */
  'cento-answer': { question: string; answer: Answer };
  /** The pages do not say. */
  'cento-refusal': { question: string; answer: Answer };
  /** The sources of what is shown now. */
  'cento-sources': { sources: Source[]; fragments: readonly Fragment[] };
  /** Passages that were found. */
  'cento-results': { query: string; results: SearchResults };
  /** A text was checked. */
  'cento-check': { text: string; report: CheckReport };
  /** Ghost text is shown. */
  'cento-suggestion': { text: string; source: Source | null };
  /** It was taken. */
  'cento-accept': { text: string; source: Source | null };
}

declare global {
  interface HTMLElementTagNameMap {
    'cento-ask': CentoAskElement;
    'cento-search': CentoSearchElement;
    'cento-complete': CentoCompleteElement;
    'cento-check': CentoCheckElement;
    'cento-sources': CentoSourcesElement;
  }
  interface HTMLElementEventMap {
    'cento-progress': CustomEvent<CentoElementEvents['cento-progress']>;
    'cento-ready': CustomEvent<CentoElementEvents['cento-ready']>;
    'cento-error': CustomEvent<CentoElementEvents['cento-error']>;
    'cento-question': CustomEvent<CentoElementEvents['cento-question']>;
    'cento-fragment': CustomEvent<CentoElementEvents['cento-fragment']>;
    'cento-answer': CustomEvent<CentoElementEvents['cento-answer']>;
    'cento-refusal': CustomEvent<CentoElementEvents['cento-refusal']>;
    'cento-sources': CustomEvent<CentoElementEvents['cento-sources']>;
    'cento-results': CustomEvent<CentoElementEvents['cento-results']>;
    'cento-check': CustomEvent<CentoElementEvents['cento-check']>;
    'cento-suggestion': CustomEvent<CentoElementEvents['cento-suggestion']>;
    'cento-accept': CustomEvent<CentoElementEvents['cento-accept']>;
  }
}
