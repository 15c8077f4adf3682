/** The levels of the engine as people read them: a name, a colour, and what each one says. */

import type { Level, LevelShare } from '../src/index.js';
import { h } from './dom.js';
import * as format from './format.js';

interface LevelView {
  name: string;
  /** What its share of a probability comes from. */
  meaning: string;
}

export const LEVELS: Record<Level, LevelView> = {
  token: { name: 'pack', meaning: 'What followed these very words in the documents.' },
  unwrapped: {
    name: 'pack, lines joined',
    meaning: 'What followed these words where a line ended between them.',
  },
  class: { name: 'classes', meaning: 'What followed words of the same kinds.' },
  session: { name: 'this text', meaning: 'What the text itself has said so far.' },
  base: { name: 'frequency', meaning: 'How often the word stands anywhere.' },
};

/** Less than this is left out where there is little room. */
const MIN_SHARE = 0.05;

export const levelClass = (level: Level) => `level-${level}`;

/** "● pack 71% ● classes 20%": the strongest, with lines joined counted as the pack. */
export function levelSummary(levels: LevelShare[]): HTMLElement {
  const shares = new Map<Level, number>();
  for (const { level, share } of levels) {
    const shown = level === 'unwrapped' ? 'token' : level;
    shares.set(shown, (shares.get(shown) ?? 0) + share);
  }
  const strongest = [...shares]
    .filter(([, share]) => share >= MIN_SHARE)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3);
  return h(
    'span',
    { class: 'levels', dir: 'ltr' },
    ...strongest.map(([level, share]) =>
      h('span', { class: levelClass(level) }, `${LEVELS[level].name} ${format.share(share)}`),
    ),
  );
}

/** One bar, divided as the probability is; the list beside it says the same in words. */
export function levelBar(levels: LevelShare[]): HTMLElement {
  return h(
    'div',
    { class: 'level-bar', 'aria-hidden': 'true' },
    ...levels.map(({ level, share }) => {
      const part = h('span', { class: levelClass(level) });
      part.style.flexGrow = String(share);
      return part;
    }),
  );
}
