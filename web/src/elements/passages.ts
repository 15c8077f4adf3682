/** Text that is made of passages, and the list of their sources. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Fragment, Range, Source } from '../client/types.js';
import { passageLink } from './links.js';

/** Sources are numbered in the order of their first passage: one number for each document. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  numberOf({ pack, documentId }: Pick<Source, 'pack' | 'documentId'>): number {
    const key = JSON.stringify([pack, documentId]);
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** A stretch of a text: a fragment, or what stands between two. */
export interface Piece {
  text: string;
  fragment?: Fragment;
  /** Where it begins in the whole. */
  start: number;
}

/** The whole text as pieces; while it is still being composed (`text` undefined) joined by spaces. */
export function piecesOf(fragments: readonly Fragment[], text?: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const fragment of fragments) {
    const begin = text === undefined ? at : Math.max(text.indexOf(fragment.text, at), at);
    const gap = text?.slice(at, begin) ?? (at > 0 ? ' ' : '');
    if (gap !== '') pieces.push({ text: gap, start: at });
    // White space around a passage stays outside, where it is not underlined.
    const words = fragment.text.trim();
    const lead = fragment.text.length - fragment.text.trimStart().length;
    if (lead > 0) pieces.push({ text: fragment.text.slice(0, lead), start: begin });
    if (words !== '') pieces.push({ text: words, fragment, start: begin + lead });
    const tail = fragment.text.slice(lead + words.length);
    if (tail !== '') pieces.push({ text: tail, start: begin + lead + words.length });
    at = begin + fragment.text.length;
  }
  return pieces;
}

/** Text whose empty lines are set as a small gap. */
export function lines(text: string): unknown {
  const blocks = text.split(/\n{2,}/);
  if (blocks.length === 1) return text;
  return blocks.map((block, i) => (i === 0 ? block : html`<span class="gap"></span>${block}`));
}

/** Text with a mark around each of `ranges`, which begin at `start` of the text's own beginning. */
export function marked(
  text: string,
  ranges: readonly Pick<Range, 'start' | 'end'>[],
  start = 0,
): unknown[] {
  const parts: unknown[] = [];
  let at = 0;
  for (const range of ranges) {
    const from = Math.min(Math.max(range.start - start, at), text.length);
    const to = Math.min(Math.max(range.end - start, from), text.length);
    if (from === to) continue;
    parts.push(
      lines(text.slice(at, from)),
      html`<mark part="mark">${lines(text.slice(from, to))}</mark>`,
    );
    at = to;
  }
  return [...parts, lines(text.slice(at))];
}

interface Listed {
  number: number;
  title: string;
  href: string | undefined;
  paths: Set<string>;
}

/** A numbered list with a link to the first passage of each source. */
export function sourcesTemplate(
  quoted: readonly { text: string; source: Source }[],
  base: string,
  label: string,
): TemplateResult | typeof nothing {
  const numbering = new Numbering();
  const listed: Listed[] = [];
  for (const { text, source } of quoted) {
    const number = numbering.numberOf(source);
    let entry = listed[number - 1];
    if (!entry) {
      const href = passageLink(source, text, base);
      entry = { number, title: source.title, href, paths: new Set() };
      listed.push(entry);
    }
    const path = pathOf(source);
    if (path !== '') entry.paths.add(path);
  }
  if (listed.length === 0) return nothing;
  return html`<div part="sources" class="sources" role="group" aria-label=${label}>
    <p class="sources-title" aria-hidden="true">${label}</p>
    <ol>
      ${listed.map(
        ({ number, title, href, paths }) =>
          html`<li part="source">
            <span part="number" class="number" aria-hidden="true">${number}</span>
            <span class="entry"
              >${linkTemplate(href, title)}
              ${[...paths].map((path) => html`<span part="path" class="path" dir="auto">${path}</span>`)}</span
            >
          </li>`,
      )}
    </ol>
  </div>`;
}

/** Headings that say more than the title does. */
export function pathOf({ headings, title }: Pick<Source, 'headings' | 'title'>): string {
  return (headings[0] === title ? headings.slice(1) : headings).join(' › ');
}

/** A link, or plain text where there is no address. Pages of other sites open beside this one. */
export function linkTemplate(
  href: string | undefined,
  text: string | TemplateResult | (string | TemplateResult)[],
): TemplateResult {
  if (href === undefined) return html`<bdi part="title" class="title">${text}</bdi>`;
  const isOurs = new URL(href).origin === location.origin;
  return html`<a
    part="link"
    class="title"
    href=${href}
    target=${isOurs ? nothing : '_blank'}
    rel=${isOurs ? nothing : 'noopener'}
    ><bdi>${text}</bdi></a
  >`;
}
