/** Web Locks for several "pages" of one process: enough of a LockManager for what the library asks of it. */

interface Waiting {
  name: string;
  mode: LockMode;
  grant: () => void;
}

export class FakeLocks {
  readonly #held: { name: string; mode: LockMode }[] = [];
  readonly #waiting: Waiting[] = [];

  request<T>(
    name: string,
    ...rest: [LockOptions, () => Promise<T>] | [() => Promise<T>]
  ): Promise<T> {
    const [{ mode = 'exclusive', signal }, work] = rest.length === 2 ? rest : [{}, rest[0]];
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        name,
        mode,
        grant: () => {
          const lock = { name, mode };
          this.#held.push(lock);
          const release = () => {
            this.#held.splice(this.#held.indexOf(lock), 1);
            this.#admit();
          };
          void Promise.resolve().then(work).then(resolve, reject).finally(release);
        },
      };
      signal?.addEventListener('abort', () => {
        const at = this.#waiting.indexOf(waiting);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        reject(signal.reason);
      });
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  async query(): Promise<LockManagerSnapshot> {
    return { held: [...this.#held], pending: [] };
  }

  #admit(): void {
    for (const waiting of [...this.#waiting]) {
      const same = this.#held.filter(({ name }) => name === waiting.name);
      const fits = same.every(({ mode }) => mode === 'shared' && waiting.mode === 'shared');
      if (!fits) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.grant();
    }
  }
}

/** Gives this process a `navigator` with locks and, perhaps, an estimate of the storage. */
export function fakeNavigator(estimate?: () => StorageEstimate): void {
  const value = {
    locks: new FakeLocks(),
    ...(estimate && { storage: { estimate: async () => estimate() } }),
  };
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
}
