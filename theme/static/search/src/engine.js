/**
 * Search, as pages and programs use it: open an index, ask it, read what was found.
 */
import { Evaluator } from './evaluate.js';
import { Index } from './index.js';
import { Library } from './library.js';
import { subtract } from './matches.js';
import { Asker } from './query.js';
import { Store } from './store.js';
import { Top } from './top.js';

/** @typedef {import('./library.js').Source} Source */
/** @typedef {import('./manifest.js').Manifest} Manifest */
/** @typedef {import('./matches.js').Match} Match */
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
 * @typedef {object} Answer
 * @property {number} total
 * @property {Hit[]} hits best first
 */

/** Fewer documents with all words than this: those with some words follow. */
const ENOUGH = 10;

export class Engine {
  /**
   * @param {Manifest} manifest
   * @param {Library} library
   */
  constructor(manifest, library) {
    this.library = library;
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
   * @param {string} text
   * @param {{ limit?: number }} [options]
   * @returns {Promise<Answer>}
   */
  async search(text, { limit = 10 } = {}) {
    const question = this.asker.ask(text);
    const found = await this.matches(question);
    const top = new Top(limit);
    offer(top, found.all);
    const hits = top.sorted().map((hit) => ({ ...hit, partial: false }));
    if (found.some) {
      const rest = new Top(limit - hits.length);
      offer(rest, found.some);
      hits.push(...rest.sorted().map((hit) => ({ ...hit, partial: true })));
    }
    return { total: count(found.all) + (found.some ? count(found.some) : 0), hits };
  }

  /**
   * All documents that match, and those that match in part when there are few of the former.
   * @param {Question} question
   */
  async matches({ query, some }) {
    const evaluator = new Evaluator(this.index);
    const all = await this.living(evaluator, query);
    if (!some || count(all) >= ENOUGH) return { all, some: null };
    const any = await this.living(evaluator, some);
    return { all, some: any.map(({ base, match }, s) => ({ base, match: subtract(match, all[s].match.docs) })) };
  }

  /**
   * @param {Evaluator} evaluator
   * @param {Query} query
   */
  living(evaluator, query) {
    return Promise.all(
      this.index.segments.map(async ({ base, deleted }, s) => {
        const match = await evaluator.match(query, s);
        return { base, match: deleted.size ? subtract(match, Uint32Array.from(deleted).sort()) : match };
      }),
    );
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

/** @typedef {{ base: number, match: Match }[]} Found by segment */

/**
 * @param {Top} top
 * @param {Found} found
 */
function offer(top, found) {
  for (const { base, match } of found) for (let i = 0; i < match.docs.length; i++) top.offer(base + match.docs[i], match.scores[i]);
}

/** @param {Found} found */
const count = (found) => found.reduce((sum, { match }) => sum + match.docs.length, 0);
