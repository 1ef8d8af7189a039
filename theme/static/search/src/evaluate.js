/**
 * The documents that a query matches, with their scores: the straight way, over whole lists (docs/shard-format.md, section 16).
 */
import { expand } from './expand.js';
import { NOTHING, addWhere, constant, intersect, others, restrict, scale, subtract } from './matches.js';
import { daysMatch } from './dates.js';
import { pause } from './pause.js';
import { bm25 } from './score.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./index.js').Key} Key */
/** @typedef {import('./matches.js').Match} Match */
/** @typedef {import('./postings.js').Postings} Postings */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./query.js').Term} Term */
/** @typedef {import('./query.js').Phrase} Phrase */
/** @typedef {import('./query.js').Expanding} Expanding */

export class Evaluator {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    this.adders = index.adders;
    /** @type {Map<string, Promise<Match>>} keyed by segment and query, for this question alone */
    this.known = new Map();
  }

  /**
   * @param {Query} query
   * @param {number} s number of the segment
   * @returns {Promise<Match>} deleted documents included
   */
  match(query, s) {
    const name = `${s} ${JSON.stringify(query)}`;
    let found = this.known.get(name);
    if (!found) this.known.set(name, (found = this.work(query, s)));
    return found;
  }

  /**
   * @param {Query} query
   * @param {number} s
   * @returns {Promise<Match>}
   */
  async work(query, s) {
    await pause();
    const { info, deleted } = this.index.segments[s];
    switch (query.op) {
      case 'none':
        return NOTHING;
      case 'every':
        return constant(others(info.docs, [deleted]), 1);
      case 'dates':
        return daysMatch(this.index.segments[s], query);
      case 'not': {
        const { docs } = await this.match(query.sub, s);
        return constant(others(info.docs, [docs, deleted]), 1);
      }
      case 'andnot':
      case 'andmaybe': {
        const [a, b] = await Promise.all(query.subs.map((sub) => this.match(sub, s)));
        return query.op === 'andnot' ? subtract(a, b.docs) : addWhere(a, b);
      }
      case 'and':
      case 'or': {
        const lists = await Promise.all(query.subs.map((sub) => this.match(sub, s)));
        await pause();
        return scale(query.op === 'and' ? intersect(lists) : this.adders[s].add(lists), query.boost);
      }
      case 'term':
        return this.term(query, s);
      case 'phrase':
        return this.phrase(query, s);
      default:
        return this.expanded(query, s);
    }
  }

  /**
   * @param {Term} query
   * @param {number} s
   * @returns {Promise<Match>}
   */
  async term({ key: text, field, boost }, s) {
    const key = await this.index.key(text);
    return scale(await this.ofKey(key, field, s), boost);
  }

  /**
   * @param {Key} key
   * @param {number} field
   * @param {number} s
   * @returns {Promise<Match>}
   */
  async ofKey(key, field, s) {
    const entry = key.entries[s];
    if (!entry?.df.has(field)) return NOTHING;
    const parts = await this.index.segments[s].lists(entry);
    await pause();
    const weight = this.index.weight(key, field);
    return this.adders[s].add(parts.flatMap((part) => score(part.get(field), weight, this.index, field)));
  }

  /**
   * @param {Expanding} query
   * @param {number} s
   */
  async expanded(query, s) {
    const keys = await Promise.all((await expand(this.index, query)).map((key) => this.index.key(key)));
    const lists = await Promise.all(keys.map((key) => this.ofKey(key, query.field, s)));
    await pause();
    return scale(this.adders[s].add(lists), query.boost);
  }

  /**
   * @param {Phrase} query
   * @param {number} s
   */
  async phrase({ keys: texts, field, slop, boost }, s) {
    const segment = this.index.segments[s];
    const keys = await Promise.all(texts.map((text) => this.index.key(text)));
    if (keys.some((key) => !key.entries[s]?.df.has(field))) return NOTHING;
    const match = intersect(await Promise.all(keys.map((key) => this.ofKey(key, field, s))));
    const { docs } = match;
    const positions = await Promise.all(keys.map(({ entries }) => segment.positions(/** @type {import('./postings.js').Entry} */ (entries[s]), field, docs)));
    await pause();
    const hits = docs.filter((doc) => stands(positions.map((places) => places.get(doc) ?? new Uint32Array(0)), slop));
    return scale(restrict(match, hits), boost);
  }
}

/**
 * Whether words stand one after the other: each at most `slop` after the one before.
 * @param {Uint32Array[]} places of each word
 * @param {number} slop
 */
function stands(places, slop) {
  /** @type {ArrayLike<number>} */
  let ends = places[0];
  for (let word = 1; word < places.length && ends.length; word++) {
    /** @type {number[]} */
    const next = [];
    let i = 0;
    for (const place of places[word]) {
      while (i < ends.length && ends[i] < place - slop) i++;
      if (i < ends.length && ends[i] < place) next.push(place);
    }
    ends = next;
  }
  return ends.length > 0;
}

/**
 * @param {Postings | undefined} postings
 * @param {number} weight
 * @param {Index} index
 * @param {number} field
 * @returns {Match[]} one, or none
 */
export function score(postings, weight, { fields, scoring }, field) {
  if (!postings) return [];
  const { docs, tf, lengths } = postings;
  if (!tf || !lengths) return [constant(docs, 1)];
  const { norms } = fields[field];
  const scores = new Float64Array(docs.length);
  for (let i = 0; i < docs.length; i++) scores[i] = bm25(weight, tf[i], norms[lengths[i]], scoring.k1);
  return [{ docs, scores }];
}
