/**
 * "Look inside" what was composed: how sure it is; for each passage why it was chosen and what came second;
 * and the levels at work on each of its tokens.
 */

import type { Answer, Candidate, Cento } from '../src/index.js';
import { button, fill, h } from './dom.js';
import * as format from './format.js';
import { headingPath } from './source-card.js';
import { TokenDetail } from './token-detail.js';
import { TokenStrip, walk } from './token-strip.js';

const MAX_QUOTE = 220;
/** Of confidence: answers below it are refused (docs/algorithms.md, "refused below"). */
const REFUSED_BELOW = 0.2;

/** The button, and the place where its explanation unfolds. `prompt` is what a completion continues. */
export function reasonsOf(
  cento: Cento,
  answer: Answer,
  id: string,
  prompt = '',
): [HTMLElement, HTMLElement] {
  const place = h('div', { id, class: 'reasons', hidden: true });
  const toggle = button('Look inside', () => {
    place.hidden = !place.hidden;
    toggle.setAttribute('aria-expanded', String(!place.hidden));
    if (!place.hasChildNodes()) void show(0);
  });
  toggle.setAttribute('aria-expanded', 'false');
  toggle.setAttribute('aria-controls', id);

  const detail = h('div', { 'aria-live': 'polite' });
  const tokens = h('div', { class: 'reasons-tokens' });
  let running = new AbortController();
  const choices = answer.fragments.map((_, i) =>
    button(String(i + 1), () => void show(i), 'quiet'),
  );
  async function show(fragment: number): Promise<void> {
    const picker =
      choices.length > 1 && h('p', { class: 'reasons-picker' }, 'Passage ', ...choices);
    if (!place.hasChildNodes()) fill(place, gauge(answer), picker, detail, tokens);
    choices.forEach((choice, i) => {
      choice.setAttribute('aria-label', `Passage ${i + 1}`);
      choice.setAttribute('aria-pressed', String(i === fragment));
    });
    running.abort();
    running = new AbortController();
    void showTokens(fragment, running.signal);
    try {
      const { reason, candidates } = await cento.explain(answer, fragment);
      fill(
        detail,
        h('p', { class: 'reasons-why' }, reason),
        candidates.length > 0 &&
          h(
            'ol',
            { class: 'candidates' },
            ...candidates.map((candidate, i) => candidateNode(candidate, i, candidates)),
          ),
      );
    } catch (error) {
      fill(detail, h('p', { class: 'notice' }, (error as Error).message));
    }
  }
  async function showTokens(fragment: number, signal: AbortSignal): Promise<void> {
    const levels = new TokenDetail(cento);
    const strip = new TokenStrip((token) => levels.show(token));
    fill(tokens, h('h4', {}, 'Token by token'), strip.element, levels.element);
    try {
      const text = prompt + answer.text;
      const [from, to] = rangeOf(answer, fragment, prompt.length);
      await walk(cento, strip, text, { from, to, signal });
    } catch (error) {
      if (!signal.aborted) fill(tokens, h('p', { class: 'notice' }, (error as Error).message));
    }
  }
  return [toggle, place];
}

/** Where a fragment stands in the answer's text, behind `offset` other units. */
function rangeOf({ text, fragments }: Answer, fragment: number, offset: number): [number, number] {
  let end = 0;
  let start = 0;
  for (const { text: run } of fragments.slice(0, fragment + 1)) {
    start = Math.max(text.indexOf(run, end), end);
    end = start + run.length;
  }
  return [offset + start, offset + end];
}

/** Whole numbers are counts. */
const scoreText = (value: number) =>
  value.toFixed(Number.isInteger(value) ? 0 : 2).replace('-', '−');

/** How sure it is, beside what it takes not to be refused. Overviews have no such figure. */
function gauge({ kind, confidence, work }: Answer): HTMLElement | false {
  if (kind === '') return false;
  const bar = h('span', { class: 'gauge-bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(confidence));
  bar.style.setProperty('--threshold', String(REFUSED_BELOW));
  return h(
    'p',
    { class: 'gauge' },
    h('span', {}, 'Sure to ', h('strong', {}, format.share(confidence))),
    bar,
    h(
      'span',
      { class: 'gauge-rule' },
      `refused below ${format.share(REFUSED_BELOW)}; ${format.plural(work, 'look-up')}`,
    ),
  );
}

function candidateNode(
  { text, source, score, parts }: Candidate,
  place: number,
  all: Candidate[],
): HTMLElement {
  const quote = text.trim();
  const best = Math.max(...all.map((candidate) => candidate.score));
  const bar = h('span', { class: 'meter candidate-score', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(best > 0 ? Math.max(0, score / best) : 0));
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
    all.length > 1 && bar,
    h(
      'dl',
      { class: 'score' },
      ...[{ name: 'score', value: score }, ...parts].map(({ name, value }) =>
        h('div', {}, h('dt', {}, name), h('dd', {}, scoreText(value))),
      ),
    ),
  );
}
