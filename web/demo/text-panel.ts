/** A panel where a text is pasted, and shown again with what the pack says of it. */

import type { Cento } from '../src/index.js';
import { byId, fill, h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import type { Apparatus } from './passage.js';
import type { SourceCard } from './source-card.js';

/** What was found. */
export interface Reading {
  /** The text with its marks. */
  view: HTMLElement;
  apparatus: Apparatus;
  /** One sentence. */
  summary: string;
  /** Of the pack was covered. */
  share: number;
  /** What the marks mean. */
  legend?: HTMLElement;
}

export interface TextPanelOptions {
  example: string;
  /** While it is read. */
  waiting: string;
  read(cento: Cento, text: string, signal: AbortSignal): Promise<Reading>;
}

export class TextPanel {
  readonly #library: Library;
  readonly #card: SourceCard;
  readonly #options: TextPanelOptions;
  readonly #text: HTMLTextAreaElement;
  readonly #result: HTMLElement;
  readonly #status: HTMLElement;
  #running = new AbortController();

  /** The parts in index.html are `#NAME-form`, `#NAME-text`, `#NAME-example`, `#NAME-result`, `#NAME-status`. */
  constructor(name: string, library: Library, card: SourceCard, options: TextPanelOptions) {
    this.#library = library;
    this.#card = card;
    this.#options = options;
    this.#text = byId(`${name}-text`, HTMLTextAreaElement);
    this.#result = byId(`${name}-result`, HTMLElement);
    this.#status = byId(`${name}-status`, HTMLElement);
    byId(`${name}-form`, HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#read();
    });
    byId(`${name}-example`, HTMLButtonElement).addEventListener('click', () => {
      this.#text.value = options.example;
      void this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const text = this.#text.value;
    this.#card.close();
    this.#result.hidden = text.trim() === '';
    if (this.#result.hidden) return;
    fill(this.#result, h('p', { class: 'waiting' }, this.#options.waiting));
    try {
      const cento = await this.#library.asked();
      const reading = await this.#options.read(cento, text, signal);
      if (!signal.aborted) this.#show(reading);
    } catch (error) {
      if (signal.aborted) return;
      fill(this.#result, h('p', { class: 'notice' }, (error as Error).message));
      this.#status.textContent = (error as Error).message;
    }
  }

  #show({ view, apparatus, summary, share, legend }: Reading): void {
    const partial = share < 1 ? ` ${format.share(share)} of the pack is covered so far.` : '';
    fill(
      this.#result,
      legend,
      h(
        'article',
        { class: 'text-view' },
        view,
        apparatus.element,
        h('footer', { class: 'result-foot' }, h('p', { class: 'receipt' }, summary + partial)),
      ),
    );
    this.#status.textContent = summary + partial;
  }
}
