import type { EngineMethods } from '../protocol/messages.js';
import { abortError } from '../protocol/peer.js';
import { answerStream } from './answer_stream.js';
import * as argument from './arguments.js';
import { type Connect, type Connection, connector } from './connection.js';
import { CentoError } from './error.js';
import type { Platform } from './platform.js';
import { Session } from './session.js';
import type {
  Answer,
  AnswerStream,
  AskOptions,
  AttestedMask,
  CallOptions,
  CheckReport,
  CompleteOptions,
  Coverage,
  CreateOptions,
  Excerpt,
  ExcerptOptions,
  ExportOptions,
  FragmentExplanation,
  Learnable,
  Learned,
  LimitOptions,
  Located,
  NextTokens,
  Operation,
  OverviewOptions,
  PackInfo,
  Predictions,
  Score,
  ScoreOptions,
  SearchOptions,
  SearchResults,
  Suggestions,
  SuggestOptions,
  TokenExplanation,
  Trace,
  TraceOptions,
  VerifyReport,
} from './types.js';

/**
 * A pack, ready to be asked. Every call settles: when the instance is destroyed pending calls reject
 * with `AbortError` and later ones with `InvalidStateError`; when its worker dies pending ones reject
 * with the reason, and the next call starts another worker, from what is stored.
 */
export class CentoClient {
  /** What `Cento.create` does, on a platform, with its own class. */
  protected static async open<T extends CentoClient>(
    platform: Platform,
    construct: (connect: Connect) => T,
    options: CreateOptions,
  ): Promise<T> {
    const { signal } = options;
    const connect = connector(platform, options);
    if (signal?.aborted) throw abortError(signal);
    const cento = construct(connect);
    const onAbort = () => cento.#end(abortError(signal));
    signal?.addEventListener('abort', onAbort);
    cento.#forget = () => signal?.removeEventListener('abort', onAbort);
    try {
      await cento.#connection.answers;
    } catch (error) {
      cento.#end(error as CentoError);
      throw error;
    }
    return cento;
  }

  readonly #connect: Connect;
  #connection: Connection;
  #forget = () => {};
  #isDestroyed = false;

  protected constructor(connect: Connect) {
    this.#connect = connect;
    this.#connection = connect();
  }

  /** How much of the pack answers cover now. */
  get coverage(): Coverage {
    return this.#connection.coverage;
  }

  /**
   * Resolves when everything is covered and stored. When loading fails half-way it rejects, and what
   * is covered goes on answering.
   */
  get ready(): Promise<void> {
    return this.#connection.ready;
  }

  /**
   * Asks the server for a newer version of the pack, downloads what changed, and takes it between two
   * calls: true. False: there is none. Until then, and when it fails, the one before answers. It also finishes
   * a load that failed half-way.
   */
  async update({ signal }: CallOptions = {}): Promise<boolean> {
    return this.#live.update(signal);
  }

  /**
   * Answers a question with sentences of the pack, and tells which words are the answer where it is sure
   * enough. Of this and the two below: `await` gives the whole, `for await` the fragments as they come;
   * a refusal is a result (see `Answer.refused`).
   */
  ask(question: string, options: AskOptions = {}): AnswerStream {
    return this.#answer('ask', question, options);
  }

  /** Several sentences of the pack on a topic. */
  overview(topic: string, options: OverviewOptions = {}): AnswerStream {
    return this.#answer('overview', topic, options);
  }

  /**
   * Continues `prompt`, as it stands, with passages of the pack. With `maxTokens` up to 12 it gives ghost text: the
   * most probable next words as one fragment, where `prompt` is all the text before the caret.
   */
  complete(prompt: string, options: CompleteOptions = {}): AnswerStream {
    return this.#answer('complete', prompt, options);
  }

  /** Questions of which each may go on from those before it: "And its capital?" */
  session(): Session {
    return new Session(this);
  }

