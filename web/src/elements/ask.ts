/** `<cento-ask>`: a question, and what the pages say about it, as it is composed. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CentoError } from '../client/error.js';
import type { Answer, Fragment } from '../client/types.js';
import type { Session } from '../index.js';
import { CentoElement, jsonAttribute } from './base.js';
import { SourceCard } from './card.js';
import { lines, marked, Numbering, piecesOf, sourcesTemplate } from './passages.js';
import { baseStyles, fieldStyles } from './styles.js';
import { answerStyles, cardStyles, sourceStyles } from './text-styles.js';
import type { CentoAskElement } from './types.js';

interface Turn {
  operation: 'ask' | 'overview';
  question: string;
  fragments: Fragment[];
  answer?: Answer;
  error?: CentoError;
}

/** Answers that a conversation keeps. */
const KEPT = 12;
const OVERVIEW_SENTENCES = 5;

export class CentoAsk extends CentoElement implements CentoAskElement {
  static override properties = {
    ...CentoElement.properties,
    label: {},
    placeholder: {},
    examples: jsonAttribute<string[]>([]),
    conversation: { type: Boolean },
    sentences: { type: Number },
    withoutSources: { type: Boolean, attribute: 'without-sources' },
    turns: { state: true },
  };
  static override styles = [baseStyles, fieldStyles, answerStyles, sourceStyles, cardStyles];

  declare label: string;
  declare placeholder: string;
  declare examples: string[];
  declare conversation: boolean;
  declare sentences: number;
  declare withoutSources: boolean;
  /** Newest first. */
  declare private turns: Turn[];

