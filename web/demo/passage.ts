/** Runs of text that stand in the pack, as elements; and the list of the sources they come from. */

import { type Source, sourceLink } from '../src/index.js';
import { h } from './dom.js';
import { ownMark } from './own.js';
import { headingPath, type Passage, type SourceCard } from './source-card.js';

const HUES = 6;

/** A colour, and from the seventh source on another kind of underline, so that colours may repeat. */
export const hueOf = (number: number) =>
  `hue-${(number - 1) % HUES} line-${Math.floor((number - 1) / HUES) % 3}`;

/** Numbers sources in the order of their first passage: one number for each document. */
export class Apparatus {
  readonly element = h('aside', { class: 'apparatus', 'aria-label': 'Sources', hidden: true });
  readonly #list = h('ol');
  readonly #numbers = new Map<string, number>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.element.append(h('h3', {}, 'Sources'), this.#list);
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** The number of the passage's document, which is listed if it is new. */
  add(source: Source, text: string): number {
    const { pack, documentId, title, headings } = source;
    const key = JSON.stringify([pack, documentId]);
    const known = this.#numbers.get(key);
    if (known !== undefined) {
      this.#addHeadings(known, headings);
      return known;
    }
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    const href = sourceLink(source, text);
    const name = h('span', { class: 'source-title', dir: 'auto' }, title);
    this.#list.append(
      h(
        'li',
        { id: this.idOf(number), class: hueOf(number) },
        h('span', { class: 'number', 'aria-hidden': 'true' }, String(number)),
        h(
          'div',
          {},
          href ? h('a', { href, target: '_blank', rel: 'noopener' }, name) : name,
          ownMark(source),
        ),
      ),
    );
    this.#addHeadings(number, headings);
    this.element.hidden = false;
    return number;
  }

  idOf(number: number): string {
    return `${this.#prefix}-${number}`;
  }

  #addHeadings(number: number, headings: string[]): void {
    const entry = this.#list.children[number - 1]?.lastElementChild;
    if (!entry || headings.length === 0) return;
    const paths = [...entry.querySelectorAll('.path')].map((path) => path.textContent);
    const path = headingPath(headings);
    if (!paths.includes(path.textContent)) entry.append(path);
  }
}

/** White space around a passage stays outside, where it is not underlined. */
export function passageNodes(
  passage: Passage,
  describedBy: string,
  card: SourceCard,
): (HTMLElement | string)[] {
  const text = passage.text.trim();
  if (text === '') return [passage.text];
  const begin = passage.text.indexOf(text);
  const within = (at: number) => Math.min(Math.max(at - begin, 0), text.length);
  const start = within(passage.marked?.start ?? 0);
  const end = within(passage.marked?.end ?? 0);
  const nodes = (from: number, to: number): (HTMLElement | string)[] => {
    const [first, last] = [Math.max(from, start), Math.min(to, end)];
    return first < last
      ? [
          ...paragraphs(text.slice(from, first)),
          h('mark', {}, ...paragraphs(text.slice(first, last))),
          ...paragraphs(text.slice(last, to)),
        ]
      : paragraphs(text.slice(from, to));
  };
  // The number stays with the last word, unless that is as long as a line.
  const tail = text.length - (/\S{1,24}$/.exec(text.slice(-25))?.[0].length ?? 0);
  const element = h(
    'span',
    { class: `passage ${passage.hue}`, 'aria-describedby': describedBy },
    ...nodes(0, tail),
    h(
      'span',
      { class: 'tail' },
      ...nodes(tail, text.length),
      h('sup', { 'aria-hidden': 'true' }, String(passage.number)),
    ),
  );
  card.attach(element, passage);
  return [passage.text.slice(0, begin), element, passage.text.slice(begin + text.length)];
}

/** Empty lines as less than a line: what is quoted stays as it is. */
function paragraphs(text: string): (HTMLElement | string)[] {
  return text
    .split(/(\n{2,})/)
    .map((part, i) => (i % 2 === 0 ? part : h('span', { class: 'gap' }, part)));
}
