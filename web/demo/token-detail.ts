/** The four levels at work on one token: what proposed it, its class, its sentence's shapes, and the kind of that. */

import type { Cento } from '../src/index.js';
import { fill, h } from './dom.js';
import { explanationNodes, headline, quoted } from './experts.js';
import * as format from './format.js';
import { LevelTables, type ShapeRun } from './tables.js';
import type { PlacedToken } from './token-strip.js';

const MEMBERS = 14;
/** Shown below each token of a shape. */
const FILLINGS = 3;
/** Tokens of a shape that are shown. */
const MAX_SHAPE = 8;
const OPENS = 12;

/** Of an instance; read with the first token that is looked at. */
const tables = new WeakMap<Cento, Promise<LevelTables | undefined>>();

function tablesOf(cento: Cento): Promise<LevelTables | undefined> {
  const known = tables.get(cento) ?? LevelTables.of(cento).catch(() => undefined);
  tables.set(cento, known);
  return known;
}

export class TokenDetail {
  readonly element: HTMLElement;
  readonly #headline = h('p', { class: 'why-headline', 'aria-live': 'polite' });
  readonly #experts = h('div');
  readonly #building = h('div', { class: 'building' });
  readonly #cento: Cento;
  #shown: PlacedToken | undefined;

  constructor(cento: Cento) {
    this.#cento = cento;
    this.element = h('div', { class: 'why-detail' }, this.#headline, this.#experts, this.#building);
  }

  show(token: PlacedToken): void {
    this.#shown = token;
    const { explanation, text, at } = token;
    fill(this.#headline, ...headline(explanation, text.slice(0, at)));
    fill(this.#experts, ...explanationNodes(explanation));
    void this.#showBuilding(token).catch((error: Error) => console.info(error.message));
  }

  async #showBuilding(token: PlacedToken): Promise<void> {
    const found = await tablesOf(this.#cento);
    const nodes = found
      ? await buildingNodes(this.#cento, found, token)
      : [
          h(
            'p',
            { class: 'why-caption' },
            'Classes, shapes and kinds are read from the pack as this browser keeps it; this one is not kept.',
          ),
        ];
    if (this.#shown === token) fill(this.#building, ...nodes);
  }
}

async function buildingNodes(
  cento: Cento,
  levels: LevelTables,
  { explanation, text, at }: PlacedToken,
): Promise<HTMLElement[]> {
  const [id] = await cento.encode(explanation.token);
  const ofToken = id === undefined ? undefined : levels.classOf(id);
  if (ofToken === undefined) return [];
  const { sentence, before, offset } = await sentenceAt(
    cento,
    text,
    at + leadingSpace(explanation.token),
  );
  const members = (await levels.members(ofToken)).filter((member) => member !== explanation.token);
  return [
    part(
      'Its class',
      `${ofToken} of ${levels.classCount}`,
      members.length === 0
        ? 'It keeps company like no other token'
        : 'It keeps the same company as these',
      h('p', { class: 'members' }, ...members.slice(0, MEMBERS).map(chip)),
    ),
    await shapePart(cento, levels, sentence, offset),
    kindPart(levels, sentence, before),
  ];
}

/** The engine's own sentence around unit `at`, the one before it, and where `at` is in it. */
async function sentenceAt(cento: Cento, text: string, at: number) {
  const { details } = await cento.check(text);
  const i = details.findIndex(({ start, end }) => start <= at && at < end);
  const { start, end } = details[i] ?? { start: 0, end: text.length };
  const last = details[i - 1];
  return {
    sentence: text.slice(start, end),
    before: last && text.slice(last.start, last.end),
    offset: at - start,
  };
}

async function shapePart(
  cento: Cento,
  levels: LevelTables,
  sentence: string,
  offset: number,
): Promise<HTMLElement> {
  // As shapes see a sentence: line breaks are spaces, and white space of its own is left out.
  const clean = ` ${sentence.trim().replace(/\s+/g, ' ')}`;
  const cleanOffset = sentence.slice(0, offset).trimStart().replace(/\s+/g, ' ').length + 1;
  const ids = await cento.encode(clean);
  const texts = await Promise.all(ids.map((id) => cento.decode([id])));
  const kept = texts.flatMap((token, i) => (token.trim() === '' ? [] : [i]));
  const classes = kept.map((i) => levels.classOf(ids[i] as number) ?? 0);
  const runs = levels.parse(classes);
  let length = 0;
  const ends = texts.map((token) => {
    length += token.length;
    return length;
  });
  const chosen =
    runs.find(({ end }) => (ends[kept[end - 1] as number] as number) > cleanOffset) ?? runs[0];
  if (!chosen) return part('Its shape', '', 'There is no sentence here.');
  const wordsOf = ({ start, end }: ShapeRun) =>
    kept.slice(start, end).map((i) => texts[i] as string);
  const shown = classes.slice(chosen.start, Math.min(chosen.end, chosen.start + MAX_SHAPE));
  const fillings = await Promise.all(shown.map((one) => levels.members(one)));
  const words = wordsOf(chosen);
  const size = chosen.end - chosen.start;
  const rows = Array.from({ length: FILLINGS }, (_, row) =>
    h(
      'tr',
      {},
      ...fillings.map((members, i) =>
        h('td', {}, h('bdi', {}, members.filter((one) => one !== words[i])[row]?.trim() ?? '')),
      ),
    ),
  );
  return part(
    'Its shape',
    `${chosen.shape} of ${format.count(levels.shapeCount)}`,
    `${isProse(sentence) ? 'The sentence falls' : 'Shapes are counted of whole sentences of prose; this would fall'} into these. ` +
      (size === 1
        ? 'Here it is a single class'
        : `Here it is ${size} classes that often stand together, with other words that fill them`),
    h(
      'p',
      { class: 'shapes', dir: 'auto' },
      ...runs.map((run) =>
        h(
          'span',
          { class: 'shape', 'aria-current': run === chosen && 'true', title: `shape ${run.shape}` },
          wordsOf(run).join('').trim(),
        ),
      ),
    ),
    size > 1 &&
      h(
        'div',
        { class: 'fillings' },
        h(
          'table',
          {},
          h('caption', { class: 'visually-hidden' }, 'The shape, and other words of its classes'),
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ...shown.map((_, i) => h('th', { scope: 'col' }, h('bdi', {}, words[i]?.trim()))),
            ),
          ),
          h('tbody', {}, ...rows),
        ),
      ),
  );
}

function kindPart(levels: LevelTables, sentence: string, before: string | undefined): HTMLElement {
  const { kind, opens } = levels.kindOf(sentence);
  const last = before === undefined ? 0 : levels.kindOf(before).kind;
  const bits = levels.follows(last, kind);
  const where = last === 0 ? 'as the first of a paragraph' : `right behind one of kind ${last}`;
  const verdict =
    bits === 0
      ? 'about as often as elsewhere'
      : `${format.bits(Math.abs(bits))} ${bits > 0 ? 'likelier' : 'less likely'} than in any order`;
  return part(
    'Kind of its sentence',
    `${kind}`,
    h(
      'span',
      {},
      'Sentences of this kind begin like ',
      quoted(sentence.trim().split(/\s+/, 3).join(' ')),
      `, with one of these; ${where} they stand ${verdict}`,
    ),
    h('p', { class: 'members' }, ...opens.slice(0, OPENS).map(chip)),
  );
}

function part(
  name: string,
  which: string,
  caption: HTMLElement | string,
  ...content: (HTMLElement | false)[]
): HTMLElement {
  return h(
    'section',
    { class: 'why-level' },
    h('h3', {}, name, h('span', { class: 'why-share why-which' }, which)),
    h('p', { class: 'why-caption' }, caption, '.'),
    h('div', { class: 'why-content' }, ...content),
  );
}

/** It ends as sentences do. */
const isProse = (sentence: string) => /[.!?…。！？؟۔]["'”’»)\]]*\s*$/u.test(sentence);

const chip = (token: string) =>
  h('bdi', { class: 'chip' }, token.trim().replaceAll('\n', '⏎') || '␣');

const leadingSpace = (token: string) => token.length - token.trimStart().length;
