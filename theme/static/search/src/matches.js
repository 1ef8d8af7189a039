/**
 * Sets of documents with scores, and what can be made of them. Documents are numbers of one segment, ascending.
 */

import { bm25 } from './score.js';

/** @typedef {import('./postings.js').Postings} Postings */

/**
 * @typedef {object} Match
 * @property {Uint32Array} docs
 * @property {Float64Array} scores
 */

/** @type {Match} */
export const NOTHING = { docs: new Uint32Array(0), scores: new Float64Array(0) };

/**
 * Adds up lists. It keeps a table of all documents of a segment, which is clear again after each use.
 */
export class Adder {
  /** @param {number} documents */
  constructor(documents) {
    this.sums = new Float64Array(documents);
    /** For each document the lists that have it, as bits. */
    this.seen = new Uint32Array(documents);
    /** @type {Uint32Array | null} documents in the order they came; null: there are so many that the table is read instead */
    this.found = null;
    this.count = 0;
  }

  /**
   * The documents of any of the lists, with the sum of their scores, added in the order of the lists.
   * @param {Match[]} lists
   * @returns {Match}
   */
  add(lists) {
    if (lists.length < 2) return lists[0] ?? NOTHING;
    return this.collect(lists.reduce((sum, { docs }) => sum + docs.length, 0), () => lists.forEach((list) => this.match(list, 1)));
  }

  /**
   * @param {number} total no fewer than will be fed
   * @param {() => void} feed calls `match` and `postings`, and waits for nothing
   * @returns {Match}
   */
  collect(total, feed) {
    const { sums, seen } = this;
    this.found = total * 8 > sums.length ? null : new Uint32Array(total);
    this.count = 0;
    feed();
    const docs = this.found ? this.found.slice(0, this.count).sort() : this.all();
    const scores = new Float64Array(docs.length);
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i];
      scores[i] = sums[doc];
      sums[doc] = 0;
      seen[doc] = 0;
    }
    return { docs, scores };
  }

  /** @returns {Uint32Array} all documents in the table */
  all() {
    const { seen } = this;
    const docs = new Uint32Array(Math.min(seen.length, this.count));
    let count = 0;
    for (let doc = 0; doc < seen.length; doc++) if (seen[doc]) docs[count++] = doc;
    return docs.slice(0, count);
  }

  /**
   * @param {Match} match
   * @param {number} boost
   */
  match({ docs, scores }, boost) {
    this.note(docs);
    const { sums } = this;
    for (let i = 0; i < docs.length; i++) sums[docs[i]] += scores[i] * boost;
  }

  /**
   * @param {Postings} postings
   * @param {number} weight idf
   * @param {Float64Array} norms by length byte
   * @param {number} k1
   * @param {number} boost
   */
  postings({ docs, tf, lengths }, weight, norms, k1, boost) {
    this.note(docs);
    const { sums } = this;
    for (let i = 0; i < docs.length; i++) sums[docs[i]] += (tf && lengths ? bm25(weight, tf[i], norms[lengths[i]], k1) : 1) * boost;
  }

  /** @param {Uint32Array} docs */
  note(docs) {
    const { seen, found } = this;
    if (!found) {
      for (let i = 0; i < docs.length; i++) seen[docs[i]] = 1;
      this.count += docs.length;
      return;
    }
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i];
      if (seen[doc]) continue;
      seen[doc] = 1;
      found[this.count++] = doc;
    }
  }
}

/**
 * The documents that all lists have, with the sum of their scores.
 * @param {Match[]} lists
 * @returns {Match}
 */
export function intersect(lists) {
  const [first, ...rest] = lists.toSorted((a, b) => a.docs.length - b.docs.length);
  return rest.reduce((all, next) => both(all, next, (x, y) => x + y), first ?? NOTHING);
}

/**
 * @param {Match} few
 * @param {Match} many
 * @param {(x: number, y: number) => number} score
 * @returns {Match}
 */
