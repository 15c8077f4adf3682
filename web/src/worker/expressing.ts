/**
 * Keeps the index up with the shards: built after the first one, again whenever twice as many tokens
 * are there, and at the end. The builds before the last together are within twice its work.
 *
 * A build in between is left out where the other shards are likely to be here before it would be
 * done: the last one would only have to wait for it.
 */

export interface ExpressingOptions {
  /** Tokens of each shard. */
  tokens: readonly number[];
  /** Builds over all shards added so far and mounts the result; gives the shards that it covers. */
  build(): Promise<number>;
  /** Milliseconds on any clock. */
  now?: () => number;
}

export class Expressing {
  readonly #build: () => Promise<number>;
  readonly #now: () => number;
  /** `#tokens[k]`: tokens of the first k shards. */
  readonly #tokens = [0];
  #added = 0;
  #covered = 0;
  #building = false;
  /** When the first shard was there, and how long a token took in the last build. */
  #firstAt = 0;
  #millisecondsPerToken = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #finish!: () => void;
  #fail!: (error: unknown) => void;
  /** Settles when everything is covered, or when a build fails. */
  readonly done: Promise<void>;

  constructor({ tokens, build, now = () => performance.now() }: ExpressingOptions) {
    for (const count of tokens) this.#tokens.push((this.#tokens.at(-1) as number) + count);
    this.#build = build;
    this.#now = now;
    this.done = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    this.done.catch(() => {}); // Whoever awaits it hears of it.
  }

  /** To be called when the next shard has been added. */
  shardAdded(): void {
    if (this.#added++ === 0) this.#firstAt = this.#now();
    void this.#run();
  }

  /** To be called when no more shards will come. */
  stop(): void {
    clearTimeout(this.#patience);
  }

  get #isWhole(): boolean {
    return this.#added === this.#tokens.length - 1;
  }

  get #isGrown(): boolean {
    if (this.#added <= this.#covered) return false;
    return this.#tokensOf(this.#added) >= 2 * this.#tokensOf(this.#covered) || this.#isWhole;
  }

  #tokensOf(shards: number): number {
    return this.#tokens[shards] as number;
  }

  /** How long a build in between may wait for the other shards, in milliseconds; 0 for not at all. */
  #wait(): number {
    if (this.#covered === 0 || this.#isWhole) return 0;
    const here = this.#tokensOf(this.#added);
    const since = here - this.#tokensOf(1);
    const missing = this.#tokensOf(this.#tokens.length - 1) - here;
    const arriving = (missing * (this.#now() - this.#firstAt)) / since;
    const building = here * this.#millisecondsPerToken;
    return arriving < building ? building : 0;
  }

  /** `isLate`: the other shards did not come in time. */
  async #run(isLate = false): Promise<void> {
    if (this.#building) return;
    clearTimeout(this.#patience);
    this.#building = true;
    try {
      for (; this.#isGrown; isLate = false) {
        const wait = isLate ? 0 : this.#wait();
        if (wait > 0) {
          this.#patience = setTimeout(() => void this.#run(true), wait);
          break;
        }
        const start = this.#now();
        this.#covered = await this.#build();
        this.#millisecondsPerToken = (this.#now() - start) / this.#tokensOf(this.#covered);
      }
      if (this.#covered === this.#tokens.length - 1) this.#finish();
    } catch (error) {
      this.#fail(error);
    }
    this.#building = false;
  }
}
