/**
 * A field that suggests while one writes: the likeliest words as ghost text behind the caret, and a list.
 *
 * Tab takes the ghost, and so does the arrow that moves forward, at the end of the text. The arrow down
 * goes into the list, whose focus stays in the field (`aria-activedescendant`, the grid pattern of the
 * ARIA Authoring Practices). Escape puts both away; then Tab leaves the field, as it does whenever there
 * is no ghost. While an input method composes, no key is taken and nothing is suggested.
 */

import type { Suggestion } from '../src/index.js';
import { h } from './dom.js';
import * as format from './format.js';
import { levelSummary } from './levels.js';

export interface WriterParts {
  field: HTMLTextAreaElement;
  /** Lies behind the field and has its text, so that what comes after it stands in the right place. */
  mirror: HTMLElement;
  /** Holds the grid; hidden when there is nothing to suggest. */
  box: HTMLElement;
  grid: HTMLElement;
  /** Told to screen readers. */
  status: HTMLElement;
}

export interface WriterActions {
  suggest(text: string, signal: AbortSignal): Promise<Suggestion[]>;
  /** `next` is the suggestion with what is typed of its word and the space before it; `text` what stands before. */
  explain(text: string, next: string): void;
  submit(): void;
}

/** Suggestions, and the state of the field that they are for. */
interface Offer {
  suggestions: Suggestion[];
  value: string;
  caret: number;
}

