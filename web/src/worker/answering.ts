/** What can be asked of a pack of which something is covered. */

import type { Answer, Fragment, PackInfo, VerifyReport } from '../client/types.js';
import { filesOf } from '../loader/manifest.js';
import type { AnswerParams, EngineMethods } from '../protocol/messages.js';
import { abortError, type HandlerContext, type Handlers } from '../protocol/peer.js';
import { answerBytes, receiptBytes, requestBytes, searchBytes } from './answer_bytes.js';
import type { Verifier } from './module.js';
import { nextTask } from './next_task.js';
import type { Pack } from './pack.js';

/** An abort is heard at the latest after one slice of work. */
const SLICE_MILLISECONDS = 4;
const FIRST_BUDGET = 2000;

export type AnswerMethods = Omit<EngineMethods, 'open' | 'update'>;

/** `current` throws until there is a pack. */
export function answerHandlers(current: () => Pack): Handlers<AnswerMethods> {
  return {
    answer: (params, context) => {
      const pack = current();
      return pack.gate.share(() => answer(pack, params, context));
    },
    async search(params, { signal }) {
      await hearAbort(signal);
      return current().engine.search(searchBytes(params));
    },
    async check({ text }, { signal }) {
      await hearAbort(signal);
      return current().engine.check(text);
    },
    explain: ({ receipt, fragment }) => current().engine.explain(receiptBytes(receipt), fragment),
    attestedMask({ context }) {
      const { engine } = current();
      return engine.attestedMask(
        typeof context === 'string' ? Uint32Array.from(engine.encode(context)) : context,
      );
    },
    encode: ({ text }) => current().engine.encode(text),
    decode: ({ tokens }) => current().engine.decode(tokens),
    trace: ({ text, minWords, maxSources }) => current().engine.trace(text, minWords, maxSources),
    async suggest(params, { signal }) {
      await hearAbort(signal);
      return current().engine.suggest(params);
    },
    predict: ({ text, limit }) => current().engine.predict(text, limit),
    explainNext: ({ text, next }) => current().engine.explainNext(text, next),
    score: ({ text, checkEvery }) => current().engine.score(text, checkEvery),
    count: ({ text }) => current().engine.count(text),
    next: ({ text, limit }) => current().engine.next(text, limit),
    locate: ({ text, limit }) => current().engine.locate(text, limit),
    excerpt: ({ documentId, start, end, contextBytes }) =>
      current().engine.excerpt(documentId, start, end, contextBytes),
    verify: ({ answer }, { signal }) => verify(current(), answer, signal),
    info: () => info(current()),
    benchFollowers({ seed, first, queries }) {
      const start = performance.now();
      const checksum = current().engine.benchFollowers(seed, first, queries);
      return { checksum, milliseconds: performance.now() - start };
    },
  };
}

/** One who types fast has asked again, and aborted this call, before its turn comes: that is heard here. */
async function hearAbort(signal: AbortSignal): Promise<void> {
  await nextTask();
  if (signal.aborted) throw abortError(signal);
}

async function answer(
  { module, engine }: Pack,
  params: AnswerParams,
  { signal, emit }: HandlerContext<Fragment[]>,
): Promise<Answer> {
  if (signal.aborted) throw abortError(signal);
  const task = new module.AnswerTask(engine, requestBytes(params));
  try {
    let budget = FIRST_BUDGET;
    let emitted = 0;
    for (let more = true; more; ) {
      const start = performance.now();
      more = task.step(budget);
      const took = performance.now() - start;
      if (took < SLICE_MILLISECONDS / 2) budget = Math.min(budget * 2, 1 << 24);
      if (took > SLICE_MILLISECONDS * 2) budget = Math.max(budget >> 1, 1);
      if (task.fragmentCount() > emitted) {
        const { fragments } = task.result();
        emit(fragments.slice(emitted));
        emitted = fragments.length;
      }
      if (!more) break;
      await hearAbort(signal);
    }
    return task.result();
  } finally {
    task.delete();
  }
}

function info({ module, engine, manifest, manifestUrl, store }: Pack): PackInfo {
  return {
    ...engine.summary(),
    wireBytes: manifest.totalBytes,
    memoryBytes: module.memoryBytes(),
    engineVersion: module.version(),
    kernel: module.kernel(),
    cache: store.kind,
    manifestUrl,
  };
}

async function verify(pack: Pack, answer: unknown, signal: AbortSignal): Promise<VerifyReport> {
  const bytes = typeof answer === 'string' ? undefined : answerBytes(answer);
  const verifier = await verifierOf(pack);
  if (signal.aborted) throw abortError(signal);
  return bytes ? verifier.verify(bytes) : verifier.verifyWindows(answer as string);
}

/** One for all calls, until more shards are there. */
function verifierOf(pack: Pack): Promise<Verifier> {
  const { shardsAdded: shards, verifier: old } = pack;
  if (old?.shards === shards) return old.reader;
  old?.reader.then((reader) => reader.delete()).catch(() => {});
  const reader = openVerifier(pack, shards);
  pack.verifier = { reader, shards };
  reader.catch(() => {
    pack.verifier = undefined;
  });
  return reader;
}

async function openVerifier(pack: Pack, shards: number): Promise<Verifier> {
  const reader = new pack.module.Verifier();
  try {
    for (const entry of filesOf(pack.manifest).slice(0, shards + 1)) {
      const bytes = await pack.file(entry);
      if (entry.role === 'tables') reader.openTables(bytes);
      else reader.addShard(bytes);
    }
  } catch (error) {
    reader.delete();
    throw error;
  }
  return reader;
}
