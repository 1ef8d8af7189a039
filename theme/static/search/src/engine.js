/**
 * Search, as pages and programs use it: open an index, ask it, read what was found.
 */
import { best } from './best.js';
import { Evaluator } from './evaluate.js';
import { countFacet, histogram } from './facets.js';
import { passing } from './filters.js';
import { Index } from './index.js';
import { Library } from './library.js';
import { restrict, subtract } from './matches.js';
import { ordered } from './order.js';
import { Asker } from './query.js';
import { Store } from './store.js';
import { Word } from './streams.js';
import { Top } from './top.js';

/** @typedef {import('./facets.js').Bar} Bar */
/** @typedef {import('./facets.js').Count} Count */
/** @typedef {import('./filters.js').Facet} Facet */
/** @typedef {import('./filters.js').Filters} Filters */
/** @typedef {import('./filters.js').Place} Place */
/** @typedef {import('./library.js').Source} Source */
/** @typedef {import('./manifest.js').Manifest} Manifest */
/** @typedef {import('./matches.js').Match} Match */
/** @typedef {import('./order.js').Order} Order */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./query.js').Question} Question */
/** @typedef {import('./store.js').Article} Article */

/**
 * @typedef {object} Hit
 * @property {number} doc in the whole index
 * @property {number} score
 * @property {boolean} partial it has some of the words, not all
 */

/**
 * @typedef {object} Request
 * @property {string} text
 * @property {number} [limit] hits wanted (10)
 * @property {boolean} [exact] count all that match, whatever it costs; else only as far as the best hits need it
 * @property {Filters} [filters]
 * @property {Order} [order]
 */

/**
 * @typedef {object} Answer
 * @property {number} total documents found, those that match in part included
 * @property {boolean} exact whether `total` is exact; else it is the least that there are
 * @property {number} rest bytes that an exact answer would have to fetch
 * @property {number} full how many of the total match in full
 * @property {Hit[]} hits
 */

/**
 * @typedef {object} Overview counts of what was found, each facet as if it had no filter of its own
 * @property {Record<Facet, Count[]> | null} facets null: not asked for
 * @property {{ bars: Bar[], undated: number }} years
 * @property {Record<Place, number> | null} places null: not counted
 */

/** Fewer documents with all words than this: those with some words follow. */
const ENOUGH = 10;
/** More parts than this do not fit the masks of `best`. */
const MAX_PARTS = 30;

export class Engine {
  /**
   * @param {Manifest} manifest
   * @param {Library} library
   */
  constructor(manifest, library) {
    this.index = new Index(manifest, library);
    this.asker = new Asker(manifest);
    this.stores = manifest.stores.map((info) => new Store(info, library));
  }

  /**
   * @param {Source} source
   * @param {(name: string, bytes: number) => void} [onShard]
   */
  static async open(source, onShard) {
    const library = new Library(source, onShard);
    return new Engine(await library.manifest(), library);
  }

  /**
   * @param {Request} request
   * @returns {Question}
   */
  question({ text, filters = {} }) {
    return this.asker.ask(text, filters.where);
  }

  /**
   * @param {Request} request
   * @returns {Promise<Answer>}
   */
  async search(request) {
    const { limit = 10, exact = false, filters = {}, order = 'relevance' } = request;
    const question = this.question(request);
    const evaluator = new Evaluator(this.index);
    const within = await passing(evaluator, filters);
    if (!exact && order === 'relevance') {
      const quick = await this.quick(evaluator, question, limit, within);
      if (quick) return quick;
    }
    const { all, some } = await this.matches(evaluator, question, within);
    const hits = (await this.hits(all, limit, order)).map((hit) => ({ ...hit, partial: false }));
    if (some) hits.push(...(await this.hits(some, limit - hits.length, order)).map((hit) => ({ ...hit, partial: true })));
    const full = count(all);
    return { total: full + count(some ?? []), full, exact: true, rest: 0, hits };
  }

  /**
   * The best hits, without all of the long lists; null when it takes those.
   * @param {Evaluator} evaluator
   * @param {Question} question
   * @param {number} limit
   * @param {(Uint32Array | null)[]} within
   * @returns {Promise<Answer | null>}
   */
  async quick(evaluator, { query, some }, limit, within) {
    const parts = query.op === 'and' && query.boost === 1 ? query.subs : [query];
    if (parts.length > MAX_PARTS || parts.every(({ op }) => op === 'not')) return null;
    const { ranked, sure, all, rest } = await best(evaluator, parts, Math.max(limit, ENOUGH), within);
    if (all && some && sure < ENOUGH) return null;
    const [total, exact] = await this.counted(parts, within, sure, all);
    return { total, full: total, exact, rest, hits: ranked.slice(0, limit).map((hit) => ({ ...hit, partial: false })) };
  }

