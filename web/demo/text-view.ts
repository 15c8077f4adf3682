/** Text that is made of passages, as they arrive, with the list of their sources beside it. */

import type { Fragment, Range } from '../src/index.js';
import { h } from './dom.js';
import { Apparatus, hueOf, passageNodes } from './passage.js';
import type { SourceCard } from './source-card.js';

type Stretch = Pick<Range, 'start' | 'end'>;

export class TextView {
  readonly element = h('article', { class: 'text-view' });
  readonly #text = h('p', { class: 'text', dir: 'auto' });
  readonly #apparatus: Apparatus;
  readonly #card: SourceCard;
  readonly #fragments: Fragment[] = [];

  /** `prefix` makes the ids of the sources; `prompt` stands before the first passage. */
  constructor(card: SourceCard, prefix = 'source', prompt = '') {
    this.#card = card;
    this.#apparatus = new Apparatus(prefix);
    if (prompt !== '') this.#text.append(h('span', { class: 'prompt' }, prompt));
    this.element.append(this.#text, this.#apparatus.element);
  }

  get sources(): number {
    return this.#apparatus.size;
  }

  /** `joint` stands before it, unless it is the first. */
  add(fragment: Fragment, joint = ''): void {
    if (this.#fragments.length > 0) this.#text.append(joint);
    this.#fragments.push(fragment);
    this.#append(fragment);
  }

  /** Shows the whole text, with what joins its fragments, and marks a range of it. */
  settle(text: string, marked?: Stretch | null): void {
    this.#text.replaceChildren();
    let at = 0;
    for (const fragment of this.#fragments) {
      const begin = Math.max(text.indexOf(fragment.text, at), at);
      this.#text.append(text.slice(at, begin));
      const mark = marked && { start: marked.start - begin, end: marked.end - begin };
      this.#append(fragment, mark ?? undefined);
      at = begin + fragment.text.length;
    }
  }

  #append({ text, source, why }: Fragment, marked?: Stretch): void {
    const number = this.#apparatus.add(source, text);
    const passage = { text, number, hue: hueOf(number), sources: [source], why, marked };
    this.#text.append(...passageNodes(passage, this.#apparatus.idOf(number), this.#card));
  }
}
