/** A panel that is asked: a field, what is offered for the first click, and the conversation. */

import { button, byId, fill, h } from './dom.js';
import type { Library } from './library.js';
import type { SourceCard } from './source-card.js';
import { type Request, Thread } from './thread.js';

export interface AskOptions {
  /** What the field is for: a question, or a topic. */
  operation: Request['operation'];
  /** What is offered for the first click. */
  offers?: string[];
  /** After an answer, in the same session. */
  followUps?: string[];
  /** Whether the address says what was asked. */
  isInAddress?: boolean;
  /** Shows no passages but the reader's own. */
  isOwn?: boolean;
}

export class AskPanel {
  readonly #options: AskOptions;
  readonly #offered: HTMLElement;
  readonly #field: HTMLInputElement;
  readonly #thread: Thread;

  /** The parts in index.html are `#NAME-form` with its field, `#NAME-offers`, `#NAME-thread`, `#NAME-status`. */
  constructor(name: string, library: Library, card: SourceCard, options: AskOptions) {
    this.#options = options;
    const form = byId(`${name}-form`, HTMLFormElement);
    this.#field = form.elements.namedItem('question') as HTMLInputElement;
    this.#offered = byId(`${name}-offers`, HTMLElement);
    const parts = {
      element: byId(`${name}-thread`, HTMLElement),
      status: byId(`${name}-status`, HTMLElement),
    };
    const { operation, isInAddress, isOwn = false } = options;
    this.#thread = new Thread(name, parts, library, card, {
      isOwn,
      choose: (topic) => void this.#ask({ operation: 'overview', input: topic }),
      reset: () => this.#reset(),
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#ask({ operation, input: this.#field.value.trim() });
    });
    this.#offerFirst();
    const asked = new URLSearchParams(location.hash.slice(1)).get(operation);
    if (!isInAddress || !asked) return;
    // The whole pack, so that the address gives the same answer on every visit.
    void library.ready.then(() => {
      if (this.#thread.isEmpty) void this.#ask({ operation, input: asked });
    });
  }

  async #ask(request: Request): Promise<void> {
    const { operation, input } = request;
    if (input === '') return;
    this.#field.value = input;
    if (this.#options.isInAddress) {
      history.replaceState(null, '', `#${new URLSearchParams({ [operation]: input })}`);
    }
    const answer = await this.#thread.ask(request);
    if (!answer || answer.refused) return;
    const { followUps } = this.#options;
    if (followUps) this.#offer(followUps, `Go on from ${answer.fragments[0]?.source.title}:`);
    this.#field.select();
  }

  #offerFirst(): void {
    this.#offer(this.#options.offers ?? []);
  }

  #offer(inputs: string[], lead?: string): void {
    const { operation } = this.#options;
    fill(
      this.#offered,
      lead && inputs.length > 0 && h('span', { class: 'offers-lead' }, lead),
      ...inputs.map((input) => button(input, () => void this.#ask({ operation, input }), 'offer')),
    );
  }

  #reset(): void {
    if (this.#options.isInAddress) {
      history.replaceState(null, '', location.pathname + location.search);
    }
    this.#offerFirst();
    this.#field.value = '';
    this.#field.focus();
  }
}
