/**
 * The shape of the browser's own `LanguageModel` over a pack: code that was written for that API runs on
 * Cento. What it answers stands in the pack, and what the pack does not say it says that it does not.
 *
 * It follows no instructions: system prompts are taken and change nothing. Errors are `DOMException`s with
 * the platform's names, as that API's are.
 *
 * @packageDocumentation
 */

import { sourceLink } from '../client/source_link.js';
import type {
  Answer,
  Availability,
  CentoMonitor,
  CreateOptions,
  Fragment,
  PackOptions,
  Turn,
} from '../client/types.js';
import { Cento } from '../index.js';

/** As in the browser's API. Text is all that is taken. */
export interface PromptMessage {
  role: 'system' | 'user' | 'assistant';
  content: string | readonly { type: string; value: unknown }[];
  prefix?: boolean;
}

/** A prompt, or the messages of a conversation. */
export type PromptInput = string | readonly PromptMessage[];

/** Of `prompt` and what is like it. */
export interface PromptOptions {
  signal?: AbortSignal;
  /** Not supported: what a pack says cannot be brought into another form. */
  responseConstraint?: unknown;
}

/** Of `availability` and `create`. */
export interface ModelOptions {
  /** Aborting it later destroys the session. */
  signal?: AbortSignal;
  /** Called once with the events of loading. */
  monitor?: (monitor: CentoMonitor) => void;
  /** Questions in it are gone on from; system prompts and answers change nothing. */
  initialPrompts?: readonly PromptMessage[];
  /** Text alone. */
  expectedInputs?: readonly { type: string; languages?: readonly string[] }[];
  expectedOutputs?: readonly { type: string; languages?: readonly string[] }[];
  /** Taken and not needed: the same question has the same answer. */
  temperature?: number;
  topK?: number;
}

/** What the sessions answer from, and how they say it. */
export interface PackModelOptions
  extends Pick<PackOptions, 'pack' | 'cache' | 'fetch'>,
    Pick<CreateOptions, 'workerUrl' | 'wasmUrl' | 'scalarWasmUrl'> {
  /** Says in the text itself where its sentences stand, as footnotes in Markdown. Default false. */
  footnotes?: boolean;
  /** What a refusal begins with. Default "The documents do not say." */
  refusal?: string;
}

/** A conversation: questions go on from those before. */
export interface LanguageModelSession extends EventTarget {
  /** The whole answer to the last prompt, with fragments, sources and receipt. */
  readonly lastAnswer: Answer | undefined;
  /** Tokens of the prompts and answers so far. */
  readonly contextUsage: number;
  /** Without bound: a session never overflows. */
  readonly contextWindow: number;
  /** An answer, or a refusal as plain text. */
  prompt(input: PromptInput, options?: PromptOptions): Promise<string>;
  /** The same; its pieces are the fragments of the answer. */
  promptStreaming(input: PromptInput, options?: PromptOptions): ReadableStream<string>;
  /** Questions in it are gone on from. */
  append(input: PromptInput, options?: PromptOptions): Promise<undefined>;
  /** Tokens that a prompt would add. */
  measureContextUsage(input: PromptInput, options?: PromptOptions): Promise<number>;
  /** A session that goes on from the same turns. */
  clone(options?: { signal?: AbortSignal }): Promise<LanguageModelSession>;
  /** Ends it; the last one of its kin ends the engine. */
  destroy(): void;
}

/** What stands for the browser's `LanguageModel`. */
export interface LanguageModelFactory {
  /** Of the pack; `unavailable` where more than text is expected. */
  availability(options?: ModelOptions): Promise<Availability>;
  /** Resolves when all of the pack is there, so that the same prompt has the same answer. */
  create(options?: ModelOptions): Promise<LanguageModelSession>;
}

/** Turns that a question can go on from, as of `Cento.session`. */
const MAX_TURNS = 16;

/** A `LanguageModel` that answers from one pack. Loads nothing before `create`. */
export function languageModel(options: PackModelOptions): LanguageModelFactory {
  const { footnotes = false, refusal = 'The documents do not say.', ...pack } = options;
  return {
    async availability(asked = {}) {
      if (!isTextOnly(asked)) return 'unavailable';
      return Cento.availability(pack);
    },
    async create({ signal, monitor, initialPrompts = [], ...asked } = {}) {
      if (!isTextOnly(asked)) throw notSupported('Text is all that goes in and comes out.');
      return platformErrors(async () => {
        const turns = questionsOf(initialPrompts).map(turnOf);
        const cento = await Cento.create({
          ...pack,
          ...(signal && { signal }),
          ...(monitor && { monitor }),
        });
        await cento.ready; // all of the pack, so that the same prompt has the same answer
        return new PackSession({ cento, users: 0, footnotes, refusal }, turns, 0, signal);
      });
    },
  };
}

/** What a session and its clones share. */
interface Shared {
  cento: Cento;
  users: number;
  footnotes: boolean;
  refusal: string;
}

class PackSession extends EventTarget implements LanguageModelSession {
  lastAnswer: Answer | undefined;
  readonly contextWindow = Number.POSITIVE_INFINITY;
  readonly #shared: Shared;
  #turns: readonly Turn[];
  #usage: number;
  readonly #life = new AbortController();

