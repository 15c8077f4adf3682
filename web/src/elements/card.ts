/**
 * The card of a passage: where it stands and what stands around it. It shows on hover and on keyboard focus;
 * a click, a tap or Enter pins it and moves the focus into it; Escape closes it.
 */

import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Excerpt, Source } from '../client/types.js';
import type { Cento } from '../index.js';
import { passageLink } from './links.js';
import { lines, linkTemplate, pathOf } from './passages.js';
import type { Strings } from './strings.js';

export interface CardHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly addressBase: string;
  languageOf(pack: string): string | typeof nothing;
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
}

interface Shown {
  anchor: HTMLElement;
  text: string;
  source: Source;
  number: number;
  isPinned: boolean;
  isSeen?: boolean;
  excerpt?: Excerpt;
}

const SHOW_DELAY = 90;
const HIDE_DELAY = 260;
const MARGIN = 12;

export class SourceCard implements ReactiveController {
  readonly #host: CardHost;
  readonly #cento: () => Promise<Cento>;
  readonly #say: (name: keyof Strings) => string;
  #shown: Shown | undefined;
  /** While the focus goes back to the passage, which must not open the card again. */
  #isReturning = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CardHost, cento: () => Promise<Cento>, say: (name: keyof Strings) => string) {
    this.#host = host;
    this.#cento = cento;
    this.#say = say;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** A run of text that opens the card. (The word joiner keeps its number on its last line.) */
  passage(
    content: unknown,
    { text, source, number }: Pick<Shown, 'text' | 'source' | 'number'>,
    className = 'passage',
  ): TemplateResult {
    const show = (event: Event, isPinned: boolean) =>
      this.#show({ anchor: event.currentTarget as HTMLElement, text, source, number, isPinned });
    return html`<span
      part=${className.replace(/^.* /, '')}
      class=${className}
      role="button"
      tabindex="0"
      aria-haspopup="dialog"
      aria-expanded="false"
      @pointerenter=${(event: PointerEvent) => {
        if (event.pointerType !== 'mouse' || this.#shown?.isPinned) return;
        const anchor = event.currentTarget as HTMLElement;
        this.#later(SHOW_DELAY, () =>
          // Nothing scrolls under a mouse.
          this.#show({ anchor, text, source, number, isPinned: false, isSeen: true }),
        );
      }}
      @pointerleave=${() => this.#hideSoon()}
      @focus=${(event: FocusEvent) => {
        if (this.#isReturning || !(event.currentTarget as Element).matches(':focus-visible'))
          return;
        show(event, false);
      }}
      @blur=${(event: FocusEvent) => {
        const isIntoCard = this.#card?.contains(event.relatedTarget as Node | null);
        if (!isIntoCard && !this.#shown?.isPinned) this.close();
      }}
      @click=${(event: Event) => show(event, true)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        show(event, true);
      }}
      >${content}\u2060<sup part="number" aria-hidden="true">${number}</sup></span
    >`;
  }

  /** Stands once in the host's shadow root. */
  template(): TemplateResult {
    const shown = this.#shown;
    return html`<div
      part="card"
      class="card"
      id="card"
      popover="manual"
      role="dialog"
      aria-label=${this.#say('source')}
      tabindex="-1"
      ?data-open=${shown !== undefined}
      @pointerenter=${() => clearTimeout(this.#timer)}
      @pointerleave=${() => this.#hideSoon()}
      @focusout=${(event: FocusEvent) => {
        const to = event.relatedTarget as Node | null;
        if (to && !this.#card?.contains(to) && to !== this.#shown?.anchor) this.close();
      }}
    >
      ${shown ? this.#content(shown) : nothing}
    </div>`;
  }

  hostUpdated(): void {
    const card = this.#card;
    if (!card) return;
    const isOpen = this.#shown !== undefined;
    // In the top layer nothing of the page clips or covers it. Older browsers show it in its place.
    if ('popover' in card && card.matches(':popover-open') !== isOpen && card.isConnected) {
      card.togglePopover(isOpen);
    }
    if (!isOpen) return;
    this.#place();
    this.#uncover(card);
    const mark = card.querySelector('mark');
    const quote = mark?.parentElement;
    if (quote && mark) quote.scrollTop = mark.offsetTop - quote.offsetTop - 40;
  }

