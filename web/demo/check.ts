/** "Check a text": each sentence of any text held against the pack. */

import type { CheckedSentence, CheckReport, Verdict } from '../src/index.js';
import { byId, h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import { Apparatus, hueOf } from './passage.js';
import type { SourceCard } from './source-card.js';

/** Told apart by sign, underline and colour. */
const VERDICTS: Record<Verdict, { name: string; sign: string; label: string; meaning: string }> = {
  attested: { name: 'attested', sign: '✓', label: 'attested', meaning: 'the documents say it' },
  'near miss': {
    name: 'near-miss',
    sign: '≠',
    label: 'near miss',
    meaning: 'the documents say it otherwise',
  },
  unsupported: {
    name: 'unsupported',
    sign: '?',
    label: 'unsupported',
    meaning: 'the documents do not say it',
  },
};

export class CheckPanel {
  readonly #library: Library;
  readonly #card: SourceCard;
  readonly #text = byId('check-text', HTMLTextAreaElement);
  readonly #result = byId('check-result', HTMLDivElement);
  readonly #status = byId('check-status', HTMLParagraphElement);
  #running = new AbortController();

  constructor(library: Library, card: SourceCard, example: string) {
    this.#library = library;
    this.#card = card;
    byId('check-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#check();
    });
    byId('check-example', HTMLButtonElement).addEventListener('click', () => {
      this.#text.value = example;
      void this.#check();
    });
  }

  async #check(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const text = this.#text.value;
    this.#card.close();
    this.#result.hidden = text.trim() === '';
    if (this.#result.hidden) return;
    this.#result.replaceChildren(h('p', { class: 'waiting' }, 'Reading…'));
    const cento = await this.#library.instance;
    try {
      this.#show(text, await cento.check(text, { signal }));
    } catch (error) {
      if (signal.aborted) return;
      this.#result.replaceChildren(h('p', { class: 'notice' }, (error as Error).message));
      this.#status.textContent = (error as Error).message;
    }
  }

  #show(text: string, report: CheckReport): void {
    const apparatus = new Apparatus('check-source');
    const view = h('p', { class: 'text', dir: 'auto' });
    let at = 0;
    for (const sentence of report.details) {
      view.append(text.slice(at, sentence.start), this.#sentenceNode(text, sentence, apparatus));
      at = sentence.end;
    }
    view.append(text.slice(at));
    const { share } = report.coverage;
    const partial = share < 1 ? ` ${format.share(share)} of the pack is covered so far.` : '';
    const summary =
      `Of ${format.plural(report.sentences, 'sentence')}, ${format.count(report.attested)} attested, ` +
      `${format.plural(report.nearMiss, 'near miss', 'near misses')}, ${format.count(report.unsupported)} unsupported.`;
    this.#result.replaceChildren(
      legend(report),
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

  #sentenceNode(text: string, sentence: CheckedSentence, apparatus: Apparatus): HTMLElement {
    const { start, end, verdict, source, evidence, differs, documentsSay } = sentence;
    const { name, sign, label } = VERDICTS[verdict];
    const number = source ? apparatus.add(source, evidence) : 0;
    const differ = verdict === 'near miss' && differs.end > differs.start;
    const words = differ
      ? [
          text.slice(start, differs.start),
          h('del', {}, text.slice(differs.start, differs.end)),
          documentsSay !== '' && h('ins', {}, documentsSay),
          text.slice(differs.end, end),
        ]
      : [text.slice(start, end)];
    const element = h(
      'span',
      { class: `checked ${name}` },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      h('span', { class: 'visually-hidden' }, `${label}: `),
      ...words,
      number > 0 && h('sup', { 'aria-hidden': 'true' }, String(number)),
    );
    if (source) {
      element.setAttribute('aria-describedby', apparatus.idOf(number));
      this.#card.attach(element, { text: evidence, number, hue: hueOf(number), sources: [source] });
    }
    return element;
  }
}

function legend({ attested, nearMiss, unsupported }: CheckReport): HTMLElement {
  const counts: Record<Verdict, number> = { attested, 'near miss': nearMiss, unsupported };
  const items = Object.entries(VERDICTS).map(([verdict, { name, sign, label, meaning }]) =>
    h(
      'li',
      {},
      h('span', { class: 'legend-count' }, format.count(counts[verdict as Verdict])),
      h(
        'span',
        { class: `checked ${name}` },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
        label,
      ),
      h('span', { class: 'legend-meaning' }, meaning),
    ),
  );
  return h('ul', { class: 'legend', 'aria-label': 'What the marks mean' }, ...items);
}
