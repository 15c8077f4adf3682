/** "Continue a sentence": the form, the text as it is composed, its proof, and kind refusals. */

import type { Answer, Cento, CompleteOptions, Grounding, Suggestion } from '../src/index.js';
import { button, byId, h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import { measured, measureMemory, setMeter } from './meters.js';
import { proofOf } from './proof.js';
import { reasonsOf } from './reasons.js';
import type { SourceCard } from './source-card.js';
import { TextView } from './text-view.js';
import { WhyPanel } from './why.js';
import { Writer } from './writer.js';

/** What a text is made from. It is kept in the address, so a reload gives the same text again. */
interface Request {
  prompt: string;
  seed: number;
  grounding: Grounding;
  maxTokens: number;
}

export class ComposePanel {
  readonly #library: Library;
  readonly #card: SourceCard;
  readonly #offered: string[];
  readonly #form = byId('compose-form', HTMLFormElement);
  readonly #prompt: Writer;
  readonly #why: WhyPanel;
  readonly #length = byId('length', HTMLInputElement);
  readonly #result = byId('result', HTMLDivElement);
  readonly #status = byId('result-status', HTMLParagraphElement);
  #running = new AbortController();
  #latest: Request | undefined;

  constructor(library: Library, card: SourceCard, offered: string[]) {
    this.#library = library;
    this.#card = card;
    this.#offered = offered;
    this.#prompt = new Writer(
      {
        field: byId('prompt', HTMLTextAreaElement),
        mirror: byId('prompt-mirror', HTMLDivElement),
        box: byId('prompt-box', HTMLDivElement),
        grid: byId('prompt-suggestions', HTMLDivElement),
        status: byId('prompt-status', HTMLParagraphElement),
      },
      {
        suggest: (text, signal) => this.#suggest(text, signal),
        explain: (text, next) =>
          void this.#why.open(asSentence(text), text === '' ? asSentence(next) : next),
        submit: () => this.#form.requestSubmit(),
      },
    );
    this.#why = new WhyPanel(library, () => this.#prompt.focus());
    byId('prompt', HTMLTextAreaElement).addEventListener('input', () => this.#why.close());
    byId('prompt-why', HTMLButtonElement).addEventListener('click', () => {
      void this.#why.open(asSentence(this.#prompt.value.replace(/[ ]$/, ''))); // tokens begin with their space
    });
    byId('offers', HTMLFieldSetElement).append(...this.#offers(offered.slice(0, 6)));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start({ ...this.#settings(), prompt: this.#prompt.value, seed: 0 });
    });
    this.#form.addEventListener('change', (event) => {
      if (event.target instanceof HTMLInputElement && this.#latest) {
        this.#start({ ...this.#latest, ...this.#settings() });
      }
    });
    this.#length.addEventListener('input', () => this.#showLength());
    const asked = requestFrom(location.hash);
    if (asked) {
      this.#prompt.value = asked.prompt;
      this.#length.value = String(asked.maxTokens);
      (this.#form.elements.namedItem('grounding') as RadioNodeList).value = asked.grounding;
      // The whole pack, so that the address gives the same text on every visit.
      void library.ready.then(() => {
        if (!this.#latest) this.#start(asked);
      });
    }
    this.#showLength();
  }

  #settings(): Pick<Request, 'grounding' | 'maxTokens'> {
    const data = new FormData(this.#form);
    return {
      grounding: data.get('grounding') as Grounding,
      maxTokens: this.#length.valueAsNumber,
    };
  }

  #showLength(): void {
    byId('length-value', HTMLOutputElement).textContent = `${this.#length.value} tokens`;
  }

  #offers(prompts: string[]): HTMLButtonElement[] {
    return prompts.map((prompt) =>
      button(
        prompt,
        () => {
          this.#prompt.value = prompt;
          this.#start({ ...this.#settings(), prompt, seed: 0 });
        },
        'offer',
      ),
    );
  }

  async #suggest(text: string, signal: AbortSignal): Promise<Suggestion[]> {
    const cento = await this.#library.instance;
    const start = performance.now();
    const { suggestions } = await cento.suggest(asSentence(text), { signal });
    setMeter('suggest', format.milliseconds(performance.now() - start));
    return suggestions;
  }

  #start(request: Request): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#latest = request;
    history.replaceState(null, '', hashOf(request));
    this.#card.close();
    this.#why.close();
    this.#result.hidden = false;
    void this.#compose(request, this.#running.signal);
  }

  async #compose(request: Request, signal: AbortSignal): Promise<void> {
    const { prompt, seed, grounding, maxTokens } = request;
    const view = new TextView(this.#card, 'source', prompt);
    this.#result.replaceChildren(
      h('p', { class: 'waiting' }, 'The first shard is on its way; the answer follows it at once.'),
    );
    const cento = await this.#library.asked();
    if (signal.aborted) return;
    this.#result.replaceChildren(view.element);
    try {
      const options: CompleteOptions = { seed, grounding, maxTokens, signal };
      const completion = await this.#stream(cento, prompt, options, view);
      if (completion.refused) this.#refuse(request, completion);
      else this.#finish(cento, request, completion, view);
    } catch (error) {
      if (signal.aborted) return;
      this.#result.replaceChildren(h('p', { class: 'notice' }, (error as Error).message));
      this.#status.textContent = (error as Error).message;
    }
  }

  async #stream(
    cento: Cento,
    prompt: string,
    options: CompleteOptions,
    view: TextView,
  ): Promise<Answer> {
    const stream = cento.complete(prompt, options);
    for await (const fragment of measured(stream)) view.add(fragment);
    const completion = await stream.result;
    void measureMemory(cento);
    return completion;
  }

  #finish(cento: Cento, request: Request, completion: Answer, view: TextView): void {
    const { fragments, coverage, receipt, reason } = completion;
    const { verify, proof } = proofOf(cento, completion);
    const [inside, reasons] = reasonsOf(cento, completion, 'result-reasons', request.prompt);
    const another = button(
      'Another one',
      () => this.#start({ ...request, ...this.#settings(), seed: request.seed + 1 }),
      'primary',
    );
    const copy = button('Copy', () => {
      void navigator.clipboard.writeText(request.prompt + completion.text).then(() => {
        copy.textContent = 'Copied';
      });
    });
    const facts = [
      `${format.plural(fragments.length, 'passage')} from ${format.plural(view.sources, 'source')}`,
      coverage.share < 1 && `the pack was covered to ${format.share(coverage.share)} then`,
      `seed ${receipt.options.seed} on pack ${receipt.pack.slice(0, 8)} gives these words again, anywhere`,
    ].filter((fact) => fact !== false);
    view.element.append(
      h(
        'footer',
        { class: 'result-foot' },
        h(
          'div',
          { class: 'actions' },
          another,
          inside,
          verify,
          navigator.clipboard ? copy : undefined,
        ),
        reason !== '' && h('p', { class: 'notice' }, reason),
        proof,
        reasons,
        h('p', { class: 'receipt' }, `${facts.join('; ')}.`),
      ),
    );
    this.#status.textContent = `${request.prompt}${completion.text} – ${facts[0]}.`;
    view.element.scrollIntoView({ block: 'nearest' });
  }

  #refuse(request: Request, { reason, coverage }: Answer): void {
    const isPartial = coverage.share < 1;
    if (isPartial) {
      void this.#library.ready.then(() => {
        if (this.#latest === request) this.#start({ ...request });
      });
    }
    this.#result.replaceChildren(
      h(
        'div',
        { class: 'refusal' },
        h('h3', {}, 'No passage goes on from here.'),
        h('p', { dir: 'auto' }, h('q', {}, request.prompt)),
        h('p', {}, reason),
        h(
          'p',
          {},
          isPartial
            ? `Answers cover ${format.share(coverage.share)} of the pack so far, so this is tried again when all of it is here. Or begin like this:`
            : 'Cento says only what its sources say. Begin as they might:',
        ),
        h('div', { class: 'offers' }, ...this.#offers(this.#offered.slice(0, 4))),
      ),
    );
    this.#status.textContent = `Refused: ${reason}`;
  }
}

/** Most sentences stand behind another one, so their first word has a space before it. */
const asSentence = (text: string) => (/^[\p{Lu}\p{Ll}]/u.test(text) ? ` ${text}` : text);

function hashOf({ prompt, seed, grounding, maxTokens }: Request): string {
  return `#${new URLSearchParams({
    continue: prompt,
    seed: String(seed),
    splice: grounding,
    length: String(maxTokens),
  })}`;
}

function requestFrom(hash: string): Request | undefined {
  const values = new URLSearchParams(hash.slice(1));
  const prompt = values.get('continue');
  const [seed, maxTokens] = [Number(values.get('seed')), Number(values.get('length') ?? 80)];
  const grounding = values.get('splice') ?? 'phrase';
  const isUsable =
    prompt &&
    Number.isSafeInteger(seed) &&
    seed >= 0 &&
    Number.isInteger(maxTokens) &&
    maxTokens >= 1 &&
    maxTokens <= 200 &&
    ['quote', 'sentence', 'phrase'].includes(grounding);
  return isUsable ? { prompt, seed, maxTokens, grounding: grounding as Grounding } : undefined;
}
