/** "Ask a question": a session of questions and topics, the newest answer first, and what was found. */

import type { Answer, Cento, Session } from '../src/index.js';
import { AnswerView } from './answer-view.js';
import { button, byId, fill, h } from './dom.js';
import * as format from './format.js';
import { foundNodes } from './found.js';
import type { Library } from './library.js';
import { setMeter } from './meters.js';
import type { SourceCard } from './source-card.js';

/** What is offered for the first click. */
export interface Examples {
  questions: string[];
  /** After an answer, in the same session. */
  followUps: string[];
  topics: string[];
}

interface Request {
  operation: 'ask' | 'overview';
  input: string;
}

const FOUND = 5;
const SENTENCES = 5;
/** Answers that stay on the page. */
const KEPT = 12;

export class AskPanel {
  readonly #library: Library;
  readonly #card: SourceCard;
  readonly #examples: Examples;
  readonly #form = byId('ask-form', HTMLFormElement);
  readonly #question = byId('question', HTMLInputElement);
  readonly #offers = byId('ask-offers', HTMLFieldSetElement);
  readonly #thread = byId('ask-thread', HTMLDivElement);
  readonly #answers = byId('ask-answers', HTMLDivElement);
  readonly #found = byId('found', HTMLElement);
  readonly #foundList = byId('found-list', HTMLDivElement);
  readonly #status = byId('ask-status', HTMLParagraphElement);
  #running = new AbortController();
  #session: Session | undefined;
  #asked = 0;

  constructor(library: Library, card: SourceCard, examples: Examples) {
    this.#library = library;
    this.#card = card;
    this.#examples = examples;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start({ operation: this.#operation, input: this.#question.value.trim() });
    });
    this.#form.addEventListener('change', () => this.#showMode());
    byId('ask-reset', HTMLButtonElement).addEventListener('click', () => this.#reset());
    this.#showMode();
    const asked = requestFrom(location.hash);
    if (!asked) return;
    // The whole pack, so that the address gives the same answer on every visit.
    void library.ready.then(() => {
      if (this.#asked === 0) this.#start(asked);
    });
  }

  get #operation(): Request['operation'] {
    return new FormData(this.#form).get('operation') as Request['operation'];
  }

  #showMode(): void {
    const asks = this.#operation === 'ask';
    this.#question.placeholder = asks ? 'Ask a question…' : 'Name a topic…';
    const { questions, topics } = this.#examples;
    this.#offer(asks ? questions : topics);
  }

  #offer(inputs: string[], lead?: string): void {
    const operation = this.#operation;
    fill(
      this.#offers,
      lead && inputs.length > 0 && h('span', { class: 'offers-lead' }, lead),
      ...inputs.map((input) => button(input, () => this.#start({ operation, input }), 'offer')),
    );
  }

  #reset(): void {
    this.#running.abort();
    this.#session?.reset();
    this.#answers.replaceChildren();
    this.#thread.hidden = true;
    this.#found.hidden = true;
    this.#card.close();
    history.replaceState(null, '', location.pathname + location.search);
    this.#showMode();
    this.#question.value = '';
    this.#question.focus();
  }

  #start(request: Request): void {
    const { operation, input } = request;
    if (input === '') return;
    this.#running.abort();
    this.#running = new AbortController();
    this.#asked++;
    this.#card.close();
    this.#question.value = input;
    (this.#form.elements.namedItem('operation') as RadioNodeList).value = operation;
    history.replaceState(null, '', `#${new URLSearchParams({ [operation]: input })}`);
    void this.#answer(request, this.#running.signal);
  }

  async #answer(request: Request, signal: AbortSignal): Promise<void> {
    const { operation, input } = request;
    const view = new AnswerView(input, operation, this.#card, `answer-${this.#asked}`);
    this.#answers.querySelector('.waiting-answer')?.remove();
    this.#answers.prepend(view.element);
    while (this.#answers.children.length > KEPT) this.#answers.lastElementChild?.remove();
    this.#thread.hidden = false;
    const cento = await this.#library.instance;
    if (signal.aborted) return;
    this.#session ??= cento.session();
    void this.#search(cento, input, signal);
    try {
      const start = performance.now();
      const options = operation === 'ask' ? { signal } : { signal, sentences: SENTENCES };
      const stream = this.#session[operation](input, options);
      for await (const fragment of stream) view.add(fragment);
      const answer = await stream;
      setMeter('answer', format.milliseconds(performance.now() - start));
      view.finish(cento, answer, (topic) => this.#start({ operation: 'overview', input: topic }));
      this.#status.textContent = view.spoken;
      this.#finish(request, answer);
      setMeter('memory', format.bytes((await cento.info()).memoryBytes));
    } catch (error) {
      if (signal.aborted) return;
      view.fail(error as Error);
      this.#status.textContent = (error as Error).message;
    }
  }

  #finish(request: Request, { refused, coverage, fragments }: Answer): void {
    const { followUps, topics } = this.#examples;
    if (!refused) {
      const topic = fragments[0]?.source.title;
      if (this.#operation === 'ask') this.#offer(followUps, `Go on from ${topic}:`);
      else this.#offer(topics);
      this.#question.select();
    } else if (coverage.share < 1) {
      const asked = this.#asked;
      void this.#library.ready.then(() => {
        if (this.#asked === asked) this.#start(request);
      });
    }
  }

  async #search(cento: Cento, query: string, signal: AbortSignal): Promise<void> {
    try {
      const results = await cento.search(query, { limit: FOUND, signal });
      fill(this.#foundList, ...foundNodes(results));
      this.#found.hidden = false;
    } catch (error) {
      if (signal.aborted) return;
      this.#found.hidden = true;
      console.info((error as Error).message); // the answer stands without it
    }
  }
}

function requestFrom(hash: string): Request | undefined {
  const values = new URLSearchParams(hash.slice(1));
  for (const operation of ['ask', 'overview'] as const) {
    const input = values.get(operation);
    if (input) return { operation, input };
  }
  return undefined;
}