  constructor(shared: Shared, turns: readonly Turn[], usage: number, signal?: AbortSignal) {
    super();
    this.#shared = shared;
    this.#turns = turns;
    this.#usage = usage;
    shared.users += 1;
    signal?.addEventListener('abort', () => this.destroy(), { signal: this.#life.signal });
  }

  get contextUsage(): number {
    return this.#usage;
  }

  async prompt(input: PromptInput, options: PromptOptions = {}): Promise<string> {
    let text = '';
    for await (const chunk of this.#run(input, options)) text += chunk;
    return text;
  }

  promptStreaming(input: PromptInput, options: PromptOptions = {}): ReadableStream<string> {
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const chunks = this.#run(input, { ...options, signal });
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => stop.abort(reason),
    });
  }

  async append(input: PromptInput, { signal }: PromptOptions = {}): Promise<undefined> {
    this.#check(signal);
    const questions = questionsOf(messagesOf(input));
    this.#usage += await this.#tokens(questions.join('\n'), signal);
    this.#remember(questions.map(turnOf));
  }

  async measureContextUsage(input: PromptInput, { signal }: PromptOptions = {}): Promise<number> {
    this.#check(signal);
    return this.#tokens(questionsOf(messagesOf(input)).join('\n'), signal);
  }

  async clone({ signal }: { signal?: AbortSignal } = {}): Promise<LanguageModelSession> {
    this.#check(signal);
    return new PackSession(this.#shared, this.#turns, this.#usage, signal);
  }

  destroy(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort(new DOMException('The session was destroyed.', 'AbortError'));
    this.#shared.users -= 1;
    if (this.#shared.users === 0) void this.#shared.cento.destroy();
  }

  /** The answer piece by piece; a refusal is one. */
  async *#run(
    input: PromptInput,
    { signal, responseConstraint }: PromptOptions,
  ): AsyncGenerator<string, void> {
    this.#check(signal);
    if (responseConstraint !== undefined) throw notSupported('Answers have no other form.');
    const questions = questionsOf(messagesOf(input));
    const question = questions.pop();
    if (question === undefined) throw new DOMException('There is no question.', 'SyntaxError');
    const turns = [...this.#turns, ...questions.map(turnOf)].slice(-MAX_TURNS);
    const { cento, footnotes } = this.#shared;
    const stop = signal ? AbortSignal.any([signal, this.#life.signal]) : this.#life.signal;
    const notes = new Footnotes();
    try {
      const stream = cento.ask(question, { signal: stop, session: turns });
      let text = '';
      for await (const fragment of stream) {
        const piece = text === '' ? fragment.text.trimStart() : joined(text, fragment.text);
        text += piece;
        yield footnotes ? `${piece}${notes.mark(fragment)}` : piece;
      }
      const answer = await stream.result;
      this.lastAnswer = answer;
      if (answer.refused) yield this.#refusal(answer);
      else if (footnotes) yield notes.list();
      const topic = answer.fragments[0]?.source.title ?? '';
      this.#remember([...questions.map(turnOf), { input: question, topic }]);
      this.#usage += await this.#tokens(`${question}\n${answer.text}`, stop);
    } catch (error) {
      throw platformError(error, stop);
    }
  }

  #refusal({ reason, topics }: Answer): string {
    const nearest = topics.length > 0 ? ` The nearest topics: ${topics.join(', ')}.` : '';
    return `${this.#shared.refusal} ${reason}${nearest}`;
  }

  #remember(turns: readonly Turn[]): void {
    this.#turns = [...this.#turns, ...turns].slice(-MAX_TURNS);
  }

  async #tokens(text: string, signal: AbortSignal | undefined): Promise<number> {
    const tokens = await this.#shared.cento.encode(text, signal && { signal });
    return tokens.length;
  }

  #check(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#life.signal.aborted) {
      throw new DOMException('The session was destroyed.', 'InvalidStateError');
    }
  }
}

/** A fragment of another place is set off by a space, as answers are. */
function joined(before: string, text: string): string {
  return /\s$/.test(before) || /^\s/.test(text) ? text : ` ${text}`;
}

/** One footnote for each document. */
class Footnotes {
  readonly #notes = new Map<string, string>();

  mark({ text, source }: Fragment): string {
    const { pack, documentId, title, url } = source;
    const key = JSON.stringify([pack, documentId]);
    if (!this.#notes.has(key)) {
      const page = URL.canParse(url) ? sourceLink(source, text) : url; // no other kind of address
      const words = `${title} ${page ?? ''}`;
      this.#notes.set(key, words.replace(/[\\`*_[\]<>\n]/g, '\\$&').trim());
    }
    return `[^${[...this.#notes.keys()].indexOf(key) + 1}]`;
  }

  list(): string {
    const lines = [...this.#notes.values()].map((note, i) => `[^${i + 1}]: ${note}`);
    return `\n\n${lines.join('\n')}`;
  }
}

const turnOf = (input: string): Turn => ({ input, topic: '' });

const messagesOf = (input: PromptInput): readonly PromptMessage[] =>
  typeof input === 'string' ? [{ role: 'user', content: input }] : input;

/** The texts of the user's messages. */
function questionsOf(messages: readonly PromptMessage[]): string[] {
  if (messages.some(({ prefix }) => prefix)) throw notSupported('Answers cannot be begun.');
  return messages.filter(({ role }) => role === 'user').map(({ content }) => textOf(content));
}

function textOf(content: PromptMessage['content']): string {
  if (typeof content === 'string') return content;
  if (content.some(({ type }) => type !== 'text')) throw notSupported('Prompts are text.');
  return content.map(({ value }) => `${value}`).join('');
}

function isTextOnly({ expectedInputs = [], expectedOutputs = [] }: ModelOptions): boolean {
  return [...expectedInputs, ...expectedOutputs].every(({ type }) => type === 'text');
}

const notSupported = (message: string) => new DOMException(message, 'NotSupportedError');

/** Names and messages of the API's errors are the platform's already; an abort keeps its own reason. */
function platformError(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof DOMException || !(error instanceof Error)) return error;
  return new DOMException(error.message, error.name);
}

async function platformErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw platformError(error);
  }
}
