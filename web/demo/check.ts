/** "Check a text": each sentence of any text held against the pack. */

import type { CheckedSentence, CheckReport, Verdict } from '../src/index.js';
import { h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import { Apparatus, hueOf } from './passage.js';
import type { SourceCard } from './source-card.js';
import { type Reading, TextPanel } from './text-panel.js';

/** Told apart by sign, underline and colour. */
const VERDICTS: Record<Verdict, { name: string; sign: string; label: string; meaning: string }> = {
  attested: { name: 'attested', sign: '✓', label: 'attested', meaning: 'the documents say it' },
  'near miss': {
    name: 'near-miss',
    sign: '≠',
    label: 'near miss',
    meaning: 'the documents say it otherwise',
  },
  unsupported: {
    name: 'unsupported',
    sign: '?',
    label: 'unsupported',
    meaning: 'the documents do not say it',
  },
};

export function setUpCheck(library: Library, card: SourceCard, example: string): void {
  new TextPanel('check', library, card, {
    example,
    waiting: 'Reading…',
    read: async (cento, text, signal) => reading(text, await cento.check(text, { signal }), card),
  });
}

function reading(text: string, report: CheckReport, card: SourceCard): Reading {
  const apparatus = new Apparatus('check-source');
  const view = h('p', { class: 'text', dir: 'auto' });
  let at = 0;
  for (const sentence of report.details) {
    view.append(text.slice(at, sentence.start), sentenceNode(text, sentence, apparatus, card));
    at = sentence.end;
  }
  view.append(text.slice(at));
  const summary =
    `Of ${format.plural(report.sentences, 'sentence')}, ${format.count(report.attested)} attested, ` +
    `${format.plural(report.nearMiss, 'near miss', 'near misses')}, ${format.count(report.unsupported)} unsupported.`;
  return { view, apparatus, summary, share: report.coverage.share, legend: legend(report) };
}

function sentenceNode(
  text: string,
  sentence: CheckedSentence,
  apparatus: Apparatus,
  card: SourceCard,
): HTMLElement {
  const { start, end, verdict, source, evidence, differs, documentsSay } = sentence;
  const { name, sign, label } = VERDICTS[verdict];
  const number = source ? apparatus.add(source, evidence) : 0;
  const differ = verdict === 'near miss' && differs.end > differs.start;
  const words = differ
    ? [
        text.slice(start, differs.start),
        h('del', {}, text.slice(differs.start, differs.end)),
        documentsSay !== '' && h('ins', {}, documentsSay),
        text.slice(differs.end, end),
      ]
    : [text.slice(start, end)];
  const element = h(
    'span',
    { class: `checked ${name}` },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    h('span', { class: 'visually-hidden' }, `${label}: `),
    ...words,
    number > 0 && h('sup', { 'aria-hidden': 'true' }, String(number)),
  );
  if (source) {
    element.setAttribute('aria-describedby', apparatus.idOf(number));
    card.attach(element, { text: evidence, number, hue: hueOf(number), sources: [source] });
  }
  return element;
}

function legend({ attested, nearMiss, unsupported }: CheckReport): HTMLElement {
  const counts: Record<Verdict, number> = { attested, 'near miss': nearMiss, unsupported };
  const items = Object.entries(VERDICTS).map(([verdict, { name, sign, label, meaning }]) =>
    h(
      'li',
      {},
      h('span', { class: 'legend-count' }, format.count(counts[verdict as Verdict])),
      h(
        'span',
        { class: `checked ${name}` },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
        label,
      ),
      h('span', { class: 'legend-meaning' }, meaning),
    ),
  );
  return h('ul', { class: 'legend', 'aria-label': 'What the marks mean' }, ...items);
}
