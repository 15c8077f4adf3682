/**
 * The card of a passage: where it stands, what stands around it, and why it was chosen. Shows on hover
 * and on keyboard focus; a click, a tap or Enter pins it and moves the focus into it; Escape closes it.
 */

import { type Excerpt, type Source, sourceLink, type Why } from '../src/index.js';
import { button, fill, h } from './dom.js';
import * as format from './format.js';
import { isOwn } from './own.js';

export interface Passage {
  text: string;
  number: number;
  hue: string;
  /** At least one; the first is shown in its place. */
  sources: Source[];
  /** Places where it stands, of which `sources` may be some. */
  count?: number;
  why?: Why;
  /** A range of `text` that is shown with emphasis. */
  marked?: { start: number; end: number } | undefined;
}

const OWN = 'Your text: it is kept on this device.';
const SHOW_DELAY = 90;
const HIDE_DELAY = 260;
const MARGIN = 12;

export class SourceCard {
  readonly #excerpt: (source: Source) => Promise<Excerpt>;
  readonly #card = h('div', {
    id: 'source-card',
    class: 'card',
    role: 'dialog',
    'aria-label': 'Source of the passage',
    tabindex: -1,
    hidden: true,
  });
  #anchor: HTMLElement | undefined;
  #isPinned = false;
  /** While the focus goes back to the passage, which must not open the card again. */
  #isReturning = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(excerpt: (source: Source) => Promise<Excerpt>) {
    this.#excerpt = excerpt;
    this.#card.addEventListener('pointerenter', () => this.#cancelTimer());
    this.#card.addEventListener('pointerleave', () => this.#hideSoon());
    this.#card.addEventListener('focusout', (event) => {
      const to = event.relatedTarget as Node | null;
      if (to && !this.#card.contains(to) && to !== this.#anchor) this.close();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#anchor) this.close(true);
    });
    document.addEventListener('pointerdown', (event) => {
      const at = event.target as Node;
      if (!this.#card.contains(at) && !this.#anchor?.contains(at)) this.close();
    });
    addEventListener('resize', () => this.#place());
    document.body.append(this.#card);
  }

  /** Makes `anchor` open the card. */
  attach(anchor: HTMLElement, passage: Passage): void {
    anchor.setAttribute('role', 'button');
    anchor.setAttribute('aria-haspopup', 'dialog');
    anchor.setAttribute('aria-expanded', 'false');
    anchor.tabIndex = 0;
    const open = (isPinned: boolean) => this.#open(anchor, passage, isPinned);
    anchor.addEventListener('pointerenter', (event) => {
      if (event.pointerType !== 'mouse' || (this.#isPinned && this.#anchor)) return;
      this.#cancelTimer();
      this.#timer = setTimeout(() => open(false), this.#anchor === anchor ? 0 : SHOW_DELAY);
    });
    anchor.addEventListener('pointerleave', () => this.#hideSoon());
    anchor.addEventListener('focus', () => {
      if (!this.#isReturning && anchor.matches(':focus-visible')) open(false);
    });
    anchor.addEventListener('blur', (event) => {
      const to = event.relatedTarget as Node | null;
      if (!this.#isPinned && this.#anchor === anchor && !this.#card.contains(to)) this.close();
    });
    anchor.addEventListener('click', () => open(true));
    anchor.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open(true);
    });
  }

  close(returnFocus = false): void {
    this.#cancelTimer();
    const anchor = this.#anchor;
    if (!anchor) return;
    const hadFocus = this.#card.contains(document.activeElement);
    this.#anchor = undefined;
    this.#isPinned = false;
    this.#card.hidden = true;
    anchor.setAttribute('aria-expanded', 'false');
    anchor.classList.remove('open');
    if (!returnFocus || !hadFocus) return;
    this.#isReturning = true;
    anchor.focus();
    this.#isReturning = false;
  }

  #open(anchor: HTMLElement, passage: Passage, isPinned: boolean): void {
    this.#cancelTimer();
    if (this.#anchor !== anchor) {
      this.close();
      this.#anchor = anchor;
      anchor.setAttribute('aria-expanded', 'true');
      anchor.classList.add('open');
      this.#fill(passage);
      this.#card.hidden = false;
      this.#card.scrollTop = 0;
      this.#place();
    }
    if (!isPinned) return;
    this.#isPinned = true;
    this.#card.focus({ preventScroll: true });
  }

  #fill(passage: Passage): void {
    const { number, hue, sources, count, why, text } = passage;
    const [first, ...others] = sources as [Source, ...Source[]];
    const quote = h(
      'blockquote',
      { class: 'card-quote', dir: 'auto', tabindex: 0 },
      h('mark', {}, text.trim()),
    );
    this.#card.className = `card ${hue}`;
    fill(
      this.#card,
      h(
        'div',
        { class: 'card-head' },
        h('span', { class: 'number' }, String(number)),
        h(
          'div',
          {},
          h('p', { class: 'card-title', dir: 'auto' }, first.title),
          first.headings.length > 0 && headingPath(first.headings),
        ),
        closeButton(() => this.close(true)),
      ),
      quote,
      why !== undefined && h('p', { class: 'card-why' }, ...reason(why)),
      pageLink(first, text),
      count !== undefined &&
        h('p', { class: 'card-why' }, `Stands in ${format.plural(count, 'place')}.`),
      others.length > 0 && otherSources(others, text),
      h('p', { class: 'card-licence' }, isOwn(first) ? OWN : first.licence),
    );
    void this.#excerpt(first).then(
      ({ before, text: quoted, after }) => {
        if (!quote.isConnected) return;
        const words = quoted.trimStart();
        const space = quoted.slice(0, quoted.length - words.length);
        quote.replaceChildren(`…${before}${space}`, h('mark', {}, words), `${after}…`);
        this.#place();
        const mark = quote.querySelector('mark') as HTMLElement;
        quote.scrollTop = mark.offsetTop - (quote.clientHeight - mark.offsetHeight) / 2;
      },
      () => {}, // The passage itself is shown already; what stands around it is a comfort.
    );
  }

  /** Under the passage, or above it where there is more room. On small screens CSS makes it a sheet. */
  #place(): void {
    const rects = [...(this.#anchor?.getClientRects() ?? [])];
    const [top, bottom] = [rects[0], rects.at(-1)];
    if (!top || !bottom) return;
    const { width, height } = this.#card.getBoundingClientRect();
    const below = bottom.bottom + MARGIN;
    const above = top.top - MARGIN - height;
    const isBelow = below + height <= innerHeight || above < 0;
    const beside = isBelow ? bottom.left : top.left;
    const left = Math.max(MARGIN, Math.min(beside, document.body.clientWidth - width - MARGIN));
    this.#card.style.setProperty('--left', `${left + scrollX}px`);
    this.#card.style.setProperty('--top', `${(isBelow ? below : above) + scrollY}px`);
  }

  #hideSoon(): void {
    this.#cancelTimer();
    if (this.#isPinned) return;
    this.#timer = setTimeout(() => {
      // A passage that has the keyboard's focus keeps its card.
      if (document.activeElement !== this.#anchor) this.close();
    }, HIDE_DELAY);
  }

  #cancelTimer(): void {
    clearTimeout(this.#timer);
  }
}

function closeButton(close: () => void): HTMLButtonElement {
  const element = button('×', close, 'card-close');
  element.setAttribute('aria-label', 'Close');
  return element;
}

export function headingPath(headings: string[]): HTMLElement {
  return h('p', { class: 'path', dir: 'auto' }, headings.join(' › '));
}

function pageLink(source: Source, text: string): HTMLElement | false {
  const href = sourceLink(source, text);
  if (href === undefined) return false;
  const link = h('a', { href, target: '_blank', rel: 'noopener' }, 'Open the page at these words');
  return h('p', { class: 'card-link' }, link);
}

function otherSources(sources: Source[], text: string): HTMLElement {
  const items = sources.map((source) => {
    const href = sourceLink(source, text);
    const name = [source.title, ...source.headings].join(' › ');
    return h(
      'li',
      { dir: 'auto' },
      href ? h('a', { href, target: '_blank', rel: 'noopener' }, name) : name,
    );
  });
  return h('div', { class: 'card-others' }, h('p', {}, 'Also in'), h('ul', {}, ...items));
}

/** Why the engine chose it, in a sentence. */
function reason({ contextWords, count, alternatives, score }: Why): (Node | string)[] {
  if (alternatives === 0) return ['It goes on where the passage before it ends.'];
  const strong = (text: string) => h('strong', {}, text);
  return [
    'Chosen because the ',
    strong(contextWords === 1 ? 'word' : `${format.count(contextWords)} words`),
    ' before it stand in ',
    strong(format.plural(count, 'place')),
    '; ',
    strong(format.plural(alternatives, 'continuation')),
    ` ${alternatives === 1 ? 'was' : 'were'} weighed. Score ${score.toFixed(1)} bits.`,
  ];
}