  /**
   * The count, which the entry of a single word knows without its list.
   * @param {Query[]} parts
   * @param {(Uint32Array | null)[]} within
   * @param {number} sure
   * @param {boolean} all
   * @returns {Promise<[total: number, exact: boolean]>}
   */
  async counted(parts, within, sure, all) {
    const [word, ...others] = parts.length === 1 && !all && within.every((docs) => docs === null) ? Word.of(parts[0]) : [];
    const defaults = this.index.fields.flatMap(({ boost }, id) => (boost ? [id] : []));
    if (!word || others.length || word.boosts.size !== defaults.length || !defaults.every((id) => word.boosts.has(id))) return [sure, all];
    const { entries } = await this.index.key(word.key);
    const { segments } = this.index;
    if (entries.some((entry, s) => entry && (!entry.long || segments[s].deleted.size))) return [sure, false];
    return [entries.reduce((sum, entry) => sum + (entry?.long?.any ?? 0), 0), true];
  }

  /**
   * All documents that match, and those that match in part when there are few of the former.
   * @param {Evaluator} evaluator
   * @param {Question} question
   * @param {(Uint32Array | null)[]} within
   */
  async matches(evaluator, { query, some }, within) {
    const every = await this.living(evaluator, query);
    /** @param {Found} found */
    const pass = (found) => found.map((match, s) => (within[s] ? restrict(match, within[s]) : match));
    if (!some || count(every) >= ENOUGH) return { all: pass(every), some: null };
    const any = await this.living(evaluator, some);
    return { all: pass(every), some: pass(any.map((match, s) => subtract(match, every[s].docs))) };
  }

  /**
   * @param {Evaluator} evaluator
   * @param {Query} query
   * @returns {Promise<Found>}
   */
  living(evaluator, query) {
    return Promise.all(
      this.index.segments.map(async ({ deleted }, s) => {
        const match = await evaluator.match(query, s);
        return deleted.size ? subtract(match, Uint32Array.from(deleted).sort()) : match;
      }),
    );
  }

  /**
   * @param {Found} found
   * @param {number} limit
   * @param {Order} order
   */
  async hits(found, limit, order) {
    const { segments } = this.index;
    const top = new Top(order === 'relevance' ? limit : Infinity);
    found.forEach(({ docs, scores }, s) => docs.forEach((doc, i) => top.offer(segments[s].base + doc, scores[i])));
    return (await ordered(segments, order, top.heap)).slice(0, limit);
  }

  /**
   * Counts for the filters; takes whole lists.
   * @param {Request} request
   * @param {boolean} [withFacets]
   * @returns {Promise<Overview>}
   */
  async overview(request, withFacets = true) {
    const { filters = {} } = request;
    const question = this.question(request);
    const evaluator = new Evaluator(this.index);
    /** @param {Facet | 'dates'} but */
    const found = async (but) => {
      const { all, some } = await this.matches(evaluator, question, await passing(evaluator, filters, but));
      return all.map(({ docs }, s) => (some ? merged(docs, some[s].docs) : docs));
    };
    /** @param {Facet} facet */
    const facet = async (facet) => countFacet(evaluator, facet, await found(facet), filters[facet] ?? []);
    const within = await passing(evaluator, filters);
    /** @param {Place} where */
    const place = async (where) => {
      const { all, some } = await this.matches(evaluator, this.asker.ask(request.text, where), within);
      return count(all) + count(some ?? []);
    };
    return {
      places: { everywhere: await place('everywhere'), articles: await place('articles'), comments: await place('comments') },
      facets: withFacets ? { section: await facet('section'), author: await facet('author'), tag: await facet('tag') } : null,
      years: await histogram(this.index.segments, await found('dates')),
    };
  }

  /**
   * @param {number} doc
   * @returns {Promise<Article>}
   */
  article(doc) {
    const { store, record } = this.record(doc);
    return store.article(record);
  }

  /**
   * Where a document's record is.
   * @param {number} doc
   */
  record(doc) {
    const { segment, doc: number } = this.index.place(doc);
    let first = 0;
    for (let i = 0; i < segment.info.map.length; i += 3) {
      const [store, record, documents] = segment.info.map.slice(i, i + 3);
      if (number < first + documents) return { store: this.stores[store], record: record + number - first };
      first += documents;
    }
    throw new RangeError(`no record for document ${doc}`);
  }
}

/** @typedef {Match[]} Found by segment */

/** @param {Found} found */
const count = (found) => found.reduce((sum, { docs }) => sum + docs.length, 0);

/**
 * @param {Uint32Array} a
 * @param {Uint32Array} b
 */
function merged(a, b) {
  const docs = new Uint32Array(a.length + b.length);
  docs.set(a);
  docs.set(b, a.length);
  return docs.sort();
}
