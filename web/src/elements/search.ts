/** `<cento-search>`: passages that fit, while one types. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CentoError } from '../client/error.js';
import type { SearchResult, SearchResults } from '../client/types.js';
import { CentoElement } from './base.js';
import { passageLink } from './links.js';
import { linkTemplate, marked, pathOf } from './passages.js';
import { baseStyles, fieldStyles } from './styles.js';
import { searchStyles } from './text-styles.js';
import type { CentoSearchElement } from './types.js';

/** Between a keystroke and its search, so that a fast typist is not kept waiting by words half written. */
const PAUSE_MS = 60;
/** One letter is no query; one character of Chinese is. */
const TOO_SHORT = /^[\0-\u2e7f]?$/;

export class CentoSearch extends CentoElement implements CentoSearchElement {
  static override properties = {
    ...CentoElement.properties,
    label: {},
    placeholder: {},
    limit: { type: Number },
    within: {},
    found: { state: true },
    error: { state: true },
  };
  static override styles = [baseStyles, fieldStyles, searchStyles];

  declare label: string;
  declare placeholder: string;
  declare limit: number;
  declare within: string;
  declare private found: SearchResults | undefined;
  declare private error: CentoError | undefined;
  #running = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.label = '';
    this.placeholder = '';
    this.limit = 8;
    this.within = '';
  }

  async search(query: string): Promise<SearchResults | undefined> {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    if (this.hasUpdated && this.isSupported && this.#field.value.trim() !== query.trim()) {
      this.#field.value = query;
    }
    if (TOO_SHORT.test(query.trim())) {
      this.found = undefined;
      return undefined;
    }
    try {
      const cento = await this.instance();
      signal.throwIfAborted();
      const { limit, within } = this;
      const found = await cento.search(query, { limit, signal, ...(within && { within }) });
      this.error = undefined;
      this.found = found;
      const count = found.results.length;
      this.spoken = count === 0 ? this.say('nothingFound') : this.say('found', { count });
      this.emit('cento-results', { query, results: found });
      if (found.coverage.share < 1) void this.#again(query, signal);
      return found;
    } catch (cause) {
      if (signal.aborted) return undefined;
      this.error = cause as CentoError;
      if (this.shared?.state !== 'failed') this.failedWith(this.error);
      return undefined;
    }
  }

  protected override render(): TemplateResult {
    if (!this.isSupported) return this.unsupportedTemplate();
    return html`<form part="form" role="search" @submit=${this.#onSubmit} @keydown=${this.#onKey}>
        <label part="label" for="field">${this.label || this.say('searchLabel')}</label>
        <div part="field" class="field">
          <input
            part="input"
            id="field"
            type="search"
            dir="auto"
            autocomplete="off"
            enterkeyhint="search"
            maxlength="500"
            placeholder=${this.placeholder || this.say('searchPlaceholder')}
            @input=${this.#onInput}
          />
        </div>
      </form>
      ${this.statusTemplate(this.#hint)}
      <div part="results" class="results" @keydown=${this.#onKey}>
        ${this.found ? this.#resultsTemplate(this.found) : nothing}
      </div>
      ${this.spokenTemplate()}`;
  }

  get #hint(): string {
    if (this.error) return this.error.message;
    const correction = this.found?.corrections[0];
    if (correction) return this.say('corrected', correction);
    if (!this.found) return this.say('searchHint');
    const count = this.found.results.length;
    return count === 0 ? this.say('nothingFound') : this.say('found', { count });
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector('input') as HTMLInputElement;
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.search(this.#field.value);
  };

  readonly #onInput = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.search(this.#field.value), PAUSE_MS);
  };

  /** The arrows go from the field through the results, and back. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
      return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const places = [this.#field, ...this.renderRoot.querySelectorAll<HTMLElement>('.results a')];
    const at = places.indexOf(event.target as HTMLInputElement);
    const next = places[at + step];
    if (step === 0 || at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };

  async #again(query: string, signal: AbortSignal): Promise<void> {
    await (await this.instance()).ready.catch(() => {});
    if (!signal.aborted) void this.search(query);
  }

  #resultsTemplate({ results }: SearchResults): TemplateResult | typeof nothing {
    if (results.length === 0) return nothing;
    return html`<ol>
      ${results.map((result) => this.#resultTemplate(result))}
    </ol>`;
  }

  #resultTemplate({ excerpt, marks, source }: SearchResult): TemplateResult {
    // The line with the last word of the query: headings stand above it.
    const at = marks.at(-1)?.start ?? 0;
    const line = excerpt.slice(excerpt.lastIndexOf('\n', at) + 1);
    const path = pathOf(source);
    return html`<li part="result">
      ${linkTemplate(passageLink(source, line, this.addressBase), source.title)}
      ${path === '' ? nothing : html`<span part="path" class="path" dir="auto" lang=${this.languageOf(source.pack)}>${path}</span>`}
      <p part="excerpt" class="excerpt" dir="auto" lang=${this.languageOf(source.pack)}>${marked(excerpt.replaceAll('\n', ' '), marks)}</p>
    </li>`;
  }
}