/** How long one must have paused before the list is read out. */
const ANNOUNCE_DELAY = 900;
/** Smaller probabilities are not worth a reader's time. */
const MIN_CHANCE = 0.01;
const WORD_AT_END = /[\p{L}\p{M}\p{N}'’_-]*$/u;

export class Writer {
  readonly #parts: WriterParts;
  readonly #actions: WriterActions;
  #offer: Offer | undefined;
  /** Row and column of the list that the keyboard is at; row -1: in the text. */
  #row = -1;
  #column = 0;
  #asking = new AbortController();
  #isComposing = false;
  #announcing: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: WriterParts, actions: WriterActions) {
    this.#parts = parts;
    this.#actions = actions;
    const { field, box, grid } = parts;
    grid.setAttribute('role', 'grid');
    grid.setAttribute('aria-label', 'Suggestions');
    field.addEventListener('input', () => this.#edited());
    field.addEventListener('compositionstart', () => {
      this.#isComposing = true;
      this.dismiss();
    });
    field.addEventListener('compositionend', () => {
      this.#isComposing = false;
      void this.#ask();
    });
    field.addEventListener('keydown', (event) => this.#onKey(event));
    field.addEventListener('blur', () => this.dismiss());
    document.addEventListener('selectionchange', () => {
      if (this.#offer && !this.#isCurrent()) this.dismiss();
    });
    // The focus stays in the field, so a tap neither closes the list nor hides the screen's keyboard.
    box.addEventListener('pointerdown', (event) => event.preventDefault());
    grid.addEventListener('click', (event) => {
      const cell = (event.target as Element).closest<HTMLElement>('[role=gridcell]');
      if (cell) this.#take(Number(cell.dataset.row), Number(cell.dataset.column));
    });
    this.#draw();
  }

  get value(): string {
    return this.#parts.field.value;
  }

  /** Suggests nothing until one writes. */
  set value(text: string) {
    this.#parts.field.value = text;
    this.dismiss();
  }

  focus(): void {
    this.#parts.field.focus();
  }

  /** Puts ghost and list away until the text changes. */
  dismiss(): void {
    this.#asking.abort();
    this.#show(undefined);
  }

  // ------------------------------------------------------------------------------------- asking

  #edited(): void {
    const { value, selectionEnd: caret } = this.#parts.field;
    this.#offer = this.#isComposing ? undefined : typedThrough(this.#offer, value, caret);
    this.#row = -1;
    this.#draw();
    if (!this.#isComposing) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { value, selectionStart, selectionEnd: caret } = this.#parts.field;
    const isInsideWord = /^[\p{L}\p{N}]/u.test(value.slice(caret));
    if (selectionStart !== caret || isInsideWord || value.trim() === '') {
      return this.#show(undefined);
    }
    try {
      const suggestions = await this.#actions.suggest(value.slice(0, caret), signal);
      if (!signal.aborted) this.#show({ suggestions, value, caret });
    } catch {
      if (!signal.aborted) this.#show(undefined); // one can write on without
    }
  }

  #isCurrent(): boolean {
    const { field } = this.#parts;
    const { value, caret } = this.#offer ?? {};
    return value === field.value && caret === field.selectionStart && caret === field.selectionEnd;
  }

  // ------------------------------------------------------------------------------------ keyboard

  #onKey(event: KeyboardEvent): void {
    // 229: some input methods tell of their keys before they say that they compose.
    if (event.isComposing || this.#isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.#handles(event.key, event.shiftKey)) event.preventDefault();
  }

  /** Whether the key was ours. */
  #handles(key: string, isShifted: boolean): boolean {
    const isInList = this.#row >= 0;
    const rows = this.#isCurrent() ? (this.#offer?.suggestions.length ?? 0) : 0;
    if (key === 'Enter' && !isShifted) {
      if (isInList) this.#take(this.#row, this.#column);
      else {
        this.dismiss();
        this.#actions.submit();
      }
      return true;
    }
    if (key === 'Escape') {
      this.dismiss(); // what is still being asked, too
      return rows > 0;
    }
    if (rows === 0 || isShifted) return false;
    const forward = this.#direction === 'rtl' ? 'Left' : 'Right';
    switch (key) {
      case 'Tab':
        return this.#hasGhost && this.#take(Math.max(this.#row, 0), 0);
      case 'ArrowDown':
      case 'ArrowUp': {
        if (key === 'ArrowUp' && !isInList) return false;
        // The text itself is one of the places that the arrows go through.
        const step = key === 'ArrowDown' ? 1 : -1;
        this.#row = ((this.#row + 1 + step + rows + 1) % (rows + 1)) - 1;
        this.#column = 0;
        this.#draw();
        return true;
      }
      case 'ArrowLeft':
      case 'ArrowRight':
        if (isInList) {
          this.#column = key === `Arrow${forward}` ? 1 : 0;
          this.#draw();
          return true;
        }
        return key === `Arrow${forward}` && this.#hasGhost && this.#take(0, 0);
      default:
        return false;
    }
  }

  // -------------------------------------------------------------------------------------- taking

  /** Column 0 takes the suggestion, column 1 explains it. False when it is not for this text any more. */
  #take(row: number, column: number): boolean {
    const suggestion = this.#offer?.suggestions[row];
    if (!suggestion || !this.#isCurrent()) return false;
    const { field } = this.#parts;
    const { value, selectionEnd: caret } = field;
    const start = caret - suggestion.replaces;
    if (column === 1) {
      this.dismiss();
      const typed = suggestion.replaces > 0 ? '' : lastWord(value.slice(0, start));
      const before = value.slice(0, start - typed.length);
      const context = before.replace(/[ ]$/, '');
      this.#actions.explain(context, before.slice(context.length) + typed + suggestion.text);
      return true;
    }
    field.setSelectionRange(start, caret);
    // Old, and the only way that leaves what was written to the browser's undo.
    if (!document.execCommand('insertText', false, suggestion.text)) {
      field.setRangeText(suggestion.text, start, caret, 'end');
      this.#edited();
    }
    return true;
  }

  // ------------------------------------------------------------------------------------- drawing

  #show(offer: Offer | undefined): void {
    this.#offer = offer?.suggestions.length ? offer : undefined;
    this.#row = -1;
    this.#column = 0;
    this.#draw();
    this.#announce();
  }

  get #direction(): string {
    return getComputedStyle(this.#parts.field).direction;
  }

  get #hasGhost(): boolean {
    return this.#offer !== undefined && this.#offer.caret === this.#offer.value.length;
  }

  #draw(): void {
    const { field, box, grid } = this.#parts;
    const { suggestions = [], value = '', caret = 0 } = this.#offer ?? {};
    this.#drawGhost(suggestions[Math.max(this.#row, 0)]);
    const wasHidden = box.hidden;
    box.hidden = suggestions.length === 0;
    grid.dir = this.#direction;
    grid.replaceChildren(
      ...suggestions.map((suggestion, row) =>
        suggestionRow(suggestion, value.slice(0, caret), row, grid.id),
      ),
    );
    const active = this.#row < 0 ? undefined : grid.children[this.#row]?.children[this.#column];
    if (wasHidden) box.scrollIntoView({ block: 'nearest' });
    active?.classList.add('active');
    grid.children[this.#row]?.setAttribute('aria-selected', 'true');
    if (active) field.setAttribute('aria-activedescendant', active.id);
    else field.removeAttribute('aria-activedescendant');
  }

  /** The mirror also gives the field its height. */
  #drawGhost(suggestion: Suggestion | undefined): void {
    const { field, mirror } = this.#parts;
    const { value } = field;
    if (!suggestion || !this.#hasGhost) {
      mirror.replaceChildren(value, '\u200b'); // a line that is begun has its height
      return;
    }
    const typed = value.slice(value.length - suggestion.replaces);
    const before = value.slice(0, value.length - suggestion.replaces);
    // What is typed wraps as in the field, whatever follows it.
    const wrap = () => h('wbr');
    if (suggestion.text.startsWith(typed)) {
      const rest = suggestion.text.slice(typed.length);
      mirror.replaceChildren(value, wrap(), h('span', { class: 'ghost' }, rest), '\u200b');
    } else {
      mirror.replaceChildren(
        before,
        h('span', { class: 'mistyped' }, typed),
        wrap(),
        h('span', { class: 'ghost correction' }, suggestion.text),
        '\u200b',
      );
    }
  }

  #announce(): void {
    const { status } = this.#parts;
    clearTimeout(this.#announcing);
    const suggestions = this.#offer?.suggestions;
    const first = suggestions?.[0];
    if (!suggestions || !first) {
      status.textContent = '';
      return;
    }
    this.#announcing = setTimeout(() => {
      const word = `${first.replaces ? '' : lastWord(this.value)}${first.text}`.trim();
      const what = first.corrected ? 'Correction' : 'Suggestion';
      status.textContent = `${what}: ${word}. ${format.plural(suggestions.length, 'suggestion')} in the list.`;
    }, ANNOUNCE_DELAY);
  }
}

