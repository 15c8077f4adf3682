/**
 * Chooses the documents that add most for each byte, where all of them would be too many: greedy maximum
 * coverage over pairs of words (Khuller, Moss & Naor 1999). What a pair is worth falls each time it is
 * there already, so that pages which say something new come before those that repeat others.
 */
import { brotliCompressSync, constants } from 'node:zlib';
import type { SourceDocument } from './document.js';

export interface Weighed {
  document: SourceDocument;
  /** What the page's author says it is worth beside others; 1 where nothing is said. */
  weight: number;
}

export interface Choice<Item> {
  /** In the order in which they came. */
  kept: Item[];
  leftOut: Item[];
  /** What those that are kept should take, about. */
  bytes: number;
}

/** What a pack takes beside its documents: tables that hardly depend on them. */
const fixedBytes = 48_000;
/** Of tokens compressed together, beside documents compressed alone. */
const togetherShare = 0.8;
/** A pair that is there already adds this share of what it added before. */
const repeatShare = 0.25;
const leastBytes = 60;

interface Candidate<Item> {
  item: Item;
  at: number;
  pairs: Uint32Array;
  bytes: number;
  weight: number;
  score: number;
  round: number;
}

/** Keeps what fits into about `budget` bytes on the wire. Cost: linear in the text, and a heap. */
export function chooseWithin<Item extends Weighed>(items: Item[], budget: number): Choice<Item> {
  const times = new Map<number, number>();
  const gain = ({ pairs, bytes, weight }: Candidate<Item>) => {
    let sum = 0;
    for (const pair of pairs) sum += repeatShare ** (times.get(pair) ?? 0);
    return (weight * sum) / bytes;
  };
  const heap = items.map((item, at): Candidate<Item> => {
    const text = textOf(item.document);
    const bytes = Math.max(leastBytes, Math.round(compressedBytes(text) * togetherShare));
    const { weight } = item;
    return { item, at, pairs: pairsOf(text), bytes, weight, score: 0, round: 0 };
  });
  for (const candidate of heap) candidate.score = gain(candidate);
  heap.sort(byScore);
  const chosen: Candidate<Item>[] = [];
  let bytes = fixedBytes;
  // Scores only fall, so the best one that was looked at since the last choice is the best of all.
  while (heap.length > 0) {
    const best = heap.shift() as Candidate<Item>;
    if (bytes + best.bytes > budget) continue;
    if (best.round < chosen.length) {
      best.score = gain(best);
      best.round = chosen.length;
      insert(heap, best);
      continue;
    }
    bytes += best.bytes;
    for (const pair of best.pairs) times.set(pair, (times.get(pair) ?? 0) + 1);
    chosen.push(best);
  }
  const places = new Set(chosen.map(({ at }) => at));
  return {
    kept: items.filter((_, at) => places.has(at)),
    leftOut: items.filter((_, at) => !places.has(at)),
    bytes,
  };
}

function byScore<Item>(a: Candidate<Item>, b: Candidate<Item>): number {
  return b.score - a.score || a.at - b.at;
}

function insert<Item>(sorted: Candidate<Item>[], item: Candidate<Item>): void {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byScore(sorted[middle] as Candidate<Item>, item) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, item);
}

function textOf({ title, sections }: SourceDocument): string {
  return [title, ...sections.map(({ heading, text }) => `${heading}\n${text}`)].join('\n');
}

function compressedBytes(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

/** Hashes of the different words and pairs of neighbouring words. */
function pairsOf(text: string): Uint32Array {
  const pairs = new Set<number>();
  let before = 0;
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
    const hash = hashOf(word);
    pairs.add(hash);
    pairs.add((Math.imul(before, 31) + hash) >>> 0);
    before = hash;
  }
  return Uint32Array.from(pairs);
}

/** FNV-1a over UTF-16 code units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
