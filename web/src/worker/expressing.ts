/**
 * Keeps the index up with the shards: built after the first one, again whenever twice as many tokens
 * are there, and at the end. The work of all builds together stays within twice that of the last.
 * Where another builder covers the first shard, nothing but the whole is built before that is done:
 * over a fast network all shards are there by then.
 */

export interface ExpressingOptions {
  shardCount: number;
  /** Another builder covers the first one, and `firstCovered` will be called. */
  isFirstElsewhere: boolean;
  /** Builds over all shards added so far and mounts the result; gives the shards that it covers. */
  build(): Promise<number>;
}

export class Expressing {
  readonly #options: ExpressingOptions;
  /** `#tokens[k]`: tokens of the first k shards. */
  readonly #tokens = [0];
  #covered = 0;
  #waitsForFirst: boolean;
  #building = false;
  #finish!: () => void;
  #fail!: (error: unknown) => void;
  /** Settles when everything is covered, or when a build fails. */
  readonly done: Promise<void>;

  constructor(options: ExpressingOptions) {
    this.#options = options;
    this.#waitsForFirst = options.isFirstElsewhere;
    this.done = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    this.done.catch(() => {}); // Whoever awaits it hears of it.
  }

  /** To be called when a shard has been added. */
  shardAdded(tokens: number): void {
    this.#tokens.push((this.#tokens.at(-1) as number) + tokens);
    void this.#run();
  }

  firstCovered(): void {
    this.#waitsForFirst = false;
    this.#covered = Math.max(1, this.#covered);
    void this.#run();
  }

  get #isDue(): boolean {
    const added = this.#tokens.length - 1;
    if (added <= this.#covered) return false;
    if (added === this.#options.shardCount) return true;
    const grown = (this.#tokens[added] as number) >= 2 * (this.#tokens[this.#covered] as number);
    return grown && !this.#waitsForFirst;
  }

  async #run(): Promise<void> {
    if (this.#building) return;
    this.#building = true;
    try {
      while (this.#isDue) this.#covered = await this.#options.build();
      if (this.#covered === this.#options.shardCount) this.#finish();
    } catch (error) {
      this.#fail(error);
    }
    this.#building = false;
  }
}
