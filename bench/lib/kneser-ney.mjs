// The n-gram model that others are held against: interpolated modified Kneser-Ney (Chen & Goodman 1998), its
// discounts computed from the counts as they propose.

const NONE = -1;
const BASE = 2 ** 17; // above any token

/** Ids 0, 1, 2, … for pairs of a prefix's id and a token; open addressing. */
class PairTable {
  size = 0;
  #keys = new Float64Array(1 << 12).fill(NONE);
  #ids = new Int32Array(1 << 12);

  #slotOf(key) {
    const mask = this.#keys.length - 1;
    const low = (key % 4294967296) | 0;
    let slot = Math.imul(low ^ Math.imul((key / 4294967296) | 0, 0x9e3779b1), 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & mask;
    while (this.#keys[slot] !== NONE && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  find(prefix, token) {
    const slot = this.#slotOf(prefix * BASE + token);
    return this.#keys[slot] === NONE ? NONE : this.#ids[slot];
  }

  /** The pair's id; `size` grows where it is new. */
  add(prefix, token) {
    if (2 * this.size > this.#keys.length) this.#grow();
    const key = prefix * BASE + token;
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === NONE) {
      this.#keys[slot] = key;
      this.#ids[slot] = this.size++;
    }
    return this.#ids[slot];
  }

  /** Calls `visit(prefix, id)` for each pair. */
  forEach(visit) {
    for (const [slot, key] of this.#keys.entries())
      if (key !== NONE) visit(Math.floor(key / BASE), this.#ids[slot]);
  }

  bytes() {
    return this.#keys.byteLength + this.#ids.byteLength;
  }

  #grow() {
    const [keys, ids] = [this.#keys, this.#ids];
    this.#keys = new Float64Array(2 * keys.length).fill(NONE);
    this.#ids = new Int32Array(2 * ids.length);
    for (const [old, key] of keys.entries()) {
      if (key === NONE) continue;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#ids[slot] = ids[old];
    }
  }
}

function grown(array, length) {
  if (length <= array.length) return array;
  const larger = new array.constructor(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}

/** What is taken from counts of 1, 2 and 3 or more. */
function discountsOf(counts, size) {
  const times = [0, 0, 0, 0, 0];
  for (let id = 0; id < size; id++) if (counts[id] <= 4) times[counts[id]]++;
  const [, n1, n2, n3, n4] = times;
  const y = n1 / (n1 + 2 * n2 || 1);
  const discount = (k, here, next) =>
    Math.min(k, Math.max(0, k - (k + 1) * y * (next / (here || 1))));
  return [0, discount(1, n1, n2), discount(2, n2, n3), discount(3, n3, n4)];
}

/**
 * Counts documents, arrays of tokens below `vocabulary` (at most 2^17 - 2). `log2Of(tokens)` gives the sum of
 * the binary logarithms of the probabilities of all tokens of a document and of its end.
 */
export class KneserNey {
  #order;
  #vocabulary;
  #tables;
  #counts;
  #totals = [];
  #kinds = []; // of each context: how many followers have counts of 1, 2, 3 and more
  #discounts = [];

  constructor(documents, vocabulary, order = 5) {
    this.#order = order;
    this.#vocabulary = vocabulary;
    this.#tables = Array.from({ length: order }, () => new PairTable());
    this.#counts = Array.from({ length: order }, () => new Int32Array(1 << 12));
    for (const document of documents) this.#count(document);
    for (let n = 0; n < order; n++) this.#sumUp(n);
  }

  get #end() {
    return this.#vocabulary;
  }

  *#symbols(document) {
    yield this.#vocabulary + 1; // the beginning
    yield* document;
    yield this.#end;
  }

  /** Longest n-grams, and those at a document's beginning, are counted; others, what is distinct before them. */
  #count(document) {
    let before = [];
    let position = 0;
    for (const symbol of this.#symbols(document)) {
      const after = [];
      for (let n = 0; n < this.#order && n <= position; n++) {
        const table = this.#tables[n];
        const known = table.size;
        const id = table.add(n === 0 ? 0 : before[n - 1], symbol);
        after.push(id);
        this.#counts[n] = grown(this.#counts[n], table.size);
        if (n === this.#order - 1 || n === position) this.#counts[n][id]++;
        if (table.size > known && n > 0 && n - 1 !== position) this.#counts[n - 1][after[n - 1]]++;
      }
      before = after;
      position++;
    }
  }

  #sumUp(n) {
    const contexts = n === 0 ? 1 : this.#tables[n - 1].size;
    const counts = this.#counts[n];
    // The beginning of a document is never predicted.
    if (n === 0) counts[this.#tables[0].find(0, this.#vocabulary + 1)] = 0;
    const totals = new Float64Array(contexts);
    const kinds = new Int32Array(3 * contexts);
    this.#tables[n].forEach((prefix, id) => {
      if (counts[id] === 0) return;
      totals[prefix] += counts[id];
      kinds[3 * prefix + Math.min(counts[id], 3) - 1]++;
    });
    this.#totals.push(totals);
    this.#kinds.push(kinds);
    this.#discounts.push(discountsOf(counts, this.#tables[n].size));
  }

  /** Of `symbol` (the vocabulary's size is a document's end) behind the ids of 1, 2, … symbols before it. */
  #probability(before, symbol) {
    let probability = 1 / (this.#vocabulary + 1);
    for (let n = 0; n < this.#order && n <= before.length; n++) {
      const context = n === 0 ? 0 : before[n - 1];
      const total = context === NONE ? 0 : this.#totals[n][context];
      if (!total) break;
      const id = this.#tables[n].find(context, symbol);
      const count = id === NONE ? 0 : this.#counts[n][id];
      const discounts = this.#discounts[n];
      const kinds = this.#kinds[n].subarray(3 * context, 3 * context + 3);
      const left = discounts[1] * kinds[0] + discounts[2] * kinds[1] + discounts[3] * kinds[2];
      const own = Math.max(0, count - discounts[Math.min(count, 3)]);
      probability = (own + left * probability) / total;
    }
    return probability;
  }

  #next(before, symbol) {
    const after = [];
    for (let n = 0; n < this.#order - 1 && n <= before.length; n++) {
      const prefix = n === 0 ? 0 : before[n - 1];
      after.push(prefix === NONE ? NONE : this.#tables[n].find(prefix, symbol));
    }
    return after;
  }

  log2Of(document) {
    let sum = 0;
    let before = [];
    let isFirst = true;
    for (const symbol of this.#symbols(document)) {
      if (!isFirst) sum += Math.log2(this.#probability(before, symbol));
      isFirst = false;
      before = this.#next(before, symbol);
    }
    return sum;
  }

  /** Of each token and, last, the end, behind these tokens of a document's beginning. */
  distribution(tokens) {
    let before = [];
    for (const symbol of [this.#vocabulary + 1, ...tokens]) before = this.#next(before, symbol);
    return Array.from({ length: this.#vocabulary + 1 }, (_, symbol) =>
      this.#probability(before, symbol),
    );
  }

  bytes() {
    const arrays = [...this.#counts, ...this.#totals, ...this.#kinds];
    const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
    return sum(this.#tables, (table) => table.bytes()) + sum(arrays, (array) => array.byteLength);
  }
}
