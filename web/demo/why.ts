/**
 * "Why these words?": the text so far, token by token and coloured by how much each one surprises, the
 * tokens that may follow, and for the one that is looked at what every expert of the mixture says of it.
 */

import type { Cento, ExpertPart, Level, TokenExplanation } from '../src/index.js';
import { button, byId, fill, h } from './dom.js';
import * as format from './format.js';
import { LEVELS, levelBar, levelClass } from './levels.js';
import type { Library } from './library.js';

const CANDIDATES = 6;
/** Bits from which on a token has the strongest colour. */
const MOST_BITS = 14;
/** Experts that look at no context. */
const EXPERTS: Record<string, string> = {
  uniform: 'any token alike',
  frequency: 'how often it stands',
  'session frequency': 'how often it stood here',
  'session class': 'its kind in this text',
  'recent tokens': 'lately in this text',
  'latest tokens': 'just now in this text',
};
/** Of the text so far, so much is taken apart. */
const MAX_UNITS = 1200;
/** Levels and experts that give less of the probability are folded away. */
const MIN_CONTRIBUTION = 0.005;

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
    const title = h('p', { class: 'why-headline', 'aria-live': 'polite' });
    const detail = h('div', { class: 'why-detail' });
    const strip = new TokenStrip((explanation, before) => {
      fill(title, ...headline(explanation, before));
      fill(detail, ...explanationNodes(explanation));
    });
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
      title,
      detail,
    );
    this.#element.hidden = false;
    try {
      await fillStrip(cento, strip, text, next, signal);
      if (signal.aborted) return;
      strip.focus();
      this.#element.scrollIntoView({ block: 'nearest' });
      await walk(cento, strip, text, signal);
    } catch (error) {
      if (!signal.aborted) detail.replaceChildren(h('p', { class: 'notice' }, `${error}`));
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
  const explained: TokenExplanation[] = [];
  for (const token of next ? [next, ...texts] : texts) {
    const explanation = await cento.explainNext(text, token, { signal });
    if (explained.every((other) => other.token !== explanation.token)) explained.push(explanation);
  }
  explained.forEach((explanation, i) => {
    strip.addCandidate(explanation, text, i === 0);
  });
}

/** Takes the text apart, from its end back to where it is too long ago. */
async function walk(
  cento: Cento,
  strip: TokenStrip,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  let at = Math.max(0, text.length - MAX_UNITS);
  if (at > 0) at += Math.max(0, text.slice(at).search(/\s/)); // no half words
  while (at < text.length) {
    const [before, rest] = [text.slice(0, at), text.slice(at)];
    const explanation = await cento.explainNext(before, rest, { signal });
    const { token } = explanation;
    // A token can be a part of a character's bytes.
    const size =
      token !== '' && rest.startsWith(token) ? token.length : ([...rest][0] as string).length;
    strip.addPast(explanation, before, rest.slice(0, size));
    at += size;
  }
}

/** Tokens as buttons: one of them is in the order of Tab, arrows move between them. */
class TokenStrip {
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
  readonly #show: (explanation: TokenExplanation, before: string) => void;
  #current: HTMLButtonElement | undefined;

