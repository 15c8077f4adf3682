/** "Trace a text": which spans of any text stand in the pack, and where. */

import type { Trace, TraceSpan } from '../src/index.js';
import { h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import { Apparatus, hueOf, passageNodes } from './passage.js';
import type { SourceCard } from './source-card.js';
import { type Reading, TextPanel } from './text-panel.js';

const EXAMPLE =
  'It is one of the poorest countries in the world, says my neighbour, but it has achieved high ' +
  'growth rates based on its vast natural resource wealth. Nobody told her that the terrain is ' +
  'mostly mountains, or that elections were held in late October.';

export function setUpTrace(library: Library, card: SourceCard): void {
  new TextPanel('trace', library, card, {
    example: EXAMPLE,
    waiting: 'Looking…',
    read: async (cento, text, signal) => {
      const trace = await cento.trace(text, { signal });
      return { ...reading(text, trace, card), share: cento.coverage.share };
    },
  });
}

function reading(
  text: string,
  { spans, covered }: Trace,
  card: SourceCard,
): Omit<Reading, 'share'> {
  const apparatus = new Apparatus('trace-source');
  const view = h('p', { class: 'text', dir: 'auto' });
  let at = 0;
  for (const { start, end, sources, count } of cover(spans)) {
    const begin = Math.max(start, at);
    const [first] = sources;
    const run = text.slice(begin, end);
    if (!first || !/[\p{L}\p{N}]/u.test(run)) continue; // a mere comma is left alone
    const number = apparatus.add(first, text.slice(start, end));
    const passage = { text: run, number, hue: hueOf(number), sources, count };
    view.append(text.slice(at, begin), ...passageNodes(passage, apparatus.idOf(number), card));
    at = end;
  }
  view.append(text.slice(at));
  const summary =
    spans.length === 0
      ? 'No three words of it in a row stand in the pack.'
      : `${format.share(covered)} of the words stand in the pack, in runs of at least three.`;
  return { view, apparatus, summary };
}

/** Spans may overlap; these are the fewest that mark the same words. What two share belongs to the first. */
function cover(spans: TraceSpan[]): TraceSpan[] {
  const chosen: TraceSpan[] = [];
  let at = 0;
  for (let i = 0; i < spans.length; ) {
    // Of those that begin where the marked words end, or before, the one that reaches furthest; none
    // contains another, so that is the last.
    let last = i;
    while ((spans[last + 1]?.start ?? Number.POSITIVE_INFINITY) <= at) last++;
    const span = spans[last] as TraceSpan;
    chosen.push(span);
    at = span.end;
    i = last + 1;
  }
  return chosen;
}
