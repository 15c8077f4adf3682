/** A conversation: what was asked and what came of it, the newest first, and the passages that fit best. */

import type { Answer, Cento, Session } from '../src/index.js';
import { AnswerView } from './answer-view.js';
import { button, fill, h } from './dom.js';
import * as format from './format.js';
import { foundNodes } from './found.js';
import type { Library } from './library.js';
import { measured, measureMemory, setMeter } from './meters.js';
import { isOwn } from './own.js';
import type { SourceCard } from './source-card.js';

export interface Request {
  operation: 'ask' | 'overview';
  input: string;
}

export interface ThreadOptions {
  /** Shows no passages but the reader's own. */
  isOwn?: boolean;
  /** A refusal offers topics: this one was chosen. */
  choose(topic: string): void;
  reset(): void;
}

const FOUND = 5;
/** The reader's own are some of these. */
const MANY = 50;
const SENTENCES = 5;
/** Answers that stay on the page. */
const KEPT = 12;

export class Thread {
  readonly #name: string;
  readonly #library: Library;
  readonly #card: SourceCard;
  readonly #options: ThreadOptions;
  readonly #element: HTMLElement;
  readonly #status: HTMLElement;
  readonly #answers = h('div', { class: 'of-pack' });
  readonly #foundList = h('div', { class: 'of-pack' });
  readonly #found: HTMLElement;
  #running = new AbortController();
  #session: Session | undefined;
  #asked = 0;

  /** `element` is filled; `status` is told to screen readers; `name` makes ids. */
  constructor(
    name: string,
    { element, status }: { element: HTMLElement; status: HTMLElement },
    library: Library,
    card: SourceCard,
    options: ThreadOptions,
  ) {
    this.#name = name;
    this.#library = library;
    this.#card = card;
    this.#options = options;
    this.#element = element;
    this.#status = status;
    this.#found = h(
      'aside',
      { class: 'found', 'aria-labelledby': `${name}-found`, hidden: true },
      h(
        'h3',
        { id: `${name}-found` },
        options.isOwn ? 'Passages of your texts' : 'Passages that fit best',
      ),
      this.#foundList,
    );
    const reset = button('New conversation', () => this.#reset());
    fill(element, this.#answers, this.#found, h('p', { class: 'thread-foot' }, reset));
  }

  get isEmpty(): boolean {
    return this.#asked === 0;
  }

  /** Shows what comes of it. Nothing: another request, or a reset, came in between, or it failed. */
  async ask(request: Request): Promise<Answer | undefined> {
    const { operation, input } = request;
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const asked = ++this.#asked;
    this.#card.close();
    const view = new AnswerView(input, operation, this.#card, `${this.#name}-answer-${asked}`);
    this.#answers.prepend(view.element);
    while (this.#answers.children.length > KEPT) this.#answers.lastElementChild?.remove();
    this.#element.hidden = false;
    try {
      const cento = await this.#library.asked();
      signal.throwIfAborted();
      this.#session ??= cento.session();
      void this.#search(cento, input, signal);
      const start = performance.now();
      const options = operation === 'ask' ? { signal } : { signal, sentences: SENTENCES };
      const stream = this.#session[operation](input, options);
      for await (const fragment of measured(stream)) view.add(fragment);
      const answer = await stream;
      if (operation === 'ask') setMeter('answer', format.milliseconds(performance.now() - start));
      view.finish(cento, answer, (topic) => this.#options.choose(topic));
      this.#status.textContent = view.spoken;
      void measureMemory(cento);
      if (answer.refused && answer.coverage.share < 1) {
        // Again when the whole pack is here, unless something else was asked by then.
        void this.#library.ready.then(() => {
          if (this.#asked !== asked) return;
          view.element.remove();
          void this.ask(request);
        });
      }
      return answer;
    } catch (error) {
      if (signal.aborted) {
        view.element.remove();
      } else {
        view.fail(error as Error);
        this.#status.textContent = (error as Error).message;
      }
      return undefined;
    }
  }

  #reset(): void {
    this.#running.abort();
    this.#session?.reset();
    this.#asked++;
    this.#answers.replaceChildren();
    this.#element.hidden = true;
    this.#found.hidden = true;
    this.#card.close();
    this.#options.reset();
  }

  async #search(cento: Cento, query: string, signal: AbortSignal): Promise<void> {
    try {
      const found = await cento.search(query, {
        limit: this.#options.isOwn ? MANY : FOUND,
        signal,
      });
      if (this.#options.isOwn) {
        found.results = found.results.filter(({ source }) => isOwn(source)).slice(0, FOUND);
      }
      fill(this.#foundList, ...foundNodes(found));
      this.#found.hidden = false;
    } catch (error) {
      if (signal.aborted) return;
      this.#found.hidden = true;
      console.info((error as Error).message); // the answer stands without it
    }
  }
}
