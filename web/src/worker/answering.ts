/** What can be asked of packs of which something is covered, and of what was learned. */

import type { CentoError } from '../client/error.js';
import type { Answer, Fragment, PackInfo, VerifyReport } from '../client/types.js';
import { filesOf } from '../loader/manifest.js';
import type { AnswerParams, EngineMethods, PersonalMethods } from '../protocol/messages.js';
import { abortError, type HandlerContext, type Handlers } from '../protocol/peer.js';
import { answerBytes, receiptBytes, requestBytes, searchBytes } from './answer_bytes.js';
import {
  ASKS_OF_OWN,
  bestAnswer,
  bestReport,
  checkOneVocabulary,
  joinChecks,
  joinLocated,
  joinMasks,
  joinNext,
  joinSearch,
  joinSuggestions,
  joinTraces,
  ownWorth,
} from './layers.js';
import type { Engine, Task, Verifier } from './module.js';
import { nextTask, SLICE_MILLISECONDS } from './next_task.js';
import { isPersonal, type Layer, type Pack } from './pack.js';

const FIRST_BUDGET = 2000;
/** That tell how much a layer has on a topic. */
const TOPIC_PASSAGES = 5;

type Told = Exclude<keyof EngineMethods, 'open' | 'update' | 'unmount' | keyof PersonalMethods>;
export type AnswerMethods = Pick<EngineMethods, Told>;

/** Gives the layers that answer, personal ones first; throws until there is one. */
export function answerHandlers(layers: () => readonly Layer[]): Handlers<AnswerMethods> {
  /** What all layers say, put together. */
  function all<T>(ask: (engine: Engine) => T, join: (parts: T[]) => T): T {
    const parts = layers().map(({ engine }) => ask(engine));
    return parts.length === 1 ? (parts[0] as T) : join(parts);
  }
  const first = () => packsOf(layers())[0] as Pack;
  /** The layer of a pack id; the first pack, which says that it is another's, where there is none. */
  const layerOf = (packId: string | undefined) =>
    layers().find(({ engine }) => engine.summary().packId === packId) ?? first();

  return {
    answer: (params, context) => answer(layers(), params, context),
    async search(params, { signal }) {
      await hearAbort(signal);
      const query = searchBytes(params);
      return all(
        (engine) => engine.search(query),
        (parts) => joinSearch(parts, params.limit),
      );
    },
    check: ({ text }, { signal }) =>
      allInSlices(layers(), signal, (engine) => engine.check(text), joinChecks),
    explain: ({ receipt, fragment }) =>
      layerOf(receipt?.pack).engine.explain(receiptBytes(receipt), fragment),
    attestedMask({ context }) {
      const engines = layers().map(({ engine }) => engine);
      if (engines.length > 1) checkOneVocabulary(engines);
      const tokens =
        typeof context === 'string' ? Uint32Array.from(first().engine.encode(context)) : context;
      return all((engine) => engine.attestedMask(tokens), joinMasks);
    },
    encode: ({ text }) => first().engine.encode(text),
    decode: ({ tokens }) => first().engine.decode(tokens),
    trace: ({ text, minWords, maxSources }, { signal }) =>
      allInSlices(
        layers(),
        signal,
        (engine) => engine.trace(text, minWords, maxSources),
        (parts) => joinTraces(parts, maxSources),
      ),
    async suggest(params, { signal }) {
      await hearAbort(signal);
      const parts = layers().map((layer) => ({
        worth: isPersonal(layer) ? ownWorth(layer.engine, params.text) : undefined,
        given: layer.engine.suggest(params),
      }));
      return parts.length === 1 && parts[0] ? parts[0].given : joinSuggestions(parts, params.limit);
    },
    predict: ({ text, limit }) => first().engine.predict(text, limit),
    explainNext: ({ text, next }) => first().engine.explainNext(text, next),
    async score({ text, checkEvery }, { signal }) {
      await hearAbort(signal);
      return first().engine.score(text, checkEvery);
    },
    count: ({ text }) =>
      all(
        (engine) => engine.count(text),
        (parts) => parts.reduce((sum, count) => sum + count, 0),
      ),
    next({ text, limit }) {
      const asked = layers().length === 1 ? limit : 2 ** 32 - 1;
      return all(
        (engine) => engine.next(text, asked),
        (parts) => joinNext(parts, limit),
      );
    },
    locate: ({ text, limit }) =>
      all(
        (engine) => engine.locate(text, limit),
        (parts) => joinLocated(parts, limit),
      ),
    excerpt({ pack, documentId, start, end, contextBytes }) {
      const those = pack === undefined ? layers() : [layerOf(pack)];
      for (const { engine } of those.slice(0, -1)) {
        try {
          return engine.excerpt(documentId, start, end, contextBytes);
        } catch (error) {
          if ((error as CentoError).code !== 'NotFoundError') throw error;
        }
      }
      return (those.at(-1) as Layer).engine.excerpt(documentId, start, end, contextBytes);
    },
    async verify({ answer }, { signal }) {
      if (typeof answer !== 'string') return verify(layerOf(answer?.receipt?.pack), answer, signal);
      const reports: VerifyReport[] = [];
      for (const layer of layers()) reports.push(await verify(layer, answer, signal));
      return bestReport(reports);
    },
    packs: () => {
      const base = first();
      return [...layers()]
        .sort((a, b) => Number(isPersonal(a)) - Number(isPersonal(b)))
        .map((layer) => info(layer, base));
    },
    benchFollowers({ seed, first: from, queries }) {
      const start = performance.now();
      const checksum = first().engine.benchFollowers(seed, from, queries);
      return { checksum, milliseconds: performance.now() - start };
    },
  };
}

