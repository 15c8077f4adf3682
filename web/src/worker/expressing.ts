/**
 * Keeps the index up with the shards: built after the first one, again whenever twice as many tokens
 * are there, and at the end. The work of all builds together stays within twice that of the last.
 */

export interface ExpressingOptions {
  shardCount: number;
  /** Builds over all shards added so far and mounts the result; gives the shards that it covers. */
  build(): Promise<number>;
}

export class Expressing {
  readonly #options: ExpressingOptions;
  /** `#tokens[k]`: tokens of the first k shards. */
  readonly #tokens = [0];
  #covered = 0;
  #building = false;
  #finish!: () => void;
  #fail!: (error: unknown) => void;
  /** Settles when everything is covered, or when a build fails. */
  readonly done: Promise<void>;

  constructor(options: ExpressingOptions) {
    this.#options = options;
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

  get #isDue(): boolean {
    const added = this.#tokens.length - 1;
    if (added <= this.#covered) return false;
    const grown = (this.#tokens[added] as number) >= 2 * (this.#tokens[this.#covered] as number);
    return grown || added === this.#options.shardCount;
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