  close(returnFocus = false): void {
    clearTimeout(this.#timer);
    const shown = this.#shown;
    if (!shown) return;
    const hadFocus = this.#card?.matches(':focus-within');
    this.#shown = undefined;
    shown.anchor.setAttribute('aria-expanded', 'false');
    document.removeEventListener('keydown', this.#onKey, true);
    document.removeEventListener('pointerdown', this.#onPointer);
    removeEventListener('scroll', this.#place, true);
    removeEventListener('resize', this.#place);
    if (returnFocus && hadFocus) {
      this.#isReturning = true;
      shown.anchor.focus();
      this.#isReturning = false;
    }
    this.#host.requestUpdate();
  }

  get #card(): HTMLElement | null {
    return this.#host.renderRoot?.querySelector<HTMLElement>('.card');
  }

  #show(next: Shown): void {
    clearTimeout(this.#timer);
    if (this.#shown?.anchor !== next.anchor) {
      this.close();
      this.#shown = next;
      next.anchor.setAttribute('aria-expanded', 'true');
      document.addEventListener('keydown', this.#onKey, true);
      document.addEventListener('pointerdown', this.#onPointer);
      addEventListener('scroll', this.#place, { capture: true, passive: true });
      addEventListener('resize', this.#place);
      void this.#fetchExcerpt(next);
    }
    if (next.isPinned && this.#shown) {
      this.#shown.isPinned = true;
      queueMicrotask(() =>
        setTimeout(() => {
          if (this.#shown?.anchor === next.anchor) this.#card?.focus({ preventScroll: true });
        }),
      );
    }
    this.#host.requestUpdate();
  }

  async #fetchExcerpt(shown: Shown): Promise<void> {
    const { documentId, start, end } = shown.source;
    try {
      const cento = await this.#cento();
      shown.excerpt = await cento.excerpt(documentId, start, end);
      if (this.#shown === shown) this.#host.requestUpdate();
    } catch {
      // The passage itself is shown already; what stands around it is a comfort.
    }
  }

  #content({ source, text, number, excerpt }: Shown): TemplateResult {
    const href = passageLink(source, text, this.#host.addressBase);
    const path = pathOf(source);
    const quoted = excerpt?.text ?? text;
    const language = this.#host.languageOf(source.pack);
    return html`<header>
        <span class="number">${number}</span>
        <div class="entry">
          <p class="card-title" dir="auto" lang=${language}>${source.title}</p>
          ${path === '' ? nothing : html`<p class="path" dir="auto" lang=${language}>${path}</p>`}
        </div>
        <button
          class="close"
          type="button"
          aria-label=${this.#say('close')}
          @click=${() => this.close(true)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8m0-8-8 8" /></svg>
        </button>
      </header>
      <blockquote part="quote" dir="auto" lang=${language} tabindex="0"
        >${excerpt ? lines(`…${excerpt.before}`) : ''}<mark>${quoted.trim()}</mark>${
          excerpt ? lines(`${excerpt.after}…`) : ''
        }</blockquote
      >
      ${href === undefined ? nothing : html`<p class="card-link">${linkTemplate(href, this.#say('open'))}</p>`}
      ${source.licence === '' ? nothing : html`<p class="licence">${source.licence}</p>`}`;
  }

  /** Under the passage, or above it where there is more room. On small screens CSS makes it a sheet. */
  readonly #place = (): void => {
    const card = this.#card;
    const rects = [...(this.#shown?.anchor.getClientRects() ?? [])];
    const [top, bottom] = [rects[0], rects.at(-1)];
    if (!card || !top || !bottom) return;
    const roomBelow = innerHeight - bottom.bottom - 2 * MARGIN;
    const roomAbove = top.top - 2 * MARGIN;
    card.style.setProperty('--room', `${Math.max(roomBelow, roomAbove, 160)}px`);
    const { width, height } = card.getBoundingClientRect();
    const isBelow = height <= roomBelow || roomBelow >= roomAbove;
    const beside = isBelow ? bottom.left : top.left;
    const room = document.documentElement.clientWidth - width - MARGIN;
    card.style.setProperty('--left', `${Math.max(MARGIN, Math.min(beside, room))}px`);
    const at = isBelow ? bottom.bottom + MARGIN : top.top - MARGIN - height;
    card.style.setProperty('--top', `${at}px`);
  };

  /** A sheet at the bottom of a small screen must not hide the passage that it tells of. */
  #uncover(card: HTMLElement): void {
    const shown = this.#shown;
    if (!shown || shown.isSeen) return;
    shown.isSeen = true;
    const passage = shown.anchor.getBoundingClientRect();
    const sheet = card.getBoundingClientRect();
    const hidden = passage.bottom + MARGIN - sheet.top;
    const isSheet = sheet.bottom >= innerHeight;
    if (isSheet && hidden > 0) scrollBy({ top: Math.min(hidden, passage.top - MARGIN) });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation(); // it closes this and nothing around it
    this.close(true);
  };

  readonly #onPointer = (event: PointerEvent): void => {
    const path = event.composedPath();
    const isInside = [this.#card, this.#shown?.anchor].some((node) => node && path.includes(node));
    if (!isInside) this.close();
  };

  #hideSoon(): void {
    clearTimeout(this.#timer);
    const shown = this.#shown;
    if (!shown || shown.isPinned) return;
    this.#later(HIDE_DELAY, () => {
      // A passage that has the keyboard's focus keeps its card.
      if (!shown.anchor.matches(':focus-visible')) this.close();
    });
  }

  #later(delay: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, delay);
  }
}
