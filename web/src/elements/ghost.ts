/**
 * Ghost text: the likeliest next words, greyed, behind the caret of a field.
 *
 * Tab takes it, and so does the arrow that moves forward; Escape puts it away, and Tab moves on as ever.
 * It shows only after something was typed, with the caret at the end of the text; so nobody who passes
 * through a form with Tab, or reads it with a screen reader, meets a key that does something else. No key is
 * taken with a modifier, while an input method composes, or from a field that shows a list of its own.
 *
 * Plain DOM: content scripts of extensions have no custom elements.
 *
 * @packageDocumentation
 */

import type { Source } from '../client/types.js';
import type { Cento } from '../index.js';

/** What ghost text can stand in. */
export type Field = HTMLTextAreaElement | HTMLInputElement;

/** Words that are shown behind the caret. */
export interface GhostText {
  /** Goes on from what stands before the caret. */
  text: string;
  /** Where they stand, if they stand in one place. */
  source: Source | null;
}

/** Of a `Ghost`. */
export interface GhostOptions {
  /** That is written in. */
  field: Field;
  /** Where the ghost is drawn: something positioned, whose beginning does not scroll with the field. */
  container: Element | ShadowRoot;
  /** Gives the words for the text before the caret; nothing: there are none. */
  suggest(before: string, signal: AbortSignal): Promise<GhostText | undefined>;
  /** Keys that take it. Default both. */
  acceptKeys?: readonly ('Tab' | 'ArrowForward')[];
  /** Told of what is shown; of nothing when it goes. */
  onShow?(ghost: GhostText | undefined): void;
  /** Told of what was taken. */
  onAccept?(ghost: GhostText): void;
}

const PAUSE_MS = 60;
const INPUT_TYPES = ['text', 'search', 'url', 'email'];
/** What decides where words of the field stand. */
const COPIED = [
  'color',
  'direction',
  'unicodeBidi',
  'textAlign',
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontVariant',
  'fontWeight',
  'fontStretch',
  'fontFeatureSettings',
  'letterSpacing',
  'wordSpacing',
  'textIndent',
  'textTransform',
  'tabSize',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'borderTopWidth',
  'borderRightWidth',
  'borderBottomWidth',
  'borderLeftWidth',
] as const;

/** Whether ghost text can stand in a field. */
export function isField(node: Element | null): node is Field {
  return (
    (node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement) &&
    (node instanceof HTMLTextAreaElement || INPUT_TYPES.includes(node.type)) &&
    !node.readOnly &&
    !node.disabled
  );
}

/** Ghost text in one field. */
export class Ghost {
  readonly #options: GhostOptions;
  readonly #overlay = document.createElement('div');
  readonly #before = document.createElement('span');
  readonly #words = document.createElement('span');
  readonly #listening = new AbortController();
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is shown, and the text that it is for. */
  #shown: { ghost: GhostText; value: string } | undefined;
  #isComposing = false;

  /** Draws in `container` from now on, until `remove`. */
  constructor(options: GhostOptions) {
    this.#options = options;
    const { field, container } = options;
    const { signal } = this.#listening;
    this.#overlay.setAttribute('aria-hidden', 'true');
    this.#overlay.setAttribute('part', 'overlay');
    this.#words.setAttribute('part', 'ghost');
    this.#before.style.visibility = 'hidden';
    this.#words.style.color =
      'var(--cento-ghost, color-mix(in srgb, currentColor 65%, transparent))';
    this.#words.style.unicodeBidi = 'isolate';
    this.#overlay.append(this.#before, document.createElement('wbr'), this.#words);
    this.#overlay.hidden = true;
    container.append(this.#overlay);

    field.addEventListener(
      'input',
      (event) => {
        // Who takes something back is not offered it again.
        if ((event as InputEvent).inputType?.startsWith('history')) this.dismiss();
        else this.#edited();
      },
      { signal },
    );
    field.addEventListener('keydown', (event) => this.#onKey(event as KeyboardEvent), { signal });
    field.addEventListener('blur', () => this.dismiss(), { signal });
    // Whatever scrolls, the field itself or something around it.
    document.addEventListener('scroll', () => this.#place(), {
      signal,
      passive: true,
      capture: true,
    });
    field.addEventListener('compositionstart', () => this.#compose(true), { signal });
    field.addEventListener('compositionend', () => this.#compose(false), { signal });
    addEventListener('resize', () => this.#place(), { signal });
    document.addEventListener('selectionchange', () => this.#isCurrent() || this.#show(undefined), {
      signal,
    });
  }

  /** Words are shown now. */
  get isShown(): boolean {
    return this.#shown !== undefined;
  }

  /** Puts it away until the text changes. */
  dismiss(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#show(undefined);
  }

  /** Leaves the field as it was. */
  remove(): void {
    this.dismiss();
    this.#listening.abort();
    this.#overlay.remove();
  }

  // --------------------------------------------------------------------------------------- asking

  #compose(isComposing: boolean): void {
    this.#isComposing = isComposing;
    if (isComposing) this.dismiss();
    else this.#edited();
  }

  #edited(): void {
    if (this.#isComposing) return;
    this.#asking.abort();
    const { value } = this.#options.field;
    const typed = this.#shown && value.startsWith(this.#shown.value);
    const rest = typed ? this.#rest(value.slice(this.#shown?.value.length)) : undefined;
    this.#show(rest, value); // what was typed through stays, while the next one is looked for
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  #rest(typed: string): GhostText | undefined {
    const ghost = this.#shown?.ghost;
    if (!ghost || ghost.text === typed || !ghost.text.startsWith(typed)) return undefined;
    return { ...ghost, text: ghost.text.slice(typed.length) };
  }

  async #ask(): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { field } = this.#options;
    const { value } = field;
    if (!this.#isAtEnd() || value.trim() === '') return this.#show(undefined);
    try {
      const ghost = await this.#options.suggest(value, signal);
      if (!signal.aborted && field.value === value) this.#show(ghost, value);
    } catch {
      if (!signal.aborted) this.#show(undefined); // one can write on without
    }
  }

  #isAtEnd(): boolean {
    const { value, selectionStart, selectionEnd } = this.#options.field;
    return selectionStart === value.length && selectionEnd === value.length;
  }

  #isCurrent(): boolean {
    return this.#shown?.value === this.#options.field.value && this.#isAtEnd();
  }

