/**
 * The documents that a query matches, with their scores: the straight way, over whole lists (docs/shard-format.md, section 16).
 */
import { expand } from './expand.js';
import { NOTHING, addWhere, constant, intersect, others, restrict, scale, subtract } from './matches.js';
import { daysMatch } from './dates.js';
import { pause } from './pause.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./index.js').Key} Key */
/** @typedef {import('./matches.js').Adder} Adder */
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
  }

  /**
   * @param {Query} query
   * @param {number} s number of the segment
   * @returns {Promise<Match>} deleted documents included
   */
  match(query, s) {
    return this.index.matches.get(`${s} ${JSON.stringify(query)}`, () => this.work(query, s));
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
      case 'and': {
        const lists = await Promise.all(query.subs.map((sub) => this.match(sub, s)));
        await pause();
        return scale(intersect(lists), query.boost);
      }
      case 'or':
        return scale(await this.or(query.subs, s), query.boost);
      case 'term':
        return this.or([query], s);
      case 'phrase':
        return this.phrase(query, s);
      default:
        return this.expanded(query, s);
    }
  }

  /**
   * Terms are added up from their postings as they are; of everything else the documents are found first.
   * @param {Query[]} subs
   * @param {number} s
   * @returns {Promise<Match>}
   */
  async or(subs, s) {
    const parts = (await Promise.all(subs.map((sub) => (sub.op === 'term' ? this.term(sub, s) : this.other(sub, s))))).flat();
    await pause();
    const adder = this.adders[s];
    return adder.collect(
      parts.reduce((sum, { size }) => sum + size, 0),
      () => parts.forEach(({ feed }) => feed(adder)),
    );
  }

  /**
   * @param {Term} query
   * @param {number} s
   * @returns {Promise<Part[]>}
   */
  async term({ key: text, field, boost }, s) {
    const key = await this.index.key(text);
    const entry = key.entries[s];
    if (!entry?.df.has(field)) return [];
    const lists = await this.index.segments[s].lists(entry);
    return lists.flatMap((list) => part(this.index, key, field, boost, list.get(field)));
  }

  /**
   * @param {Query} query
   * @param {number} s
   * @returns {Promise<Part[]>}
   */
  async other(query, s) {
    const match = await this.match(query, s);
    return [{ size: match.docs.length, feed: (adder) => adder.match(match, 1) }];
  }

  /**
   * @param {Expanding} query
   * @param {number} s
   */
  async expanded(query, s) {
    const keys = await expand(this.index, query);
    const match = await this.or(keys.map((key) => ({ op: 'term', field: query.field, key, boost: 1 })), s);
    return scale(match, query.boost);
  }

  /**
   * @param {Phrase} query
   * @param {number} s
   */
  async phrase({ keys: texts, field, slop, boost }, s) {
    const segment = this.index.segments[s];
    const keys = await Promise.all(texts.map((text) => this.index.key(text)));
    if (keys.some((key) => !key.entries[s]?.df.has(field))) return NOTHING;
    const match = intersect(await Promise.all(texts.map((key) => this.match({ op: 'term', field, key, boost: 1 }, s))));
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
 * What an Adder is fed with.
 * @typedef {object} Part
 * @property {number} size documents, at most
 * @property {(adder: Adder) => void} feed
 */

/**
 * The postings of a key in a field, to be scored while they are added.
 * @param {Index} index
 * @param {Key} key
 * @param {number} field
 * @param {number} boost
 * @param {Postings | undefined} postings
 * @returns {Part[]} one, or none
 */
export function part(index, key, field, boost, postings) {
  if (!postings) return [];
  const weight = index.weight(key, field);
  return [{ size: postings.docs.length, feed: (adder) => adder.postings(postings, weight, index.fields[field].norms, index.scoring.k1, boost) }];
}