/** The first suggestion, when what was typed since is how it begins: it stays while new ones are made. */
function typedThrough(offer: Offer | undefined, value: string, caret: number): Offer | undefined {
  const first = offer?.suggestions[0];
  if (!offer || !first || first.replaces > 0 || !value.startsWith(offer.value)) return undefined;
  const typed = value.slice(offer.value.length);
  if (typed === first.text || !first.text.startsWith(typed)) return undefined;
  const rest = first.text.slice(typed.length);
  return { suggestions: [{ ...first, text: rest }], value, caret };
}

const lastWord = (text: string) => WORD_AT_END.exec(text)?.[0] ?? '';

function suggestionRow(
  suggestion: Suggestion,
  before: string,
  row: number,
  prefix: string,
): HTMLElement {
  const { text, replaces, corrected, probability, levels } = suggestion;
  const typed = replaces > 0 ? before.slice(-replaces) : lastWord(before);
  const words = corrected
    ? [h('del', {}, typed), ' ', h('ins', {}, text)]
    : replaces > 0
      ? [h('ins', {}, text)]
      : [typed, h('ins', {}, /^\s/.test(text) ? text.slice(1) : text)];
  const isNewWord = replaces === 0 && /^\s/.test(text);
  const cell = (column: number, className: string, ...children: (Node | string)[]) =>
    h(
      'div',
      {
        role: 'gridcell',
        id: `${prefix}-${row}-${column}`,
        class: className,
        'data-row': row,
        'data-column': column,
      },
      ...children,
    );
  return h(
    'div',
    { role: 'row', 'aria-selected': 'false' },
    cell(
      0,
      'suggestion',
      h('bdi', { class: 'suggestion-text' }, ...(isNewWord ? words.slice(1) : words)),
      levelSummary(levels),
      h(
        'span',
        { class: 'suggestion-share' },
        probability < MIN_CHANCE ? '' : format.share(probability),
      ),
    ),
    cell(1, 'suggestion-why', h('span', { dir: 'ltr' }, 'Why?')),
  );
}
