/**
 * A part of a question in one segment, known in steps: the best documents first, with a bound for those not yet known.
 *
 *     head (64 documents) -> tier 0 (1,024) -> tier 1 (8,192) -> ... -> the whole list
 *
 * A long list that need not be known to its end is never fetched to its end (docs/shard-format.md, section 7).
 */
import { part } from './evaluate.js';
import { NOTHING, restrict, subtract } from './matches.js';
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
   * The words of which a query is any; none when it is something else.
   * @param {Query} query
   * @returns {Word[]}
   */
  static of(query) {
    const [terms, boost] = query.op === 'or' ? [query.subs, query.boost] : [[query], 1];
    /** @type {Map<string, Word>} */
    const words = new Map();
    for (const term of terms) {
      if (term.op !== 'term' || !(term.boost * boost > 0)) return [];
      const word = words.get(term.key) ?? new Word(term.key, new Map());
      word.boosts.set(term.field, (word.boosts.get(term.field) ?? 0) + term.boost * boost);
      words.set(term.key, word);
    }
    return [...words.values()];
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
   * @param {number} _bytes that they have together at most; one is fetched in any case
   */
  async more(_bytes) {}
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
   * @param {Map<number, Postings>} list
   * @returns {Match}
   */
  scored(list) {
    const parts = Array.from(this.word.boosts, ([field, boost]) => part(this.index, this.key, field, boost, list.get(field))).flat();
    return this.adder.collect(
      parts.reduce((sum, { size }) => sum + size, 0),
      () => parts.forEach(({ feed }) => feed(this.adder)),
    );
  }

  get rest() {
    return this.long.tiers.slice(this.next).reduce((sum, { size }) => sum + size, 0);
  }

  /** @param {number} bytes */
  async more(bytes) {
    const from = this.next;
    let left = bytes;
    const wanted = this.long.tiers.slice(from).filter(({ size }, i) => (left -= size) >= 0 || !i);
    const read = await Promise.all(wanted.map((tier) => this.segment.tier(tier)));
    if (this.next !== from) return; // another question has asked for the same and had it first
    this.next += wanted.length;
    this.parts.push(...read.map((list) => this.scored(list)));
    this.match = this.adder.add(this.parts);
    const following = this.long.tiers[this.next];
    this.bound = following ? (this.figures ? following.bound * this.figures.stretch : Infinity) : 0;
  }
}

/**
 * A word with several stems, of which one has a long list and the others are rare: those of the latter are known.
 * A document of theirs is not, until the long list is known as far as that: it may add to its score.
 */
class VariedStream extends Stream {
  /**
   * @param {LongStream} main
   * @param {Match} others
   */
  constructor(main, others) {
    super(NOTHING);
    this.main = main;
    this.others = others;
    this.update();
  }

  get rest() {
    return this.main.rest;
  }

  /** @param {number} bytes */
  async more(bytes) {
    await this.main.more(bytes);
    this.update();
  }

  update() {
    const { main, others } = this;
    const all = main.adder.add([main.match, others]);
    if (main.complete) {
      [this.match, this.bound] = [all, 0];
      return;
    }
    this.match = restrict(all, main.match.docs);
    this.bound = main.bound + subtract(others, main.match.docs).scores.reduce((most, score) => Math.max(most, score), 0);
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

/** A list this many times as long as the others of its word is the only one that is read in steps. */
const MUCH_LONGER = 8;

/**
 * What is known of a part of a question; what was fetched for an earlier question is known still.
 * @param {Evaluator} evaluator
 * @param {Query} query
 * @param {number} s number of the segment
 * @returns {Promise<Stream>}
 */
export function streamOf(evaluator, query, s) {
  return evaluator.index.streams.get(`${s} ${JSON.stringify(query)}`, () => made(evaluator, query, s));
}

/**
 * @param {Evaluator} evaluator
 * @param {Query} query
 * @param {number} s number of the segment
 * @returns {Promise<Stream>}
 */
async function made(evaluator, query, s) {
  const words = await Promise.all(Word.of(query).map(async (word) => ({ word, key: await evaluator.index.key(word.key) })));
  const lengths = words.map(({ key }) => Array.from(key.entries[s]?.df.values() ?? []).reduce((sum, df) => sum + df, 0));
  const longest = lengths.indexOf(Math.max(...lengths));
  const { word, key } = words[longest] ?? {};
  const long = key?.entries[s]?.long;
  const shorter = lengths.reduce((sum, length) => sum + length, -lengths[longest]);
  if (!word || !key || !long || shorter * MUCH_LONGER > lengths[longest]) return new Stream(await evaluator.match(query, s));
  const main = new LongStream(evaluator, word, key, s, long);
  if (words.length === 1) return main;
  const terms = words.filter((_, i) => i !== longest).flatMap(({ word: { key, boosts } }) => Array.from(boosts, ([field, boost]) => /** @type {Query} */ ({ op: 'term', field, key, boost })));
  return new VariedStream(main, await evaluator.match({ op: 'or', subs: terms, boost: 1 }, s));
}
