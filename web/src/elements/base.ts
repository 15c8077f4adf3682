/** What all elements have in common: their pack, when it is loaded, their words, and their progress line. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CentoError } from '../client/error.js';
import type { Cento } from '../index.js';
import { packBase } from './links.js';
import { givenPack, type PackState, type SharedPack, sharedPack } from './pack.js';
import { bytes, ENGLISH, fill, percent, type Strings } from './strings.js';
import type { CentoElementBase, CentoElementEvents } from './types.js';

/** Objects as JSON in an attribute; what is no JSON counts as nothing. */
export const jsonAttribute = <T>(fallback: T) => ({
  converter: {
    fromAttribute(value: string | null): T {
      try {
        return JSON.parse(value ?? '') as T;
      } catch {
        return fallback;
      }
    },
  },
});

const BASE_PROPERTIES = {
  pack: {},
  workerUrl: { attribute: 'worker-url' },
  wasmUrl: { attribute: 'wasm-url' },
  baseUrl: { attribute: 'base-url' },
  load: {},
  strings: jsonAttribute({}),
  cento: { attribute: false },
  spoken: { state: true },
};

export abstract class CentoElement extends LitElement implements CentoElementBase {
  static override properties: Record<string, object> = BASE_PROPERTIES;

  declare pack: string;
  declare workerUrl: string | undefined;
  declare wasmUrl: string | undefined;
  declare baseUrl: string | undefined;
  declare load: CentoElementBase['load'];
  declare strings: Partial<Strings>;
  declare cento: Cento | Promise<Cento> | undefined;
  /** For screen readers, politely. */
  declare protected spoken: string;

  /** Undefined while the element has no pack. */
  protected shared: SharedPack | undefined;
  #leave = () => {};
  #seen: PackState = 'idle';
  #isUsed = false;
  #watching: IntersectionObserver | undefined;

