import type { CentoError } from './error.js';
import type { Answer, AnswerStream, Fragment } from './types.js';

/** `start` begins the work: it emits fragments and gives the whole. `signal` is aborted on `cancel`. */
export function answerStream(
  start: (emit: (fragments: Fragment[]) => void, cancelled: AbortSignal) => Promise<Answer>,
): AnswerStream {
  const cancelled = new AbortController();
  let result!: Promise<Answer>;
  const stream = new ReadableStream<Fragment>({
    start(controller) {
      const emit = (fragments: Fragment[]) => {
        for (const fragment of fragments) controller.enqueue(fragment);
      };
      result = start(emit, cancelled.signal);
      result.then(
        () => cancelled.signal.aborted || controller.close(),
        (error: CentoError) => controller.error(error),
      );
    },
    cancel(reason) {
      cancelled.abort(reason);
    },
  });
  // Safari's streams are not iterable.
  async function* iterate(): AsyncGenerator<Fragment> {
    const reader = stream.getReader();
    let isDone = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        isDone = done;
        if (done) return;
        yield value;
      }
    } finally {
      if (!isDone) await reader.cancel().catch(() => {}); // an error that the loop has thrown
      reader.releaseLock();
    }
  }
  return Object.assign(stream, {
    result,
    // biome-ignore lint/suspicious/noThenProperty: `await` gives the whole.
    then: result.then.bind(result),
    catch: result.catch.bind(result),
    finally: result.finally.bind(result),
    [Symbol.asyncIterator]: iterate,
  }) as AnswerStream;
}
