/** The passages that fit a question best, each with a link to its words. */

import { type SearchResult, type SearchResults, sourceLink } from '../src/index.js';
import { h } from './dom.js';
import { ownMark } from './own.js';
import { headingPath } from './source-card.js';

export function foundNodes({ results, corrections }: SearchResults): HTMLElement[] {
  return [
    ...corrections.map(({ from, to }) =>
      h(
        'p',
        { class: 'correction-note' },
        h('q', {}, from),
        ' was taken for ',
        h('q', {}, to),
        '.',
      ),
    ),
    results.length === 0
      ? h('p', { class: 'waiting' }, 'No passage has these words.')
      : h('ol', {}, ...results.map(resultNode)),
  ];
}

function resultNode({ excerpt, marks, source }: SearchResult): HTMLElement {
  // The line with the last word of the query: headings stand above it.
  const at = marks.at(-1)?.start ?? 0;
  const href = sourceLink(source, excerpt.slice(excerpt.lastIndexOf('\n', at) + 1));
  const name = h('span', { class: 'source-title', dir: 'auto' }, source.title);
  return h(
    'li',
    {},
    h(
      'p',
      {},
      href ? h('a', { href, target: '_blank', rel: 'noopener' }, name) : name,
      ownMark(source),
    ),
    source.headings.length > 0 && headingPath(source.headings),
    h('p', { class: 'excerpt', dir: 'auto' }, ...markedNodes(excerpt, marks)),
  );
}

function markedNodes(
  text: string,
  marks: { start: number; end: number }[],
): (HTMLElement | string)[] {
  const nodes: (HTMLElement | string)[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    nodes.push(text.slice(at, start), h('mark', {}, text.slice(start, end)));
    at = end;
  }
  return [...nodes, text.slice(at)];
}