  constructor() {
    super();
    this.pack = '';
    this.load = 'interaction';
    this.strings = {};
    this.spoken = '';
    const wake = () => {
      if (this.isConnected) this.wake();
    };
    this.addEventListener('focusin', wake);
    this.addEventListener('pointerdown', wake);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#join();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#part();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (
      !this.hasUpdated ||
      ['pack', 'workerUrl', 'wasmUrl', 'cento', 'load'].some((name) => changed.has(name))
    ) {
      this.#join();
    }
  }

  /** The language whose numbers and words are shown. */
  protected get language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || 'en';
  }

  /** The language of a pack's texts, for their `lang`: screen readers and hyphenation go by it. */
  languageOf(pack: string | undefined): string | typeof nothing {
    return this.shared?.languages.get(pack ?? '') ?? nothing;
  }

  protected say(name: keyof Strings, values: Record<string, string | number> = {}): string {
    return fill(this.strings[name] ?? ENGLISH[name], values);
  }

  /** What relative addresses in the pack are relative to. */
  get addressBase(): string {
    if (this.baseUrl !== undefined) return new URL(this.baseUrl, document.baseURI).href;
    return this.pack === '' ? document.baseURI : packBase(this.pack);
  }

  /** Begins loading; failures are shown by the element. */
  protected wake(): void {
    if (!this.#isUsed) {
      this.#isUsed = true;
      this.requestUpdate();
    }
    if (this.shared && this.isSupported && this.shared.state === 'idle') {
      this.shared.load().catch(() => {});
    }
  }

  /** The instance, for a call. Rejects where it cannot be had. */
  protected async instance(): Promise<Cento> {
    if (!this.shared) throw new Error(`<${this.localName}> has no pack.`);
    this.#isUsed = true;
    return this.shared.load();
  }

  /** Tells of a failed call; an instance whose worker died is made anew by the next one. */
  protected failedWith(error: CentoError): void {
    if (error.code === 'WorkerError' || error.code === 'InvalidStateError')
      this.shared?.drop(error);
    else this.emit('cento-error', { error });
  }

  protected get isSupported(): boolean {
    const error = this.shared?.error;
    return (
      typeof WebAssembly !== 'undefined' &&
      typeof Worker !== 'undefined' &&
      error?.code !== 'NotSupportedError'
    );
  }

  protected emit<Type extends keyof CentoElementEvents>(
    type: Type,
    detail: CentoElementEvents[Type],
  ): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  // ---------------------------------------------------------------------------------- templates

  /** In place of the element where the engine cannot run: what the page has put into it, and why. */
  protected unsupportedTemplate(): TemplateResult {
    return html`<slot></slot>
      <p part="notice" class="notice">${this.say('notSupported')}</p>`;
  }

  /**
   * A hint; in its place, which it keeps so that nothing moves, how far the download is or what went wrong.
   * Of the elements that share a pack those show it that were used.
   */
  protected statusTemplate(hint: string): TemplateResult {
    const { state = 'idle', error } = this.shared ?? {};
    const isLoading = state === 'loading' || state === 'answering';
    const now =
      state === 'failed'
        ? html`<span part="error" class="now failed"
            >${this.say('failed')} ${error?.message}
            <button part="retry" class="quiet" type="button" @click=${this.wakeAgain}>
              ${this.say('retry')}
            </button></span
          >`
        : isLoading && this.#isUsed
          ? this.#progressTemplate()
          : nothing;
    return html`<div part="status" class="status">
      <span class="hint" ?data-covered=${now !== nothing}>${hint}</span>${now}
    </div>`;
  }

  #progressTemplate(): TemplateResult {
    const { progress } = this.shared ?? {};
    const figures = (value: number) => bytes(value, this.language);
    const text = !progress
      ? this.say('loading')
      : progress.loaded === 1
        ? this.say('preparing')
        : this.say('progress', {
            done: figures(progress.bytes),
            all: figures(progress.totalBytes),
          });
    return html`<span class="now"
      ><progress
        part="progress"
        aria-label=${this.say('loading')}
        max="1"
        .value=${progress?.loaded ?? 0}
      ></progress
      ><span class="figures">${text}</span></span
    >`;
  }

  protected partialTemplate(share: number): TemplateResult | typeof nothing {
    if (share >= 1) return nothing;
    return html`<p part="note" class="note">
      ${this.say('partial', { share: percent(share, this.language) })}
    </p>`;
  }

  protected spokenTemplate(): TemplateResult {
    return html`<p class="visually-hidden" role="status">${this.spoken}</p>`;
  }

  protected readonly wakeAgain = (): void => {
    this.shared?.load().catch(() => {});
  };

  // -------------------------------------------------------------------------------------- loading

  #join(): void {
    this.#part();
    if (this.cento) this.shared = givenPack(this.cento);
    else if (this.pack !== '') this.shared = sharedPack(this);
    else return;
    this.#seen = this.shared.state;
    this.#leave = this.shared.use(() => this.#changed());
    if (this.cento || this.load === 'eager') queueMicrotask(() => this.wake());
    else if (this.load === 'visible') this.#watch();
  }

  #part(): void {
    this.#leave();
    this.#leave = () => {};
    this.#watching?.disconnect();
    this.shared = undefined;
  }

  #watch(): void {
    this.#watching = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#watching?.disconnect();
        this.wake();
      },
      { rootMargin: '200px' },
    );
    this.#watching.observe(this);
  }

  #changed(): void {
    const { shared } = this;
    if (!shared) return;
    this.requestUpdate();
    const { state, progress, error } = shared;
    if (state === 'loading' && progress) this.emit('cento-progress', progress);
    if (state === this.#seen) return;
    const wasAnswering = this.#seen === 'answering';
    this.#seen = state;
    if (state === 'failed' && error) {
      this.spoken = `${this.say('failed')} ${error.message}`;
      this.emit('cento-error', { error });
    } else if ((state === 'answering' || state === 'ready') && !wasAnswering) {
      shared.load().then(
        (cento) => this.emit('cento-ready', { cento }),
        () => {},
      );
    }
  }
}
