/** Text token by token, as buttons that are coloured by how much each token surprises. */

import type { Cento, TokenExplanation } from '../src/index.js';
import { button, h } from './dom.js';
import * as format from './format.js';

/** Bits from which on a token has the strongest colour. */
const MOST_BITS = 14;
/** Of a text, so much is taken apart. */
const MAX_UNITS = 1200;

/** A token, and where it stands. */
export interface PlacedToken {
  explanation: TokenExplanation;
  /** That it stands in: all before it, and perhaps what follows. */
  text: string;
  /** Where it begins there. */
  at: number;
}

/** Takes `text` apart from unit `from` on, or as much of its end as is not too long ago. */
export async function walk(
  cento: Cento,
  strip: TokenStrip,
  text: string,
  { from, to = text.length, signal }: { from?: number; to?: number; signal: AbortSignal },
): Promise<void> {
  let at = from ?? Math.max(0, to - MAX_UNITS);
  if (from === undefined && at > 0) at += Math.max(0, text.slice(at).search(/\s/)); // no half words
  const end = Math.min(to, at + MAX_UNITS);
  while (at < end) {
    const rest = text.slice(at, to);
    const explanation = await cento.explainNext(text.slice(0, at), rest, { signal });
    const { token } = explanation;
    // A token can be a part of a character's bytes.
    const size =
      token !== '' && rest.startsWith(token) ? token.length : ([...rest][0] as string).length;
    strip.addPast({ explanation, text, at }, rest.slice(0, size));
    at += size;
  }
}

/** Tokens as buttons: one of them is in the order of Tab, arrows move between them. */
export class TokenStrip {
  readonly element: HTMLElement;
  readonly #past = h('p', {
    class: 'tokens past',
    dir: 'auto',
    role: 'group',
    'aria-label': 'The text so far',
  });
  readonly #candidates = h('p', {
    class: 'tokens',
    dir: 'auto',
    role: 'group',
    'aria-label': 'What may follow',
  });
  readonly #show: (token: PlacedToken) => void;
  #current: HTMLButtonElement | undefined;

  /** `show` is told of the token that is looked at. */
  constructor(show: (token: PlacedToken) => void) {
    this.#show = show;
    this.element = h(
      'div',
      { class: 'token-strip' },
      h('p', { class: 'strip-label', 'aria-hidden': 'true' }, 'The redder, the less expected'),
      this.#past,
      h('p', { class: 'strip-label', 'aria-hidden': 'true' }, 'What may follow'),
      this.#candidates,
    );
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  focus(): void {
    this.#current?.focus({ preventScroll: true });
  }

  /** The first one is looked at, unless a candidate is. */
  addPast(token: PlacedToken, text: string): void {
    const element = this.#button(token, text);
    const surprise = Math.min(1, token.explanation.bits / MOST_BITS);
    element.style.setProperty('--surprise', String(surprise));
    this.#past.append(element);
    if (!this.#current) this.#choose(element, token);
  }

  addCandidate(token: PlacedToken, isChosen: boolean): void {
    const { explanation } = token;
    const element = this.#button(token, explanation.token.trim());
    element.append(h('span', { class: 'token-chance' }, format.chance(explanation.probability)));
    this.#candidates.append(element);
    if (isChosen) this.#choose(element, token);
  }

  #button(token: PlacedToken, text: string): HTMLButtonElement {
    const shown = text.replaceAll('\n', '⏎');
    const element = button(shown, () => this.#choose(element, token), 'token');
    element.tabIndex = -1;
    element.setAttribute('aria-pressed', 'false');
    element.title = format.bits(token.explanation.bits);
    return element;
  }

  #choose(element: HTMLButtonElement, token: PlacedToken): void {
    if (this.#current) {
      this.#current.tabIndex = -1;
      this.#current.setAttribute('aria-pressed', 'false');
    }
    this.#current = element;
    element.tabIndex = 0;
    element.setAttribute('aria-pressed', 'true');
    this.#show(token);
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    const all = [...this.element.querySelectorAll<HTMLButtonElement>('button')];
    const next = all[all.indexOf(this.#current as HTMLButtonElement) + step];
    if (next) {
      next.click();
      next.focus();
    }
    event.preventDefault();
  }
}
