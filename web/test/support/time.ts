import type { TestContext } from 'node:test';

/** Lets the clock run fast from here until `work` settles. */
export async function hurry<T>(t: TestContext, work: () => Promise<T>): Promise<T> {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let isDone = false;
  const working = work().finally(() => {
    isDone = true;
  });
  for (let i = 0; i < 1000 && !isDone; i++) {
    await new Promise(setImmediate);
    t.mock.timers.tick(1000);
  }
  return working;
}
