/** `<cento-complete>`: ghost text in the field that stands inside it. See `ghost.ts` for the keys. */

import { html, type PropertyValues, type TemplateResult } from 'lit';
import { CentoElement } from './base.js';
import { type Field, Ghost, type GhostText, isField, nextWords } from './ghost.js';
import { baseStyles, completeStyles } from './styles.js';
import type { CentoCompleteElement } from './types.js';

/** How long one must have paused before a suggestion is read out. */
const ANNOUNCE_MS = 900;

export class CentoComplete extends CentoElement implements CentoCompleteElement {
  static override properties = {
    ...CentoElement.properties,
    maxTokens: { type: Number, attribute: 'max-tokens' },
    acceptKeys: { attribute: 'accept-keys' },
  };
  static override styles = [baseStyles, completeStyles];

  declare maxTokens: number;
  declare acceptKeys: string;
  #ghost: Ghost | undefined;
  #field: Field | null = null;
  #announcing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.maxTokens = 8;
    this.acceptKeys = 'Tab ArrowForward';
  }

  get field(): Field | null {
    return this.#field;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#detach();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('acceptKeys')) this.#attach();
  }

  protected override render(): TemplateResult {
    return html`<slot @slotchange=${() => this.#attach()}></slot>${this.spokenTemplate()}`;
  }

  #attach(): void {
    const fields = [...this.querySelectorAll('textarea, input')];
    const field = fields.find(isField) ?? null;
    this.#detach();
    if (!field || !this.isConnected || !this.isSupported) return;
    this.#field = field;
    this.#ghost = new Ghost({
      field,
      container: this.renderRoot as ShadowRoot,
      suggest: (before, signal) => this.#suggest(before, signal),
      acceptKeys: this.acceptKeys.split(/\s+/) as ('Tab' | 'ArrowForward')[],
      onShow: (ghost) => this.#announce(ghost),
      onAccept: (ghost) => this.emit('cento-accept', ghost),
    });
  }

  #detach(): void {
    clearTimeout(this.#announcing);
    this.#ghost?.remove();
    this.#ghost = undefined;
    this.#field = null;
  }

  async #suggest(before: string, signal: AbortSignal): Promise<GhostText | undefined> {
    return nextWords(await this.instance(), before, this.maxTokens, signal);
  }

  #announce(ghost: GhostText | undefined): void {
    clearTimeout(this.#announcing);
    this.spoken = '';
    if (!ghost) return;
    this.emit('cento-suggestion', ghost);
    this.#announcing = setTimeout(() => {
      const word = /\S*$/.exec(this.#field?.value ?? '')?.[0] ?? '';
      this.spoken = this.say('suggestion', { text: `${word}${ghost.text}`.trim() });
    }, ANNOUNCE_MS);
  }
}
