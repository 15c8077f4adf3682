import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Expressing } from '../src/worker/expressing.js';

/** An index of shards that come when the test says, over a clock that it sets. */
class Shards {
  time = 0;
  /** Shards that each build began with. */
  readonly builds: number[] = [];
  readonly expressing: Expressing;
  #added = 0;
  #end: (() => void) | undefined;
  #onBuild: (() => void) | undefined;

  constructor(tokens: readonly number[]) {
    this.expressing = new Expressing({
      tokens,
      now: () => this.time,
      build: async () => {
        const covered = this.#added;
        this.builds.push(covered);
        this.#onBuild?.();
        await new Promise<void>((resolve) => {
          this.#end = resolve;
        });
        return covered;
      },
    });
  }

  add(time: number): void {
    this.time = time;
    this.#added++;
    this.expressing.shardAdded();
  }

  /** Ends the build at work, and lets what follows begin. */
  async built(time: number): Promise<void> {
    this.time = time;
    this.#end?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  nextBuild(): Promise<void> {
    return new Promise((resolve) => {
      this.#onBuild = resolve;
    });
  }
}

test('shards that come slowly are built in between, each time twice as much is there', async () => {
  const shards = new Shards([100, 100, 100, 100, 100]);
  shards.add(0);
  await shards.built(10);
  for (const [time, builds] of [
    [1000, [1, 2]],
    [2000, [1, 2]],
    [3000, [1, 2, 4]],
  ] as const) {
    shards.add(time);
    assert.deepEqual(shards.builds, builds);
    await shards.built(time + 10);
  }
  shards.add(4000);
  await shards.built(4010);
  await shards.expressing.done;
  assert.deepEqual(shards.builds, [1, 2, 4, 5]);
});

test('a build that would end after the last shard is here is left out', async () => {
  const shards = new Shards([100, 400, 400, 100]);
  shards.add(0);
  shards.add(30);
  await shards.built(100);
  shards.add(130);
  assert.deepEqual(shards.builds, [1], 'a second build would take longer than the rest');
  shards.add(140);
  assert.deepEqual(shards.builds, [1, 4]);
  await shards.built(1000);
  await shards.expressing.done;
});

test('what is here is built when the rest does not come in time', async () => {
  const shards = new Shards([100, 300, 100]);
  shards.add(0);
  shards.add(1);
  await shards.built(10);
  assert.deepEqual(shards.builds, [1]);
  await shards.nextBuild();
  assert.deepEqual(shards.builds, [1, 2]);
  await shards.built(60);
  shards.add(70);
  await shards.built(120);
  await shards.expressing.done;
  assert.deepEqual(shards.builds, [1, 2, 3]);
});

test('the builds before the last are within twice its work, however shards come', async () => {
  for (const pause of [0, 3, 50, 1000]) {
    const tokens = [50, 20, 300, 40, 80, 160, 10, 10, 500, 90];
    const shards = new Shards(tokens);
    let time = 0;
    for (const _ of tokens) {
      time += pause;
      shards.add(time);
      await shards.built(time + 1);
    }
    while (shards.builds.at(-1) !== tokens.length) {
      time += 100;
      await shards.built(time);
    }
    await shards.built(time + 1);
    await shards.expressing.done;
    const sum = (count: number) => tokens.slice(0, count).reduce((a, b) => a + b, 0);
    const before = shards.builds.slice(0, -1).reduce((all, count) => all + sum(count), 0);
    assert.ok(before <= 2 * sum(tokens.length), `${shards.builds}`);
  }
});
