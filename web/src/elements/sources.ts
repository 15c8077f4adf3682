/** `<cento-sources>`: the sources of an answer, in a place of their own. */

import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { Fragment } from '../client/types.js';
import { CentoElement } from './base.js';
import { sourcesTemplate } from './passages.js';
import { baseStyles } from './styles.js';
import { sourceStyles } from './text-styles.js';
import type { CentoElementEvents, CentoSourcesElement } from './types.js';

export class CentoSources extends CentoElement implements CentoSourcesElement {
  static override properties = {
    ...CentoElement.properties,
    for: {},
    fragments: { attribute: false },
  };
  static override styles = [baseStyles, sourceStyles];

  declare for: string;
  declare fragments: readonly Fragment[];
  #forget = () => {};

  constructor() {
    super();
    this.for = '';
    this.fragments = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('for')) this.#listen();
  }

  protected override render(): TemplateResult {
    return html`<slot ?hidden=${this.fragments.length > 0}></slot>
      ${sourcesTemplate(this.fragments, this.addressBase, this.say('sources'))}`;
  }

  /** To the whole tree, so that the element with answers may come later than this one. */
  #listen(): void {
    this.#forget();
    const root = this.getRootNode();
    const clear = (event: Event) => {
      if (this.#isOurs(event)) this.fragments = [];
    };
    const show = (event: Event) => {
      if (!this.#isOurs(event)) return;
      const { detail } = event as CustomEvent<CentoElementEvents['cento-sources']>;
      this.fragments = detail.fragments;
      const { pack, baseUrl } = event.target as CentoElement;
      if (this.pack === '' && pack !== '') this.pack = pack;
      this.baseUrl ??= baseUrl;
    };
    root.addEventListener('cento-question', clear);
    root.addEventListener('cento-sources', show);
    this.#forget = () => {
      root.removeEventListener('cento-question', clear);
      root.removeEventListener('cento-sources', show);
    };
  }

  #isOurs({ target }: Event): boolean {
    return this.for !== '' && (target as Element).id === this.for;
  }
}
