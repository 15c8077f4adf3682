import type { CentoError } from './error.js';
import type { Completion, CompletionStream, Fragment } from './types.js';

/** `start` begins the work: it emits fragments and gives the whole. `signal` is aborted on `cancel`. */
export function completionStream(
  start: (emit: (fragments: Fragment[]) => void, cancelled: AbortSignal) => Promise<Completion>,
): CompletionStream {
  const cancelled = new AbortController();
  let result!: Promise<Completion>;
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
  return Object.assign(stream, { result, [Symbol.asyncIterator]: iterate }) as CompletionStream;
}
