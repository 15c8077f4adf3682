/** "Trace a text": which spans of any text stand in the pack, and where. */

import type { Trace, TraceSpan } from '../src/index.js';
import { byId, h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import { Apparatus, hueOf, passageNodes } from './passage.js';
import type { SourceCard } from './source-card.js';

const EXAMPLE =
  'It is one of the poorest countries in the world, says my neighbour, but it has achieved high ' +
  'growth rates based on its vast natural resource wealth. Nobody told her that the terrain is ' +
  'mostly mountains, or that elections were held in late October.';

export class TracePanel {
  readonly #library: Library;
  readonly #card: SourceCard;
  readonly #text = byId('trace-text', HTMLTextAreaElement);
  readonly #result = byId('trace-result', HTMLDivElement);
  readonly #status = byId('trace-status', HTMLParagraphElement);
  #running = new AbortController();

  constructor(library: Library, card: SourceCard) {
    this.#library = library;
    this.#card = card;
    byId('trace-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#trace();
    });
    byId('trace-example', HTMLButtonElement).addEventListener('click', () => {
      this.#text.value = EXAMPLE;
      void this.#trace();
    });
  }

  async #trace(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const text = this.#text.value;
    this.#card.close();
    this.#result.hidden = text.trim() === '';
    if (this.#result.hidden) return;
    this.#result.replaceChildren(h('p', { class: 'waiting' }, 'Looking…'));
    const cento = await this.#library.instance;
    try {
      const trace = await cento.trace(text, { signal });
      this.#show(text, trace, cento.coverage.share);
    } catch (error) {
      if (signal.aborted) return;
      this.#result.replaceChildren(h('p', { class: 'notice' }, (error as Error).message));
      this.#status.textContent = (error as Error).message;
    }
  }

  #show(text: string, { spans, covered }: Trace, share: number): void {
    const apparatus = new Apparatus('trace-source');
    const view = h('p', { class: 'text', dir: 'auto' });
    let at = 0;
    for (const { start, end, sources, count } of cover(spans)) {
      const begin = Math.max(start, at);
      const [first] = sources;
      const run = text.slice(begin, end);
      if (!first || !/[\p{L}\p{N}]/u.test(run)) continue; // a mere comma is left alone
      const number = apparatus.add(first, text.slice(start, end));
      const passage = { text: run, number, hue: hueOf(number), sources, count };
      view.append(
        text.slice(at, begin),
        ...passageNodes(passage, apparatus.idOf(number), this.#card),
      );
      at = end;
    }
    view.append(text.slice(at));
    const summary =
      spans.length === 0
        ? 'No three words of it in a row stand in the pack.'
        : `${format.share(covered)} of the words stand in the pack, in runs of at least three.`;
    const partial = share < 1 ? ` ${format.share(share)} of the pack is covered so far.` : '';
    this.#result.replaceChildren(
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

/** Spans may overlap; these are the fewest that mark the same words. What two share belongs to the first. */
function cover(spans: TraceSpan[]): TraceSpan[] {
  const chosen: TraceSpan[] = [];
  let at = 0;
  for (let i = 0; i < spans.length; ) {
    // Of those that begin where the marked words end, or before, the one that reaches furthest; none
    // contains another, so that is the last.
    let last = i;
    while ((spans[last + 1]?.start ?? Number.POSITIVE_INFINITY) <= at) last++;
    const span = spans[last] as TraceSpan;
    chosen.push(span);
    at = span.end;
    i = last + 1;
  }
  return chosen;
}