const packsOf = (layers: readonly Layer[]) =>
  layers.filter((layer): layer is Pack => !isPersonal(layer));

/** One who types fast has asked again, and aborted this call, before its turn comes: that is heard here. */
async function hearAbort(signal: AbortSignal): Promise<void> {
  await nextTask();
  if (signal.aborted) throw abortError(signal);
}

/** That of the layer that answers best. */
async function answer(
  layers: readonly Layer[],
  params: AnswerParams,
  context: HandlerContext<Fragment[]>,
): Promise<Answer> {
  const [only] = layers;
  if (layers.length === 1 && only) return only.gate.share(() => compose(only, params, context));
  return shareAll(layers, async () => {
    const answers: Answer[] = [];
    for (const layer of layers) {
      answers.push(await compose(layer, params, { ...context, emit: () => {} }));
    }
    const query = searchBytes({ query: params.input, limit: TOPIC_PASSAGES, within: [] });
    const ownFirst = isPersonal(layers[0] as Layer) && ASKS_OF_OWN.test(params.input);
    const best = bestAnswer(answers, ownFirst, (i) =>
      (layers[i] as Layer).engine.search(query).results.reduce((sum, { score }) => sum + score, 0),
    );
    context.emit(best.fragments);
    const packs = answers.map(({ receipt }) => receipt.pack);
    return { ...best, receipt: { ...best.receipt, packs } };
  });
}

/** Holds all of them until the work is done: none is taken away under it. */
function shareAll<T>(layers: readonly Layer[], work: () => Promise<T>): Promise<T> {
  const [first, ...rest] = layers;
  return first ? first.gate.share(() => shareAll(rest, work)) : work();
}

/** What all layers say of a text that may be long, put together. */
async function allInSlices<T>(
  layers: readonly Layer[],
  signal: AbortSignal,
  start: (engine: Engine) => Task<T>,
  join: (parts: T[]) => T,
): Promise<T> {
  await hearAbort(signal);
  return shareAll(layers, async () => {
    const parts: T[] = [];
    for (const { engine } of layers) parts.push(await inSlices(start(engine), signal));
    return parts.length === 1 ? (parts[0] as T) : join(parts);
  });
}

async function compose(
  { engine }: Layer,
  params: AnswerParams,
  { signal, emit }: HandlerContext<Fragment[]>,
): Promise<Answer> {
  if (signal.aborted) throw abortError(signal);
  const task = engine.answer(requestBytes(params));
  let emitted = 0;
  return inSlices(task, signal, () => {
    const fragments = task.fragments(emitted);
    if (fragments.length > 0) emit(fragments);
    emitted += fragments.length;
  });
}

/**
 * Does the work and deletes the task; tells of each slice. An abort is heard at the latest after one
 * slice of work.
 */
async function inSlices<T>(
  task: Task<T>,
  signal: AbortSignal,
  onSlice: () => void = () => {},
): Promise<T> {
  try {
    let budget = FIRST_BUDGET;
    for (let more = true; more; ) {
      const start = performance.now();
      more = task.step(budget);
      const took = performance.now() - start;
      if (took < SLICE_MILLISECONDS / 2) budget = Math.min(budget * 2, 1 << 24);
      if (took > SLICE_MILLISECONDS * 2) budget = Math.max(budget >> 1, 1);
      onSlice();
      if (more) await hearAbort(signal);
    }
    return task.result();
  } finally {
    task.delete();
  }
}

/** `base` is the first pack. */
function info(layer: Layer, base: Pack): PackInfo {
  const { module, engine } = layer;
  const { manifest, manifestUrl, store } = isPersonal(layer) ? base : layer;
  const personal = isPersonal(layer);
  return {
    ...engine.summary(),
    wireBytes: personal ? 0 : manifest.totalBytes,
    memoryBytes: module.memoryBytes(),
    engineVersion: module.version(),
    kernel: module.kernel(),
    cache: store.kind,
    manifestUrl: personal ? '' : manifestUrl,
    personal,
  };
}

async function verify(layer: Layer, answer: unknown, signal: AbortSignal): Promise<VerifyReport> {
  const bytes = typeof answer === 'string' ? undefined : answerBytes(answer);
  const verifier = await verifierOf(layer);
  if (signal.aborted) throw abortError(signal);
  return bytes ? verifier.verify(bytes) : verifier.verifyWindows(answer as string);
}

/** One for all calls, until more is covered. */
function verifierOf(layer: Layer): Promise<Verifier> {
  const { shards } = layer.engine.coverage();
  const { verifier: old } = layer;
  if (old?.shards === shards) return old.reader;
  old?.reader.then((reader) => reader.delete()).catch(() => {});
  const reader = openVerifier(layer, shards);
  layer.verifier = { reader, shards };
  reader.catch(() => {
    layer.verifier = undefined;
  });
  return reader;
}

async function openVerifier(layer: Layer, shards: number): Promise<Verifier> {
  const reader = new layer.module.Verifier();
  try {
    let tables = !isPersonal(layer) && layer.manifest.base ? 2 : 1;
    for await (const bytes of isPersonal(layer) ? layer.files : storedFiles(layer, shards)) {
      if (tables-- > 0) reader.openTables(bytes);
      else reader.addShard(bytes);
    }
  } catch (error) {
    reader.delete();
    throw error;
  }
  return reader;
}

/** The tables and so many shards. */
async function* storedFiles(pack: Pack, shards: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const files = filesOf(pack.manifest);
  const missing = pack.manifest.shards.length - shards;
  for (const entry of files.slice(0, files.length - missing)) yield pack.file(entry);
}