  // ------------------------------------------------------------------------------------- keyboard

  #onKey(event: KeyboardEvent): void {
    // 229: some input methods tell of their keys before they say that they compose.
    if (event.isComposing || this.#isComposing || event.keyCode === 229) return;
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      event.shiftKey
    ) {
      return;
    }
    const { field, acceptKeys = ['Tab', 'ArrowForward'] } = this.#options;
    if (event.key === 'Escape' && !this.#shown) this.dismiss(); // what is still being asked
    if (!this.#shown || !this.#isCurrent() || field.ariaExpanded === 'true') return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation(); // closes this and not the dialog around it
      this.dismiss();
      return;
    }
    const isRightToLeft = getComputedStyle(field).direction === 'rtl';
    const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
    const key = event.key === forward ? 'ArrowForward' : event.key;
    if (!acceptKeys.some((accepted) => accepted === key)) return;
    event.preventDefault();
    this.#accept(this.#shown.ghost);
  }

  #accept(ghost: GhostText): void {
    const { field } = this.#options;
    // Old, and the only way that leaves what was written to the browser's undo.
    if (!document.execCommand('insertText', false, ghost.text)) {
      field.setRangeText(ghost.text, field.value.length, field.value.length, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
    }
    this.#options.onAccept?.(ghost);
  }

  // -------------------------------------------------------------------------------------- drawing

  #show(ghost: GhostText | undefined, value = ''): void {
    const isNew = ghost?.text !== this.#shown?.ghost.text;
    this.#shown = ghost && { ghost, value };
    this.#overlay.hidden = !ghost;
    this.#overlay.style.display = ghost ? 'block' : 'none';
    this.#before.textContent = value;
    this.#words.textContent = ghost?.text ?? '';
    if (ghost) this.#place();
    if (isNew) this.#options.onShow?.(ghost);
  }

  /** Over the field, word by word as the field sets them. */
  #place(): void {
    if (!this.#shown) return;
    const { field } = this.#options;
    const computed = getComputedStyle(field);
    const overlay = this.#overlay.style;
    for (const name of COPIED) overlay[name] = computed[name];
    const isLine = field instanceof HTMLInputElement;
    Object.assign(overlay, {
      position: 'absolute',
      inset: 'auto',
      left: '0',
      top: '0',
      boxSizing: 'border-box',
      margin: '0',
      width: `${field.offsetWidth}px`,
      height: `${field.offsetHeight}px`,
      borderStyle: 'solid',
      borderColor: 'transparent',
      background: 'none',
      overflow: 'hidden',
      pointerEvents: 'none',
      transform: 'none',
      whiteSpace: isLine ? 'pre' : 'pre-wrap',
      overflowWrap: 'break-word',
      lineHeight: isLine ? `${contentHeight(field, computed)}px` : computed.lineHeight,
    });
    // A textarea's scrollbar takes from its width.
    const bar =
      field.offsetWidth -
      field.clientWidth -
      px(computed.borderLeftWidth) -
      px(computed.borderRightWidth);
    if (!isLine && bar > 0) {
      const side = computed.direction === 'rtl' ? 'paddingLeft' : 'paddingRight';
      overlay[side] = `${px(computed[side]) + bar}px`;
    }
    const [to, from] = [field.getBoundingClientRect(), this.#overlay.getBoundingClientRect()];
    overlay.transform = `translate(${to.left - from.left}px, ${to.top - from.top}px)`;
    this.#overlay.scrollTop = field.scrollTop;
    this.#overlay.scrollLeft = field.scrollLeft;
  }
}

const px = (length: string): number => Number.parseFloat(length) || 0;

function contentHeight(field: Field, computed: CSSStyleDeclaration): number {
  return field.clientHeight - px(computed.paddingTop) - px(computed.paddingBottom);
}

/** What is right less often than once in a hundred times only disturbs. */
const LEAST_CONFIDENCE = 0.01;

/** A few words of a document where one goes on so, otherwise the likeliest ones. */
export async function nextWords(
  cento: Cento,
  before: string,
  maxTokens: number,
  signal: AbortSignal,
): Promise<GhostText | undefined> {
  const { text, refused, confidence, fragments } = await cento.complete(before, {
    maxTokens,
    signal,
  });
  if (!refused && confidence >= LEAST_CONFIDENCE && text.trim() !== '') {
    return { text, source: fragments[0]?.source ?? null };
  }
  // Where no word goes on from the last letters, they are a word, and the next one begins behind a space.
  for (const space of /\s$/.test(before) ? [''] : ['', ' ']) {
    const asked = before + space;
    const { suggestions } = await cento.suggest(asked, { limit: 1, maxEdits: 0, signal });
    const [first] = suggestions;
    if (!first) continue;
    const typed = asked.slice(asked.length - first.replaces);
    if (first.text.startsWith(typed)) {
      return { text: space + first.text.slice(typed.length), source: null };
    }
  }
  return undefined;
}
