/** One question with its answer: the words that are it, the sentences they stand in, and how sure it is. */

import type { Answer, AnswerKind, Cento, Fragment } from '../src/index.js';
import { button, fill, h } from './dom.js';
import * as format from './format.js';
import { proofOf } from './proof.js';
import { reasonsOf } from './reasons.js';
import type { SourceCard } from './source-card.js';
import { TextView } from './text-view.js';

const KINDS: Record<AnswerKind, string> = {
  sentence: 'The sentence that fits the question best',
  span: 'Words of a sentence',
  field: 'A field of the page',
  definition: 'A definition',
  list: 'A list',
  steps: 'Steps, in their order',
  comparison: 'A comparison',
  'yes-no': 'What the answer follows from',
};

const LONG = 60;

export class AnswerView {
  readonly element: HTMLElement;
  /** For screen readers. */
  spoken = '';
  readonly #id: string;
  readonly #text: TextView;
  readonly #body = h('div', { class: 'answer-body' }, h('p', { class: 'waiting' }, 'Looking…'));
  readonly #isOverview: boolean;

  constructor(input: string, operation: 'ask' | 'overview', card: SourceCard, id: string) {
    this.#id = id;
    this.#isOverview = operation === 'overview';
    this.#text = new TextView(card, `${id}-source`);
    this.element = h(
      'section',
      { class: 'answer', 'aria-labelledby': id },
      h('h3', { id, class: 'asked', dir: 'auto' }, input),
      this.#body,
    );
  }

  add(fragment: Fragment): void {
    if (!this.#text.element.isConnected) fill(this.#body, this.#text.element);
    this.#text.add(fragment, ' ');
  }

  finish(cento: Cento, answer: Answer, choose: (topic: string) => void): void {
    if (answer.refused) this.#refuse(answer, choose);
    else this.#show(cento, answer);
  }

  fail({ message }: Error): void {
    fill(this.#body, h('p', { class: 'notice' }, message));
  }

  #show(cento: Cento, answer: Answer): void {
    const { highlight, text, reason, receipt } = answer;
    const words = highlight ? text.slice(highlight.start, highlight.end) : '';
    this.#text.settle(text, highlight);
    const manner = this.#manner(answer);
    const { verify, proof } = proofOf(cento, answer);
    const [why, reasons] = reasonsOf(cento, answer, `${this.#id}-reasons`);
    const copy = button('Copy', () => {
      void navigator.clipboard.writeText(text.trim()).then(() => {
        copy.textContent = 'Copied';
      });
    });
    fill(
      this.#body,
      words !== '' && h('p', { class: `answer-words${size(words)}`, dir: 'auto' }, words),
      h('p', { class: 'manner' }, manner),
      this.#text.element,
      reason !== '' && h('p', { class: 'notice' }, reason),
      h('div', { class: 'actions' }, why, verify, navigator.clipboard && copy),
      proof,
      reasons,
      h(
        'p',
        { class: 'receipt' },
        `${format.plural(answer.fragments.length, 'passage')} from ` +
          `${format.plural(this.#text.sources, 'source')}, pack ${receipt.pack.slice(0, 8)}.`,
      ),
    );
    this.spoken = `${words === '' ? '' : `${words}. `}${manner} ${text.trim()}`;
  }

  /** How it was found and how sure it is, in words. */
  #manner({ kind, confidence, coverage }: Answer): string {
    const how = kind === '' ? 'Sentences of the pack' : KINDS[kind];
    const partial =
      coverage.share < 1 ? ` ${format.share(coverage.share)} of the pack is covered so far.` : '';
    return `${how}${this.#isOverview ? '' : `; ${sureness(confidence)}`}.${partial}`;
  }

  #refuse({ reason, topics, coverage }: Answer, choose: (topic: string) => void): void {
    fill(
      this.#body,
      h(
        'div',
        { class: 'refusal' },
        h('p', { class: 'refusal-title' }, 'The pack does not say.'),
        h('p', {}, reason),
        coverage.share < 1 &&
          h(
            'p',
            {},
            `Answers cover ${format.share(coverage.share)} of the pack so far; this is asked again when all of it is here.`,
          ),
        topics.length > 0 && h('p', {}, 'The nearest that it does speak of:'),
        topics.length > 0 &&
          h(
            'div',
            { class: 'offers' },
            ...topics.map((topic) => button(topic, () => choose(topic), 'offer topic')),
          ),
      ),
    );
    this.spoken = `No answer: ${reason}`;
  }
}

/** A few words are looked at, a sentence is read. */
const size = (words: string) => (words.length > LONG ? ' long' : '');

/** A calibrated confidence, as people say it. */
function sureness(confidence: number): string {
  const tenths = Math.round(confidence * 10);
  if (tenths >= 10) return 'answers like this are nearly always right';
  if (tenths <= 1) return 'answers like this are seldom right';
  return `answers like this are right about ${tenths} times in 10`;
}
