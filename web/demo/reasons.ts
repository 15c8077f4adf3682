/** "Why this?": for a passage of an answer, why it was chosen and what came second. */

import type { Answer, Candidate, Cento } from '../src/index.js';
import { button, fill, h } from './dom.js';
import { headingPath } from './source-card.js';

const MAX_QUOTE = 220;

/** The button, and the place where its explanation unfolds. */
export function reasonsOf(cento: Cento, answer: Answer, id: string): [HTMLElement, HTMLElement] {
  const place = h('div', { id, class: 'reasons', hidden: true });
  const toggle = button('Why this?', () => {
    place.hidden = !place.hidden;
    toggle.setAttribute('aria-expanded', String(!place.hidden));
    if (!place.hasChildNodes()) void show(0);
  });
  toggle.setAttribute('aria-expanded', 'false');
  toggle.setAttribute('aria-controls', id);

  const detail = h('div', { 'aria-live': 'polite' });
  const choices = answer.fragments.map((_, i) =>
    button(String(i + 1), () => void show(i), 'quiet'),
  );
  async function show(fragment: number): Promise<void> {
    const picker =
      choices.length > 1 && h('p', { class: 'reasons-picker' }, 'Passage ', ...choices);
    if (!place.hasChildNodes()) fill(place, picker, detail);
    choices.forEach((choice, i) => {
      choice.setAttribute('aria-label', `Passage ${i + 1}`);
      choice.setAttribute('aria-pressed', String(i === fragment));
    });
    try {
      const { reason, candidates } = await cento.explain(answer, fragment);
      fill(
        detail,
        h('p', { class: 'reasons-why' }, reason),
        candidates.length > 0 && h('ol', { class: 'candidates' }, ...candidates.map(candidateNode)),
      );
    } catch (error) {
      fill(detail, h('p', { class: 'notice' }, (error as Error).message));
    }
  }
  return [toggle, place];
}

function candidateNode({ text, source, score, parts }: Candidate, place: number): HTMLElement {
  const quote = text.trim();
  return h(
    'li',
    {},
    h('p', { class: 'candidate-rank' }, place === 0 ? 'Chosen' : `Number ${place + 1}`),
    h(
      'p',
      { class: 'candidate-text', dir: 'auto' },
      quote.length > MAX_QUOTE ? `${quote.slice(0, MAX_QUOTE)}…` : quote,
    ),
    headingPath([source.title, ...source.headings]),
    h(
      'dl',
      { class: 'score' },
      ...[{ name: 'score', value: score }, ...parts].map(({ name, value }) =>
        h('div', {}, h('dt', {}, name), h('dd', {}, value.toFixed(2).replace('-', '−'))),
      ),
    ),
  );
}
