/** The pack of this page: loads it, again after a failure if asked, hands out the instance, and tells of newer versions. */

import { Cento, type CentoError } from '../src/index.js';
import * as format from './format.js';
import type { LoadView } from './load-view.js';
import { measureMemory } from './meters.js';
import { noteOwn } from './own.js';

export class Library {
  readonly #pack: string;
  readonly #view: LoadView;
  #instance!: Promise<Cento>;
  #answer!: (cento: Cento) => void;
  #whole!: () => void;
  /** Resolves when the whole pack is covered and kept. */
  readonly ready = new Promise<void>((resolve) => {
    this.#whole = resolve;
  });

  constructor(pack: string, view: LoadView) {
    this.#pack = pack;
    this.#view = view;
    this.#load();
  }

  /** Resolves as soon as something can be answered; waits through failures and retries. */
  get instance(): Promise<Cento> {
    return this.#instance;
  }

  /** The instance, about to be asked: which of its sources are the reader's own is known. */
  async asked(): Promise<Cento> {
    const cento = await this.#instance;
    noteOwn(await cento.packs());
    return cento;
  }

  /** Asks the server, because the reader asked for it. False: what answers is the newest. */
  async update(): Promise<boolean> {
    const cento = await this.#instance;
    return cento.update();
  }

  async #tell(cento: Cento): Promise<void> {
    const info = await cento.info();
    const kept = info.cache === 'indexeddb' ? 'kept in this browser' : 'kept until you leave';
    this.#view.ready(
      `${format.plural(info.documents, 'document')}, ${format.bytes(info.textBytes)} of text, ` +
        `in ${format.bytes(info.wireBytes)}, ${kept}.`,
    );
    void measureMemory(cento);
  }

  #load(): void {
    this.#instance = new Promise((resolve) => {
      this.#answer = resolve;
    });
    void this.#open();
  }

  async #open(): Promise<void> {
    const view = this.#view;
    view.begin();
    let cento: Cento | undefined;
    try {
      cento = await Cento.create({
        pack: this.#pack,
        workerUrl: 'worker.js', // named, because the page enforces trusted types
        // By way of the page, whose resource timing then sees every request for the pack.
        fetch: (url, options) => fetch(url, options),
        monitor: (monitor) => {
          monitor.addEventListener('downloadprogress', (event) => view.progress(event));
          monitor.addEventListener('update', (event) => {
            view.update(event);
            if (event.phase === 'ready' && cento) void this.#tell(cento);
          });
          monitor.addEventListener('coverage', (event) => view.coverage(event.coverage));
          monitor.addEventListener('warning', (event) => console.info(event.error.message));
        },
      });
      this.#answer(cento);
      await cento.ready;
      await this.#tell(cento);
      this.#whole();
    } catch (error) {
      view.fail(error as CentoError, () => {
        void cento?.destroy();
        this.#load();
      });
    }
  }
}
