/** Lets messages and other tasks in. A timer would wait 4 ms. */
export const nextTask: () => Promise<void> =
  typeof setImmediate === 'function'
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(null);
        });

/** As long as work may keep others waiting. */
export const SLICE_MILLISECONDS = 4;

/** Gives what is to be called between pieces of work: it lets others in when a slice is over. */
export function pauses(): () => Promise<void> {
  let start = performance.now();
  return async () => {
    if (performance.now() - start < SLICE_MILLISECONDS) return;
    await nextTask();
    start = performance.now();
  };
}