function both(few, many, score) {
  const docs = new Uint32Array(few.docs.length);
  const scores = new Float64Array(few.docs.length);
  let count = 0;
  walk(few.docs, many.docs, (i, j) => {
    if (j < 0) return;
    docs[count] = few.docs[i];
    scores[count++] = score(few.scores[i], many.scores[j]);
  });
  return { docs: docs.subarray(0, count), scores: scores.subarray(0, count) };
}

/**
 * For each of some documents, its place in another list, or -1.
 * @param {Uint32Array} some
 * @param {Uint32Array} others
 * @param {(i: number, j: number) => void} tell
 */
export function walk(some, others, tell) {
  const leaps = others.length > some.length * 16;
  let j = 0;
  for (let i = 0; i < some.length; i++) {
    const doc = some[i];
    if (leaps) j = leap(others, doc, j);
    else while (j < others.length && others[j] < doc) j++;
    tell(i, others[j] === doc ? j : -1);
  }
}

/**
 * The first place from `low` on that holds `doc` or more.
 * @param {Uint32Array} docs
 * @param {number} doc
 * @param {number} low
 */
function leap(docs, doc, low) {
  let step = 1;
  while (low + step < docs.length && docs[low + step] < doc) step *= 2;
  return lowerBound(docs, doc, low, Math.min(low + step, docs.length));
}

/**
 * The first place of ascending numbers that holds `doc` or more.
 * @param {Uint32Array} docs
 * @param {number} doc
 * @param {number} low
 * @param {number} high
 */
export function lowerBound(docs, doc, low, high) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (docs[middle] < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The documents of the first list that the second does not have.
 * @param {Match} match
 * @param {Uint32Array} without
 * @returns {Match}
 */
export function subtract(match, without) {
  return keep(match, without, false);
}

/**
 * The documents of the first list that the second has, too; their scores are those of the first.
 * @param {Match} match
 * @param {Uint32Array} within
 * @returns {Match}
 */
export function restrict(match, within) {
  return keep(match, within, true);
}

/**
 * @param {Match} match
 * @param {Uint32Array} others
 * @param {boolean} held
 * @returns {Match}
 */
function keep({ docs, scores }, others, held) {
  const kept = new Uint32Array(docs.length);
  const keptScores = new Float64Array(docs.length);
  let count = 0;
  walk(docs, others, (i, j) => {
    if (j >= 0 !== held) return;
    kept[count] = docs[i];
    keptScores[count++] = scores[i];
  });
  return { docs: kept.subarray(0, count), scores: keptScores.subarray(0, count) };
}

/**
 * The first list, with the second's scores added where it has the document, too.
 * @param {Match} match
 * @param {Match} maybe
 * @returns {Match}
 */
export function addWhere(match, maybe) {
  const scores = match.scores.slice();
  walk(match.docs, maybe.docs, (i, j) => {
    if (j >= 0) scores[i] += maybe.scores[j];
  });
  return { docs: match.docs, scores };
}

/**
 * Documents that all score the same.
 * @param {Uint32Array} docs
 * @param {number} score
 * @returns {Match}
 */
export function constant(docs, score) {
  return { docs, scores: new Float64Array(docs.length).fill(score) };
}

/**
 * @param {Match} match
 * @param {number} boost
 * @returns {Match}
 */
export function scale(match, boost) {
  return boost === 1 ? match : { docs: match.docs, scores: match.scores.map((score) => score * boost) };
}

/**
 * Every document but some.
 * @param {number} documents
 * @param {Iterable<number>[]} without
 * @returns {Uint32Array}
 */
export function others(documents, without) {
  const excluded = new Uint8Array(documents);
  for (const part of without) for (const doc of part) excluded[doc] = 1;
  const docs = new Uint32Array(documents);
  let count = 0;
  for (let doc = 0; doc < documents; doc++) if (!excluded[doc]) docs[count++] = doc;
  return docs.subarray(0, count);
}