  #answer(
    operation: Operation,
    input: string,
    options: CompleteOptions & OverviewOptions,
  ): AnswerStream {
    return answerStream(async (onChunk, cancelled) => {
      const params = argument.answerParams(operation, input, options);
      const stop = new AbortController();
      const { signal } = options;
      const onAbort = () => stop.abort(signal?.reason);
      if (signal?.aborted) onAbort();
      signal?.addEventListener('abort', onAbort);
      cancelled.addEventListener('abort', () => stop.abort(cancelled.reason));
      return this.#live
        .call('answer', params, { signal: stop.signal, onChunk })
        .finally(() => signal?.removeEventListener('abort', onAbort));
    });
  }

  /**
   * The passages that fit a query best. "Words in quotes" must stand as they are; words that stand
   * nowhere are taken for their nearest neighbours.
   */
  search(
    query: string,
    { limit, within = [], signal }: SearchOptions = {},
  ): Promise<SearchResults> {
    return this.#send('search', signal, () => ({
      query: argument.text(query, 'query'),
      limit: argument.count(limit, 'limit', 10, 0, argument.MAX_LIMIT),
      within: typeof within === 'string' ? [within] : within,
    }));
  }

  /**
   * Holds each sentence of any text against the pack: attested, a near miss (with what the documents
   * say instead), or unsupported.
   */
  check(text: string, { signal }: CallOptions = {}): Promise<CheckReport> {
    return this.#send('check', signal, () => ({ text: argument.text(text) }));
  }

  /**
   * Why fragment number `fragment` of an answer was chosen, and what came second, by composing it
   * again: on the same pack, engine and coverage.
   */
  explain(
    answer: Pick<Answer, 'receipt'>,
    fragment: number,
    { signal }: CallOptions = {},
  ): Promise<FragmentExplanation> {
    return this.#send('explain', signal, () => ({
      receipt: answer?.receipt,
      fragment: argument.count(fragment, 'fragment', 0),
    }));
  }

  /**
   * Which tokens may come after `context`, a text or ids of `encode`, so that every window of words
   * inside a sentence stays attested: it holds another generator to the pack.
   */
  attestedMask(
    context: string | Iterable<number>,
    { signal }: CallOptions = {},
  ): Promise<AttestedMask> {
    return this.#send('attestedMask', signal, () => ({
      context:
        typeof context === 'string' ? argument.text(context) : argument.ids(context, 'context'),
    }));
  }

  /** The ids of the tokens of `text`, as it stands. */
  encode(text: string, { signal }: CallOptions = {}): Promise<number[]> {
    return this.#send('encode', signal, () => ({ text: argument.text(text) }));
  }

  /** The text of tokens. */
  decode(tokens: Iterable<number>, { signal }: CallOptions = {}): Promise<string> {
    return this.#send('decode', signal, () => ({ tokens: argument.ids(tokens, 'tokens') }));
  }

  /**
   * What may stand at the caret next: the rest of the word that `text` ends in, or the words after it.
   * `text` is what stands before the caret. At each keystroke abort the call before, so that only the
   * latest is worked on.
   */
  suggest(text: string, options: SuggestOptions = {}): Promise<Suggestions> {
    return this.#send('suggest', options.signal, () => ({
      text: argument.text(text),
      limit: argument.count(options.limit, 'limit', 3, 0, argument.MAX_LIMIT),
      maxWords: argument.count(options.maxWords, 'maxWords', 6, 1),
      maxEdits: argument.count(options.maxEdits, 'maxEdits', 1, 0, 2),
      skipShown: options.skipShown === true,
      addSpace: options.addSpace === true,
    }));
  }

  /** The most probable next tokens after `text`, exactly. */
  predict(text: string, { limit, signal }: LimitOptions = {}): Promise<Predictions> {
    return this.#send('predict', signal, () => limited(text, limit));
  }

  /**
   * Why the first token of `next` is as probable as it is after `text`: the share of each level, and of every expert
   * its context, how often that stands, how often the token followed, how far it is trusted and what it gives.
   */
  explainNext(text: string, next: string, { signal }: CallOptions = {}): Promise<TokenExplanation> {
    return this.#send('explainNext', signal, () => ({
      text: argument.text(text),
      next: argument.text(next, 'next'),
    }));
  }

  /**
   * How well the pack predicts `text`, taken as a document of its own. Runs through once begun: some seconds for a
   * megabyte.
   */
  score(text: string, { checkEvery, signal }: ScoreOptions = {}): Promise<Score> {
    return this.#send('score', signal, () => ({
      text: argument.text(text),
      checkEvery: argument.count(checkEvery, 'checkEvery', 0),
    }));
  }

  /** The longest spans of any text that stand in the pack, with where they stand. */
  trace(text: string, { minWords, maxSources, signal }: TraceOptions = {}): Promise<Trace> {
    return this.#send('trace', signal, () => ({
      text: argument.text(text),
      minWords: argument.count(minWords, 'minWords', 3),
      maxSources: argument.count(maxSources, 'maxSources', 3),
    }));
  }

  /**
   * Proves an answer again from the stored shards, by another code path than the one that composed
   * it. Of a plain text it counts the windows of four words that the pack attests.
   */
  verify(answer: Answer | string, { signal }: CallOptions = {}): Promise<VerifyReport> {
    return this.#send('verify', signal, () => ({
      answer: typeof answer === 'string' ? argument.text(answer) : answer,
    }));
  }

  /** Places where `text` stands, as it stands: " the" and "the" differ. */
  count(text: string, { signal }: CallOptions = {}): Promise<number> {
    return this.#send('count', signal, () => ({ text: argument.text(text) }));
  }

  /** The tokens that follow `text`, as it stands, most frequent first. */
  next(text: string, { limit, signal }: LimitOptions = {}): Promise<NextTokens> {
    return this.#send('next', signal, () => limited(text, limit));
  }

  /** Where `text` stands, as it stands. */
  locate(text: string, { limit, signal }: LimitOptions = {}): Promise<Located> {
    return this.#send('locate', signal, () => limited(text, limit));
  }

  /** The text around a range of a document, to show a source in its place. */
  excerpt(
    documentId: string,
    start: number,
    end: number,
    { contextBytes, pack, signal }: ExcerptOptions = {},
  ): Promise<Excerpt> {
    return this.#send('excerpt', signal, () => ({
      pack,
      documentId: argument.text(documentId, 'documentId'),
      start: argument.count(start, 'start', 0),
      end: argument.count(end, 'end', 0),
      contextBytes: argument.count(contextBytes, 'contextBytes', 240),
    }));
  }

  /** Of the first pack. */
  async info(options: CallOptions = {}): Promise<PackInfo> {
    return (await this.packs(options))[0] as PackInfo;
  }

  /** Of all that answers: the packs in the order in which they came, and last what was learned. */
  packs({ signal }: CallOptions = {}): Promise<PackInfo[]> {
    return this.#send('packs', signal, () => ({}));
  }

  /**
   * Has another pack answer, too: from its first shard on. Resolves when everything of it is covered and
   * stored. Errors: those of `create`.
   */
  async mount(pack: string | URL, { signal }: CallOptions = {}): Promise<PackInfo> {
    const url = await this.#live.mount(pack, signal);
    const packs = await this.packs(signal && { signal });
    return packs.find(({ manifestUrl }) => manifestUrl === url) as PackInfo;
  }

  /** Takes a pack away; calls that run end with what they began with. What is stored stays. False: it is not there. */
  async unmount(packId: string, { signal }: CallOptions = {}): Promise<boolean> {
    return this.#live.unmount(argument.text(packId, 'packId'), signal);
  }

  /**
   * Keeps texts on this device and answers from them, too, first of all where they fit. They go nowhere,
   * stay until they are forgotten, and belong to the first pack: by its name, on pages of this origin.
   * Gives all that is learned now. Errors: `QuotaExceededError` beyond 4 MiB, and nothing is learned.
   */
  learn(
    documents: Learnable | readonly Learnable[],
    { signal }: CallOptions = {},
  ): Promise<Learned[]> {
    return this.#send('learn', signal, () => ({ documents: argument.learnable(documents) }));
  }

  /** Forgets what was learned under an id or several: nothing of it comes out again. False: there is none. */
  forget(id: string | readonly string[], { signal }: CallOptions = {}): Promise<boolean> {
    return this.#send('forget', signal, () => ({
      ids: [id].flat().map((one) => argument.text(one, 'id')),
    }));
  }

  /** What is learned, by id. */
  learned({ signal }: CallOptions = {}): Promise<Learned[]> {
    return this.#send('learned', signal, () => ({}));
  }

  /** All that is learned, as `importLearned` takes it: JSON. */
  async exportLearned(options: CallOptions = {}): Promise<Blob> {
    const documents = await this.#send('learnedTexts', options.signal, () => ({}));
    const json = JSON.stringify({ format: argument.LEARNED_FORMAT, version: 1, documents });
    return new Blob([json], { type: 'application/json' });
  }

  /** Learns what `exportLearned` gave, here or elsewhere. */
  async importLearned(file: Blob | string, options: CallOptions = {}): Promise<Learned[]> {
    return this.learn(
      argument.exported(typeof file === 'string' ? file : await file.text()),
      options,
    );
  }

  /** All that is learned, as the files of a pack, by name: for any static host. */
  exportPack({
    signal,
    ...about
  }: ExportOptions = {}): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
    return this.#send('exportPack', signal, () => {
      const name = argument.text(about.name ?? 'personal', 'name');
      return {
        name,
        title: argument.text(about.title ?? name, 'title'),
        licence: argument.text(about.licence ?? '', 'licence'),
      };
    });
  }

  /**
   * For benchmarks: see `Engine::bench_followers` in engine/include/cento/engine.h.
   * @internal
   */
  benchFollowers(
    seed: number,
    first: number,
    queries: number,
  ): Promise<{ checksum: string; milliseconds: number }> {
    return this.#send('benchFollowers', undefined, () => ({ seed, first, queries }));
  }

  /** Ends the worker and gives its memory back. What is stored stays. */
  async destroy(): Promise<void> {
    this.#end(new CentoError('AbortError', 'The instance was destroyed.'));
  }

  /** `destroy`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.destroy();
  }

  #end(error: CentoError): void {
    this.#isDestroyed = true;
    this.#forget();
    this.#connection.end(error);
  }

  /** Starts again when the worker died. */
  get #live(): Connection {
    if (this.#isDestroyed) {
      throw new CentoError('InvalidStateError', 'The instance was destroyed.');
    }
    if (this.#connection.isEnded) this.#connection = this.#connect();
    return this.#connection;
  }

  /** Arguments that cannot be used reject like everything else. */
  async #send<Name extends keyof EngineMethods & string>(
    method: Name,
    signal: AbortSignal | undefined,
    params: () => EngineMethods[Name]['params'],
  ): Promise<EngineMethods[Name]['value']> {
    return this.#live.call(method, params(), { signal });
  }
}

function limited(text: string, limit: number | undefined): { text: string; limit: number } {
  return { text: argument.text(text), limit: argument.count(limit, 'limit', 10) };
}
