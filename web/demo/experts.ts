/** Why a token is as probable as it is: what every expert of the mixture says of it. */

import type { ExpertPart, Level, TokenExplanation } from '../src/index.js';
import { h } from './dom.js';
import * as format from './format.js';
import { LEVELS, levelBar, levelClass } from './levels.js';

/** Experts that look at no context. */
const EXPERTS: Record<string, string> = {
  uniform: 'any token alike',
  frequency: 'how often it stands',
  'session frequency': 'how often it stood here',
  'session class': 'its kind in this text',
  'recent tokens': 'lately in this text',
  'latest tokens': 'just now in this text',
};
/** Levels and experts that give less of the probability are folded away. */
const MIN_CONTRIBUTION = 0.005;

export function headline(
  { token, probability, bits }: TokenExplanation,
  before: string,
): HTMLElement[] {
  const last = before.trimEnd().split(/\s+/).slice(-4).join(' ');
  return [
    h('bdi', { class: 'why-token' }, token.trim() || JSON.stringify(token)),
    h(
      'span',
      {},
      last === '' ? 'at the beginning: ' : h('span', {}, 'after ', quoted(last), ': '),
      h('strong', {}, format.chance(probability)),
      `, ${format.bits(bits)}`,
    ),
  ];
}

export function explanationNodes({ token, levels, experts }: TokenExplanation): HTMLElement[] {
  const shown = levels.filter(({ share }) => share >= MIN_CONTRIBUTION);
  const isShown = ({ level, contribution }: ExpertPart) =>
    contribution >= MIN_CONTRIBUTION && shown.some((share) => share.level === level);
  const [main, rest] = [experts.filter(isShown), experts.filter((part) => !isShown(part))];
  return [
    levelBar(shown),
    ...shown.map(({ level, share }) => group(level, share, token, main)),
    h(
      'details',
      { class: 'why-rest', hidden: rest.length === 0 },
      h('summary', {}, `${format.plural(rest.length, 'more expert')} with hardly a say`),
      table('with hardly a say', rest.reverse()),
    ),
  ];
}

function group(level: Level, share: number, token: string, experts: ExpertPart[]): HTMLElement {
  const own = experts.filter((part) => part.level === level).reverse();
  const { name, meaning } = LEVELS[level];
  return h(
    'section',
    { class: `why-level ${levelClass(level)}` },
    h('h3', {}, name, h('span', { class: 'why-share' }, format.share(share))),
    h('p', { class: 'why-caption' }, caption(level, token, own) ?? meaning),
    table(name, own),
  );
}

/** The strongest expert of a level in a sentence. */
function caption(level: Level, token: string, experts: ExpertPart[]): HTMLElement | undefined {
  const strongest = experts
    .filter(({ context, contextLength }) => context !== '' || contextLength > 0)
    .sort((a, b) => b.contribution - a.contribution)[0];
  if (!strongest) return undefined;
  const { context, contextLength, count, followers } = strongest;
  const where = level === 'session' ? 'in this text' : 'in these documents';
  return context === ''
    ? h(
        'span',
        {},
        contextLength === 1
          ? 'The kind of the last token stands '
          : `The kinds of the last ${contextLength} tokens stand `,
        `${times(count)} ${where}; a token of the kind of `,
        quoted(token),
        ` followed ${times(followers)}.`,
      )
    : h(
        'span',
        {},
        quoted(context),
        ` stands ${times(count)} ${where}; `,
        quoted(token),
        ` followed ${times(followers)}.`,
      );
}

function times(value: number): string {
  if (value < 0.5) return 'not once';
  const words = ['once', 'twice'];
  return words[Math.round(value) - 1] ?? `${format.count(value)} times`;
}

/** In a direction of its own; line ends are shown. */
export function quoted(text: string): HTMLElement {
  return h('q', {}, h('bdi', {}, text.trim().replace(/\s*\n\s*/g, ' ⏎ ') || '␣'));
}

function table(name: string, experts: ExpertPart[]): HTMLElement {
  const heads = ['After', 'Stands', 'Followed', 'Trusted', 'Gives'];
  return h(
    'table',
    { class: 'experts' },
    h('caption', { class: 'visually-hidden' }, `Experts: ${name}`),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...experts.map(expertRow)),
  );
}

function expertRow(part: ExpertPart): HTMLElement {
  const { expert, context, contextLength, count, followers, lambda, contribution } = part;
  const label =
    context !== ''
      ? quoted(context)
      : contextLength > 0
        ? `kind of the last ${contextLength === 1 ? 'token' : `${contextLength} tokens`}`
        : (EXPERTS[expert] ?? expert);
  return h(
    'tr',
    {},
    h('th', { scope: 'row', title: expert }, label),
    h('td', {}, count > 0 ? format.count(count) : '–'),
    h('td', {}, count > 0 || followers > 0 ? format.figure(followers) : '–'),
    h('td', {}, meter(lambda)),
    h('td', {}, meter(contribution)),
  );
}

/** A share as a number over a bar. */
function meter(share: number): HTMLElement {
  const bar = h('span', { class: 'meter', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(Math.min(1, share)));
  return h('span', { class: 'meter-cell' }, format.chance(share), bar);
}
