/**
 * A part of a question in one segment, known in steps: the best documents first, with a bound for those not yet known.
 *
 *     head (64 documents) -> tier 0 (1,024) -> tier 1 (8,192) -> ... -> the whole list
 *
 * A long list that need not be known to its end is never fetched to its end (docs/shard-format.md, section 7).
 */
import { score } from './evaluate.js';
import { NOTHING, scale } from './matches.js';
import { bm25, fieldStats, idf } from './score.js';

/** @typedef {import('./evaluate.js').Evaluator} Evaluator */
/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./index.js').Key} Key */
/** @typedef {import('./matches.js').Match} Match */
/** @typedef {import('./postings.js').Entry} Entry */
/** @typedef {import('./postings.js').LongList} LongList */
/** @typedef {import('./postings.js').Postings} Postings */
/** @typedef {import('./query.js').Query} Query */

/** A word looked for in some fields, each with its boost. */
export class Word {
  /**
   * @param {string} key
   * @param {Map<number, number>} boosts by field
   */
  constructor(key, boosts) {
    this.key = key;
    this.boosts = boosts;
  }

  /**
   * The word that a query is, or null when it is something else.
   * @param {Query} query
   * @returns {Word | null}
   */
  static of(query) {
    const [terms, boost] = query.op === 'or' ? [query.subs, query.boost] : [[query], 1];
    /** @type {Word | null} */
    let word = null;
    for (const term of terms) {
      if (term.op !== 'term' || !(term.boost * boost > 0) || (word && word.key !== term.key)) return null;
      word ??= new Word(term.key, new Map());
      word.boosts.set(term.field, (word.boosts.get(term.field) ?? 0) + term.boost * boost);
    }
    return word;
  }
}

/** What is known of a part of a question in one segment. */
export class Stream {
  /** @param {Match} match */
  constructor(match) {
    this.match = match;
    /** No document outside `match` scores this much; 0: there are no others. */
    this.bound = 0;
  }

  get complete() {
    return this.bound === 0;
  }

  /** Bytes that are not fetched yet. */
  get rest() {
    return 0;
  }

  /**
   * Fetches the next tiers.
   * @param {number} _tiers
   */
  async more(_tiers) {}
}

/** A word's long list. */
export class LongStream extends Stream {
  /**
   * @param {Evaluator} evaluator
   * @param {Word} word
   * @param {Key} key
   * @param {number} s number of the segment
   * @param {LongList} long
   */
  constructor(evaluator, word, key, s, long) {
    super(NOTHING);
    this.adder = evaluator.adders[s];
    this.index = evaluator.index;
    this.segment = this.index.segments[s];
    this.word = word;
    this.key = key;
    this.long = long;
    this.next = 0;
    /** @type {Match[]} */
    this.parts = [];
    const entry = /** @type {Entry} */ (key.entries[s]);
    this.figures = segmentFigures(this.index, this.segment, entry, word, key);
    this.match = this.scored(long.head);
    this.bound = long.heads && this.figures ? (this.lowest() + 1) * this.figures.stretch : Infinity;
  }

  /** The lowest impact in the head, as the writer counted it. */
  lowest() {
    const { head } = this.long;
    /** @type {Map<number, number>} */
    const impacts = new Map();
    for (const [field, { docs, tf, lengths }] of head) {
      const { weight, norms } = /** @type {NonNullable<Figures>} */ (this.figures).fields.get(field) ?? { weight: 0, norms: new Float64Array(256) };
      docs.forEach((doc, i) => {
        impacts.set(doc, (impacts.get(doc) ?? 0) + bm25(weight, tf?.[i] ?? 0, norms[lengths?.[i] ?? 0], this.index.scoring.k1));
      });
    }
    return Math.floor(Math.min(...impacts.values()) * 1024);
  }

  /**
   * @param {Map<number, Postings>} part
   * @returns {Match}
   */
  scored(part) {
    const lists = Array.from(this.word.boosts, ([field, boost]) =>
      score(part.get(field), this.index.weight(this.key, field), this.index, field).map((match) => scale(match, boost)),
    );
    return this.adder.add(lists.flat());
  }

  get rest() {
    return this.long.tiers.slice(this.next).reduce((sum, { size }) => sum + size, 0);
  }

  /** @param {number} tiers */
  async more(tiers) {
    const wanted = this.long.tiers.slice(this.next, this.next + tiers);
    this.next += wanted.length;
    const read = await Promise.all(wanted.map((tier) => this.segment.tier(tier)));
    this.parts.push(...read.map((part) => this.scored(part)));
    this.match = this.adder.add(this.parts);
    const following = this.long.tiers[this.next];
    this.bound = following ? (this.figures ? following.bound * this.figures.stretch : Infinity) : 0;
  }
}

/** @typedef {{ fields: Map<number, { weight: number, norms: Float64Array }>, stretch: number } | null} Figures */

/**
 * The figures that a segment's impacts were made with, and by how much a score in the whole index can pass them (section 7);
 * null when the word is looked for in a field that impacts do not count.
 * @param {Index} index
 * @param {import('./segment.js').Segment} segment
 * @param {Entry} entry
 * @param {Word} word
 * @param {Key} key
 * @returns {Figures}
 */
function segmentFigures(index, segment, entry, word, key) {
  const { docs, lengths } = segment.info;
  /** @type {NonNullable<Figures>['fields']} */
  const fields = new Map();
  let [weights, averages] = [0, 1];
  for (const field of entry.fields) {
    const { boost, average } = index.fields[field];
    const asked = word.boosts.get(field) ?? 0;
    if (!boost) {
      if (asked) return null;
      continue;
    }
    const stats = fieldStats(lengths[field], docs, index.scoring);
    const weight = (boost / 1000) * idf(docs, entry.df.get(field) ?? 0);
    fields.set(field, { weight, norms: stats.norms });
    weights = Math.max(weights, (asked * index.weight(key, field)) / weight);
    averages = Math.max(averages, average / stats.average);
  }
  return { fields, stretch: (weights * averages) / 1024 };
}

/**
 * @param {Evaluator} evaluator
 * @param {Query} query
 * @param {number} s number of the segment
 * @returns {Promise<Stream>}
 */
export async function streamOf(evaluator, query, s) {
  const word = Word.of(query);
  if (!word) return new Stream(await evaluator.match(query, s));
  const key = await evaluator.index.key(word.key);
  const long = key.entries[s]?.long;
  return long ? new LongStream(evaluator, word, key, s, long) : new Stream(await evaluator.match(query, s));
}