  constructor(show: (explanation: TokenExplanation, before: string) => void) {
    this.#show = show;
    this.element = h(
      'div',
      { class: 'token-strip' },
      h(
        'p',
        { class: 'strip-label', 'aria-hidden': 'true' },
        'So far; the redder, the less expected',
      ),
      this.#past,
      h('p', { class: 'strip-label', 'aria-hidden': 'true' }, 'What may follow'),
      this.#candidates,
    );
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  focus(): void {
    this.#current?.focus({ preventScroll: true });
  }

  addPast(explanation: TokenExplanation, before: string, text: string): void {
    const element = this.#button(explanation, before, text);
    element.style.setProperty('--surprise', String(Math.min(1, explanation.bits / MOST_BITS)));
    this.#past.append(element);
  }

  addCandidate(explanation: TokenExplanation, before: string, isChosen: boolean): void {
    const element = this.#button(explanation, before, explanation.token.trim());
    element.append(h('span', { class: 'token-chance' }, format.chance(explanation.probability)));
    this.#candidates.append(element);
    if (isChosen) this.#choose(element, explanation, before);
  }

  #button(explanation: TokenExplanation, before: string, text: string): HTMLButtonElement {
    const shown = text.replaceAll('\n', '⏎');
    const element = button(shown, () => this.#choose(element, explanation, before), 'token');
    element.tabIndex = -1;
    element.setAttribute('aria-pressed', 'false');
    element.title = format.bits(explanation.bits);
    return element;
  }

  #choose(element: HTMLButtonElement, explanation: TokenExplanation, before: string): void {
    if (this.#current) {
      this.#current.tabIndex = -1;
      this.#current.setAttribute('aria-pressed', 'false');
    }
    this.#current = element;
    element.tabIndex = 0;
    element.setAttribute('aria-pressed', 'true');
    this.#show(explanation, before);
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

// ---------------------------------------------------------------------------------- one explanation

function headline({ token, probability, bits }: TokenExplanation, before: string): HTMLElement[] {
  const last = before.trimEnd().split(/\s+/).slice(-4).join(' ');
  return [
    h('bdi', { class: 'why-token' }, token.trim() || JSON.stringify(token)),
    h(
      'span',
      {},
      last === '' ? 'at the beginning: ' : h('span', {}, 'after ', quoted(last), ': '),
      h('strong', {}, format.chance(probability)),
      `, ${format.bits(bits)}`,
    ),
  ];
}

function explanationNodes({ token, levels, experts }: TokenExplanation): HTMLElement[] {
  const shown = levels.filter(({ share }) => share >= MIN_CONTRIBUTION);
  const isShown = ({ level, contribution }: ExpertPart) =>
    contribution >= MIN_CONTRIBUTION && shown.some((share) => share.level === level);
  const [main, rest] = [experts.filter(isShown), experts.filter((part) => !isShown(part))];
  return [
    levelBar(shown),
    ...shown.map(({ level, share }) => group(level, share, token, main)),
    h(
      'details',
      { class: 'why-rest', hidden: rest.length === 0 },
      h('summary', {}, `${format.plural(rest.length, 'more expert')} with hardly a say`),
      table('with hardly a say', rest.reverse()),
    ),
  ];
}

function group(level: Level, share: number, token: string, experts: ExpertPart[]): HTMLElement {
  const own = experts.filter((part) => part.level === level).reverse();
  const { name, meaning } = LEVELS[level];
  return h(
    'section',
    { class: `why-level ${levelClass(level)}` },
    h('h3', {}, name, h('span', { class: 'why-share' }, format.share(share))),
    h('p', { class: 'why-caption' }, caption(level, token, own) ?? meaning),
    table(name, own),
  );
}

/** The strongest expert of a level in a sentence. */
function caption(level: Level, token: string, experts: ExpertPart[]): HTMLElement | undefined {
  const strongest = experts
    .filter(({ context, contextLength }) => context !== '' || contextLength > 0)
    .sort((a, b) => b.contribution - a.contribution)[0];
  if (!strongest) return undefined;
  const { context, contextLength, count, followers } = strongest;
  const where = level === 'session' ? 'in this text' : 'in these documents';
  return context === ''
    ? h(
        'span',
        {},
        contextLength === 1
          ? 'The kind of the last token stands '
          : `The kinds of the last ${contextLength} tokens stand `,
        `${times(count)} ${where}; a token of the kind of `,
        quoted(token),
        ` followed ${times(followers)}.`,
      )
    : h(
        'span',
        {},
        quoted(context),
        ` stands ${times(count)} ${where}; `,
        quoted(token),
        ` followed ${times(followers)}.`,
      );
}

function times(value: number): string {
  if (value < 0.5) return 'not once';
  const words = ['once', 'twice'];
  return words[Math.round(value) - 1] ?? `${format.count(value)} times`;
}

/** In a direction of its own; line ends are shown. */
function quoted(text: string): HTMLElement {
  return h('q', {}, h('bdi', {}, text.trim().replace(/\s*\n\s*/g, ' ⏎ ') || '␣'));
}

function table(name: string, experts: ExpertPart[]): HTMLElement {
  const heads = ['After', 'Stands', 'Followed', 'Trusted', 'Gives'];
  return h(
    'table',
    { class: 'experts' },
    h('caption', { class: 'visually-hidden' }, `Experts: ${name}`),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...experts.map(expertRow)),
  );
}

function expertRow(part: ExpertPart): HTMLElement {
  const { expert, context, contextLength, count, followers, lambda, contribution } = part;
  const label =
    context !== ''
      ? quoted(context)
      : contextLength > 0
        ? `kind of the last ${contextLength === 1 ? 'token' : `${contextLength} tokens`}`
        : (EXPERTS[expert] ?? expert);
  return h(
    'tr',
    {},
    h('th', { scope: 'row', title: expert }, label),
    h('td', {}, count > 0 ? format.count(count) : '–'),
    h('td', {}, count > 0 || followers > 0 ? format.figure(followers) : '–'),
    h('td', {}, meter(lambda)),
    h('td', {}, meter(contribution)),
  );
}

/** A share as a number over a bar. */
function meter(share: number): HTMLElement {
  const bar = h('span', { class: 'meter', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(Math.min(1, share)));
  return h('span', { class: 'meter-cell' }, format.chance(share), bar);
}
