/**
 * "Why these words?": the text so far, token by token and coloured by how much each one surprises, the
 * tokens that may follow, and for the one that is looked at what every expert of the mixture says of it.
 */

import type { Cento } from '../src/index.js';
import { button, byId, fill, h } from './dom.js';
import type { Library } from './library.js';
import { TokenDetail } from './token-detail.js';
import { type PlacedToken, TokenStrip, walk } from './token-strip.js';

const CANDIDATES = 6;

export class WhyPanel {
  readonly #library: Library;
  readonly #element = byId('why', HTMLElement);
  /** Told when it closes with the keyboard. */
  readonly #onClose: () => void;
  #running = new AbortController();

  constructor(library: Library, onClose: () => void) {
    this.#library = library;
    this.#onClose = onClose;
    this.#element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.close();
      this.#onClose();
    });
  }

  close(): void {
    this.#running.abort();
    this.#element.hidden = true;
    this.#element.replaceChildren();
  }

  /** `next`: what is looked at first; without it, the likeliest next token. */
  async open(text: string, next?: string): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const cento = await this.#library.instance;
    if (signal.aborted) return;
    const detail = new TokenDetail(cento);
    const strip = new TokenStrip((token) => detail.show(token));
    const close = button(
      '×',
      () => {
        this.close();
        this.#onClose();
      },
      'card-close',
    );
    close.setAttribute('aria-label', 'Close');
    fill(
      this.#element,
      h('header', {}, h('h2', { id: 'why-title' }, 'Why these words?'), close),
      strip.element,
      detail.element,
    );
    this.#element.hidden = false;
    try {
      await fillStrip(cento, strip, text, next, signal);
      if (signal.aborted) return;
      strip.focus();
      this.#element.scrollIntoView({ block: 'nearest' });
      await walk(cento, strip, text, { signal });
    } catch (error) {
      if (!signal.aborted) fill(detail.element, h('p', { class: 'notice' }, `${error}`));
    }
  }
}

/** What may follow: the token that was asked for, and the likeliest ones. */
async function fillStrip(
  cento: Cento,
  strip: TokenStrip,
  text: string,
  next: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { tokens } = await cento.predict(text, { limit: CANDIDATES, signal });
  const texts = tokens.map((token) => token.text).filter((token) => token.trim() !== '');
  const explained: PlacedToken[] = [];
  for (const token of next ? [next, ...texts] : texts) {
    const explanation = await cento.explainNext(text, token, { signal });
    if (explained.some((other) => other.explanation.token === explanation.token)) continue;
    explained.push({ explanation, text: text + explanation.token, at: text.length });
  }
  explained.forEach((token, i) => {
    strip.addCandidate(token, i === 0);
  });
}
