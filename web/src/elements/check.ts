/** `<cento-check>`: each sentence of a text held against the pages. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CentoError } from '../client/error.js';
import type { CheckedSentence, CheckReport, Verdict } from '../client/types.js';
import { CentoElement } from './base.js';
import { SourceCard } from './card.js';
import { Numbering, sourcesTemplate } from './passages.js';
import type { Strings } from './strings.js';
import { baseStyles, fieldStyles } from './styles.js';
import { answerStyles, cardStyles, checkStyles, sourceStyles } from './text-styles.js';
import type { CentoCheckElement } from './types.js';

interface Manner {
  className: string;
  sign: string;
  label: keyof Strings;
  meaning: keyof Strings;
}

/** Told apart by sign, underline and colour. */
const MANNERS: Record<Verdict, Manner> = {
  attested: { className: 'attested', sign: '✓', label: 'attested', meaning: 'attestedMeaning' },
  'near miss': { className: 'near-miss', sign: '≠', label: 'nearMiss', meaning: 'nearMissMeaning' },
  unsupported: {
    className: 'unsupported',
    sign: '?',
    label: 'unsupported',
    meaning: 'unsupportedMeaning',
  },
};

export class CentoCheck extends CentoElement implements CentoCheckElement {
  static override properties = {
    ...CentoElement.properties,
    label: {},
    placeholder: {},
    value: {},
    for: {},
    checked: { state: true },
    isBusy: { state: true },
  };
  static override styles = [
    baseStyles,
    fieldStyles,
    answerStyles,
    sourceStyles,
    cardStyles,
    checkStyles,
  ];

