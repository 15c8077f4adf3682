/**
 * The tables of a pack that say how its text is built (docs/format.md): the classes of its tokens, the shapes
 * of its sentences and their kinds. Read from what this browser keeps, so that nothing is fetched.
 */

import { decompress } from 'fzstd';
import type { Cento } from '../src/index.js';
import { parseManifest } from '../src/loader/manifest.js';
import { IndexedDbStore } from '../src/store/indexeddb.js';

/** Frequent words by which sentences are told apart; then no word, a number, a name, another word. */
const FUNCTION_WORDS = 100;
const FREQUENT_WORDS = 500;
const OTHER_SORTS = ['no word', 'a number', 'a name', 'another word'];
const SORTS = FUNCTION_WORDS + OTHER_SORTS.length;
/** Kind 0 is the edge of a paragraph. */
const KINDS = 9;
/** Cells before those of two kinds: word, start, title, central. */
const KIND_CELLS = 500 + 500 + 16 + 9;
const STEPS_PER_BIT = 16;
/** Of tokens: of a class with more members, so many are looked at. */
const MAX_MEMBERS = 300;

/** A shape and the tokens of a sentence that it covers: a half-open range. */
export interface ShapeRun {
  shape: number;
  start: number;
  end: number;
}

export interface SentenceKind {
  kind: number;
  /** How its sentences open: frequent words, and sorts of the others. */
  opens: string[];
}

export class LevelTables {
  readonly #cento: Cento;
  readonly #classes: Uint8Array;
  readonly #classCount: number;
  /** By its two shapes. */
  readonly #merges = new Map<number, number>();
  readonly #words: string[] = [];
  readonly #kinds: Uint8Array;
  readonly #near: Int8Array;
  readonly #members = new Map<number, Promise<string[]>>();

  /** Undefined: the pack has no such tables, is not kept here, or adds to the tables of another. */
  static async of(cento: Cento): Promise<LevelTables | undefined> {
    const { manifestUrl, cache } = await cento.info();
    if (cache !== 'indexeddb') return undefined;
    const store = await IndexedDbStore.open();
    try {
      const known = await store.find(manifestUrl);
      const manifest = known && parseManifest(known.text);
      const file = manifest && !manifest.base && (await store.file(manifest.tables.sha256));
      const parts = file ? sections(decompress(file)) : {};
      return parts.clss && parts.shap && parts.disc
        ? new LevelTables(cento, parts.clss, parts.shap, parts.disc)
        : undefined;
    } finally {
      store.close();
    }
  }

  constructor(cento: Cento, classes: Uint8Array, shapes: Uint8Array, discourse: Uint8Array) {
    this.#cento = cento;
    this.#classes = classes;
    this.#classCount = 1 + classes.reduce((most, one) => Math.max(most, one), 0);
    const n = shapes.length / 4;
    const half = (at: number) => (shapes[at] as number) + 256 * (shapes[at + n] as number);
    for (let i = 0; i < n; i++) this.#merges.set(pair(half(i), half(2 * n + i)), i);
    let at = 6;
    const [low, high] = discourse.subarray(4, 6) as unknown as [number, number];
    for (let count = low + 256 * high; count > 0; count--) {
      const end = at + 1 + (discourse[at] as number);
      this.#words.push(new TextDecoder().decode(discourse.subarray(at + 1, end)));
      at = end;
    }
    this.#kinds = discourse.subarray(at, at + SORTS);
    this.#near = new Int8Array(discourse.slice(at + SORTS + KIND_CELLS).buffer, 0, KINDS * KINDS);
  }

  get classCount(): number {
    return this.#classCount;
  }
  get shapeCount(): number {
    return this.#classCount + this.#merges.size;
  }

  /** Undefined: the pack has no such token. */
  classOf(token: number): number | undefined {
    return this.#classes[token];
  }

  /** Tokens of a class, the most frequent first. */
  members(ofClass: number): Promise<string[]> {
    const known = this.#members.get(ofClass) ?? this.#findMembers(ofClass);
    this.#members.set(ofClass, known);
    return known;
  }

  async #findMembers(ofClass: number): Promise<string[]> {
    const ids: number[] = [];
    this.#classes.forEach((one, id) => {
      if (one === ofClass) ids.push(id);
    });
    const step = Math.max(1, ids.length / MAX_MEMBERS);
    const some = Array.from(
      { length: Math.min(ids.length, MAX_MEMBERS) },
      (_, i) => ids[Math.floor(i * step)] as number,
    );
    const found = await Promise.all(
      some.map(async (id) => {
        const text = await this.#cento.decode([id]);
        return { text, count: text === '' ? 0 : await this.#cento.count(text) };
      }),
    );
    return found.sort((a, b) => b.count - a.count).map(({ text }) => text);
  }

  /** A sentence's shapes: its classes with the merges made in the order in which they were found. */
  parse(classes: readonly number[]): ShapeRun[] {
    const runs = classes.map((shape, i) => ({ shape, start: i, end: i + 1 }));
    for (;;) {
      const merges = runs.slice(1).map((right, i) => this.#mergeOf(runs[i] as ShapeRun, right));
      const first = Math.min(...merges);
      if (first === Number.POSITIVE_INFINITY) return runs;
      const at = merges.indexOf(first);
      const [a, b] = [runs[at], runs[at + 1]] as [ShapeRun, ShapeRun];
      runs.splice(at, 2, { shape: this.#classCount + first, start: a.start, end: b.end });
    }
  }

  #mergeOf(left: ShapeRun, right: ShapeRun): number {
    return this.#merges.get(pair(left.shape, right.shape)) ?? Number.POSITIVE_INFINITY;
  }

  /** Of a sentence, by the sort of its first word. */
  kindOf(sentence: string): SentenceKind {
    const kind = this.#kinds[this.#firstSort(sentence)] as number;
    const sorts = [...OTHER_SORTS, ...this.#words.slice(0, FUNCTION_WORDS)];
    const at = (i: number) =>
      i < OTHER_SORTS.length ? FUNCTION_WORDS + i : i - OTHER_SORTS.length;
    return { kind, opens: sorts.filter((_, i) => this.#kinds[at(i)] === kind) };
  }

  /** Bits by which kind `b` stands more often right behind `a` than in all orders of a paragraph; 0: its edge. */
  follows(a: number, b: number): number {
    return (this.#near[a * KINDS + b] as number) / STEPS_PER_BIT;
  }

  #firstSort(sentence: string): number {
    const [first] = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*('\p{L}+)*/u.exec(sentence) ?? [];
    if (first === undefined) return FUNCTION_WORDS;
    if (/^\p{N}/u.test(first)) return FUNCTION_WORDS + 1;
    const rank = this.#words.indexOf(first.toLowerCase());
    if (rank >= 0 && rank < FUNCTION_WORDS) return rank;
    return /^\p{Lu}/u.test(first) && (rank < 0 || rank >= FREQUENT_WORDS)
      ? FUNCTION_WORDS + 2
      : FUNCTION_WORDS + 3;
  }
}

const pair = (left: number, right: number) => left * 65_536 + right;

/** By their tags. The file was checked against its hash when it was stored. */
function sections(file: Uint8Array): Record<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: Record<string, Uint8Array> = {};
  for (let i = 0, at = 16; i < view.getUint32(12, true); i++, at += 12) {
    const tag = String.fromCharCode(...file.subarray(at, at + 4));
    const start = view.getUint32(at + 4, true);
    found[tag] = file.subarray(start, start + view.getUint32(at + 8, true));
  }
  return found;
}