  readonly #card = new SourceCard(
    this,
    () => this.instance(),
    (name) => this.say(name),
  );
  #running = new AbortController();
  #session: { of: object; session: Session } | undefined;

  constructor() {
    super();
    this.label = '';
    this.placeholder = '';
    this.examples = [];
    this.conversation = false;
    this.sentences = 0;
    this.withoutSources = false;
    this.turns = [];
  }

  ask(question: string): Promise<Answer | undefined> {
    return this.#start('ask', question);
  }

  overview(topic: string): Promise<Answer | undefined> {
    return this.#start('overview', topic);
  }

  reset(): void {
    this.#running.abort();
    this.#session = undefined;
    this.#card.close();
    this.turns = [];
    this.spoken = '';
  }

  protected override render(): TemplateResult {
    if (!this.isSupported) return this.unsupportedTemplate();
    return html`<form part="form" @submit=${this.#onSubmit}>
        <label part="label" for="field">${this.label || this.say('askLabel')}</label>
        <div part="field" class="field">
          <input
            part="input"
            id="field"
            dir="auto"
            autocomplete="off"
            enterkeyhint="search"
            maxlength="2000"
            placeholder=${this.placeholder || this.say('askPlaceholder')}
          />
          <button part="button" class="primary" type="submit">${this.say('ask')}</button>
        </div>
      </form>
      ${this.statusTemplate(this.say('hint'))} ${this.#examplesTemplate()}
      <div part="answers" class="answers" ?data-asked=${this.turns.length > 0}>
        ${this.turns.map((turn) => this.#turnTemplate(turn))}
      </div>
      ${this.#card.template()} ${this.spokenTemplate()}`;
  }

  // --------------------------------------------------------------------------------------- asking

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const question = this.#field.value.trim();
    if (question !== '') void this.ask(question);
  };

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector('input') as HTMLInputElement;
  }

  async #start(operation: Turn['operation'], question: string): Promise<Answer | undefined> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const turn: Turn = { operation, question, fragments: [] };
    const before = this.conversation
      ? this.turns.filter((old) => old.answer).slice(0, KEPT - 1)
      : [];
    this.turns = [turn, ...before];
    this.#card.close();
    this.spoken = '';
    if (this.hasUpdated && this.isSupported) this.#field.value = question;
    this.emit('cento-question', { question });
    try {
      let answer = await this.#answer(turn, signal);
      if (answer.refused && answer.coverage.share < 1) {
        await (await this.instance()).ready.catch(() => {});
        if (signal.aborted) return undefined;
        answer = await this.#answer(turn, signal); // now that all of it is here
      }
      this.#finish(turn, answer);
      this.#announce(turn, answer);
      return answer;
    } catch (cause) {
      if (signal.aborted) return undefined;
      turn.error = cause as CentoError;
      this.spoken = turn.error.message;
      if (this.shared?.state !== 'failed') this.failedWith(turn.error);
      this.requestUpdate();
      return undefined;
    }
  }

  async #answer(turn: Turn, signal: AbortSignal): Promise<Answer> {
    const { operation, question } = turn;
    const cento = await this.instance();
    signal.throwIfAborted();
    if (this.conversation && this.#session?.of !== cento) {
      this.#session = { of: cento, session: cento.session() };
    }
    const asked = this.conversation && this.#session ? this.#session.session : cento;
    const sentences = this.sentences || (operation === 'overview' ? OVERVIEW_SENTENCES : 0);
    const stream = asked[operation](question, { signal, sentences });
    for await (const fragment of stream) {
      turn.fragments = [...turn.fragments, fragment];
      this.requestUpdate();
      this.emit('cento-fragment', { question, fragment });
    }
    return stream.result;
  }

  #finish(turn: Turn, answer: Answer): void {
    turn.answer = answer;
    turn.fragments = answer.fragments;
    this.requestUpdate();
  }

  #announce({ question, fragments }: Turn, answer: Answer): void {
    if (answer.refused) {
      this.spoken = `${this.say('refused')} ${answer.reason}`;
      this.emit('cento-refusal', { question, answer });
    } else {
      this.spoken = this.say('answered', { text: answer.text.trim() });
      this.emit('cento-answer', { question, answer });
    }
    this.emit('cento-sources', { sources: fragments.map(({ source }) => source), fragments });
  }

  // ------------------------------------------------------------------------------------ templates

  #examplesTemplate(): TemplateResult | typeof nothing {
    if (this.examples.length === 0) return nothing;
    return html`<div part="examples" class="offers">
      ${this.examples.map((question) => this.#offer(question, () => void this.ask(question)))}
    </div>`;
  }

  #offer(text: string, choose: () => void): TemplateResult {
    return html`<button part="offer" class="offer" type="button" dir="auto" @click=${choose}>${text}</button>`;
  }

  #turnTemplate(turn: Turn): TemplateResult {
    const { question, answer, error, fragments } = turn;
    const content = error
      ? html`<p part="notice" class="notice">${error.message}</p>`
      : answer?.refused
        ? this.#refusalTemplate(answer)
        : fragments.length === 0
          ? html`<p class="waiting">${this.say('looking')}</p>`
          : this.#answerTemplate(turn);
    return html`<article part="answer" class="answer" aria-label=${question} aria-busy=${String(!answer && !error)}>
      <p part="question" class="question" dir="auto">${question}</p>
      ${content}
    </article>`;
  }

  #answerTemplate({ fragments, answer }: Turn): TemplateResult {
    const { highlight = null, text, reason = '', coverage } = answer ?? {};
    const words = highlight && text ? text.slice(highlight.start, highlight.end) : '';
    const language = this.languageOf(fragments[0]?.source.pack);
    const numbering = new Numbering();
    const passages = piecesOf(fragments, text).map(({ text: piece, fragment, start }) =>
      fragment
        ? this.#card.passage(
            html`<span class="said">${marked(piece, highlight ? [highlight] : [], start)}</span>`,
            {
              text: piece,
              source: fragment.source,
              number: numbering.numberOf(fragment.source),
            },
          )
        : lines(piece),
    );
    const isShort = words !== '' && words.trim() !== text?.trim();
    return html`${isShort ? html`<p part="highlight" class="words" dir="auto" lang=${language}>${words}</p>` : nothing}
      <p part="text" class="text" dir="auto" lang=${language}>${passages}</p>
      ${reason === '' ? nothing : html`<p part="note" class="note">${reason}</p>`}
      ${this.partialTemplate(coverage?.share ?? 1)}
      ${this.withoutSources ? nothing : sourcesTemplate(fragments, this.addressBase, this.say('sources'))}`;
  }

  #refusalTemplate({ reason, topics, coverage }: Answer): TemplateResult {
    return html`<div part="refusal" class="refusal">
      <p class="refusal-title">${this.say('refused')}</p>
      <p class="note">${reason}</p>
      ${this.partialTemplate(coverage.share)}
      ${
        topics.length === 0
          ? nothing
          : html`<p class="nearest">${this.say('nearest')}</p>
              <div class="offers">
                ${topics.map((topic) => this.#offer(topic, () => void this.overview(topic)))}
              </div>`
      }
    </div>`;
  }
}