  declare label: string;
  declare placeholder: string;
  declare value: string;
  declare for: string;
  declare private checked: { text: string; report?: CheckReport; error?: CentoError } | undefined;
  declare private isBusy: boolean;
  readonly #card = new SourceCard(
    this,
    () => this.instance(),
    (name) => this.say(name),
  );
  #running = new AbortController();

  constructor() {
    super();
    this.label = '';
    this.placeholder = '';
    this.value = '';
    this.for = '';
    this.isBusy = false;
  }

  async check(text = this.#text): Promise<CheckReport | undefined> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#card.close();
    this.checked = undefined;
    if (text.trim() === '') return undefined;
    if (this.for === '') this.value = text;
    this.isBusy = true;
    try {
      const cento = await this.instance();
      await cento.ready.catch(() => {}); // what the later shards say is not unsupported
      signal.throwIfAborted();
      const report = await cento.check(text, { signal });
      this.checked = { text, report };
      this.spoken = this.#summary(report);
      this.emit('cento-check', { text, report });
      return report;
    } catch (cause) {
      if (signal.aborted) return undefined;
      const error = cause as CentoError;
      this.checked = { text, error };
      this.spoken = error.message;
      if (this.shared?.state !== 'failed') this.failedWith(error);
      return undefined;
    } finally {
      if (!signal.aborted) this.isBusy = false;
    }
  }

  protected override render(): TemplateResult {
    if (!this.isSupported) return this.unsupportedTemplate();
    return html`<form part="form" @submit=${this.#onSubmit}>
        ${
          this.for === ''
            ? html`<label part="label" for="field">${this.label || this.say('checkLabel')}</label>
                <textarea
                  part="input"
                  id="field"
                  rows="5"
                  dir="auto"
                  spellcheck="false"
                  maxlength="100000"
                  placeholder=${this.placeholder || this.say('checkPlaceholder')}
                  .value=${this.value}
                  @input=${this.#onInput}
                ></textarea>`
            : nothing
        }
        <div class="row">
          ${this.statusTemplate(this.isBusy ? this.say('reading') : this.say('checkHint'))}
          <button part="button" class="primary" type="submit">${this.say('check')}</button>
        </div>
      </form>
      <div part="result" class="answers" ?data-asked=${this.isBusy || this.checked !== undefined}>
        ${this.checked ? this.#resultTemplate(this.checked.text, this.checked) : nothing}
      </div>
      ${this.#card.template()} ${this.spokenTemplate()}`;
  }

  get #text(): string {
    if (this.for === '') return this.value;
    const other = (this.getRootNode() as Document | ShadowRoot).getElementById(this.for);
    if (other instanceof HTMLTextAreaElement || other instanceof HTMLInputElement)
      return other.value;
    // biome-ignore lint/performance/useDomNodeTextContent: sentences end where blocks do.
    return other?.innerText ?? '';
  }

  readonly #onInput = (event: Event): void => {
    this.value = (event.target as HTMLTextAreaElement).value;
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.check();
  };

  #summary({ attested, nearMiss, unsupported }: CheckReport): string {
    const count = (value: number, name: keyof Strings) => `${value} ${this.say(name)}`;
    return [
      count(attested, 'attested'),
      count(nearMiss, 'nearMiss'),
      count(unsupported, 'unsupported'),
    ].join(', ');
  }

  #resultTemplate(
    text: string,
    { report, error }: { report?: CheckReport; error?: CentoError },
  ): TemplateResult {
    if (!report) return html`<p part="notice" class="notice">${error?.message}</p>`;
    const numbering = new Numbering();
    const parts: unknown[] = [];
    let at = 0;
    for (const sentence of report.details) {
      parts.push(text.slice(at, sentence.start), this.#sentence(text, sentence, numbering));
      at = sentence.end;
    }
    const quoted = report.details.flatMap(({ source, evidence }) =>
      source ? [{ text: evidence, source }] : [],
    );
    return html`${this.#legend(report)}
      <p part="text" class="text" dir="auto">${parts}${text.slice(at)}</p>
      ${this.partialTemplate(report.coverage.share)}
      ${sourcesTemplate(quoted, this.addressBase, this.say('sources'))}`;
  }

  #sentence(text: string, sentence: CheckedSentence, numbering: Numbering): TemplateResult {
    const { start, end, verdict, source, evidence, differs, documentsSay } = sentence;
    const { className, sign, label } = MANNERS[verdict];
    const isOther = verdict === 'near miss' && differs.end > differs.start;
    const other = isOther ? text.slice(differs.start, differs.end) : '';
    const before = text.slice(start, isOther ? differs.start : end);
    const after = isOther ? text.slice(differs.end, end) : '';
    // With word joiners: no line ends after a sign, or before a full stop.
    const correction =
      documentsSay === '' || !isOther
        ? nothing
        : html`<span class="visually-hidden"> (${this.say('pagesSay')} </span
            ><ins part="ins">${documentsSay}</ins>\u2060<span class="visually-hidden">) </span>`;
    const content = html`<span class="visually-hidden">${this.say(label)}: </span
      ><span class="sign" aria-hidden="true">${sign}</span>\u2060<span class="said"
        >${before}${other === '' ? nothing : html`<del part="del">${other}</del>`}</span
      >${correction}<span class="said">${after}</span>`;
    if (!source)
      return html`<span part=${className} class="checked ${className}">${content}</span>`;
    const number = numbering.numberOf(source);
    return this.#card.passage(content, { text: evidence, source, number }, `checked ${className}`);
  }

  #legend({ attested, nearMiss, unsupported }: CheckReport): TemplateResult {
    const counts: Record<Verdict, number> = { attested, 'near miss': nearMiss, unsupported };
    return html`<ul part="legend" class="legend">
      ${Object.entries(MANNERS).map(
        ([verdict, { className, sign, label, meaning }]) =>
          html`<li>
            <span class="count">${counts[verdict as Verdict]}</span>
            <span
              ><span class="checked ${className}"
                ><span class="sign" aria-hidden="true">${sign}</span>${this.say(label)}</span
              ><span class="meaning">${this.say(meaning)}</span></span
            >
          </li>`,
      )}
    </ul>`;
  }
}
