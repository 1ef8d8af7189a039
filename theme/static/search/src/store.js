/**
 * The documents themselves: records, the rest of long texts, comments (docs/shard-format.md, section 14).
 */
import { damaged } from './errors.js';
import { fileOf } from './shard.js';

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./manifest.js').StoreInfo} StoreInfo */

/**
 * What is known of an article. All texts are plain.
 * @typedef {object} Article
 * @property {string} url relative to the site's root
 * @property {string} title
 * @property {string} date EDTF
 * @property {string} standfirst
 * @property {string} section
 * @property {string[]} authors
 * @property {string[]} tags
 * @property {string} language
 * @property {string} source
 * @property {string} opening first part of the body
 * @property {number[]} rest where the rest is: shard, index, ...
 * @property {number[]} commentTokens tokens of each comment
 * @property {number[]} commentChunks shard, index, first, ...
 */

/**
 * @typedef {object} Comment
 * @property {number} number counted from 0
 * @property {string} anchor `id` of its element on the page
 * @property {string} author
 * @property {string} date
 * @property {string} text
 */

/** What stands between the values of records, and after each item of a list. */
const [VALUE, ITEM] = ['\0', '\x01'];
/** Values of a record that this program knows. */
const COLUMNS = 13;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

export class Store {
  /**
   * @param {StoreInfo} info
   * @param {Library} library
   */
  constructor(info, library) {
    this.info = info;
    this.shards = library;
    /** @type {WeakMap<Uint8Array, unknown[]>} */
    this.opened = new WeakMap();
  }

  /**
   * @param {'d' | 'x'} kind
   * @param {number} number
   * @param {number} index
   * @returns {Promise<unknown>}
   */
  async item(kind, number, index) {
    const payload = await this.shards.shard(this.info.id, kind, number);
    const file = fileOf(`${this.info.id}/${kind}${number}`);
    let items = this.opened.get(payload);
    if (!items) this.opened.set(payload, (items = kind === 'd' ? this.records(payload, file, number) : parse(payload, file)));
    if (index >= items.length) throw damaged(file, `it has ${items.length} items, number ${index} was expected`);
    return items[index];
  }

  /**
   * @param {number} number of the record
   * @returns {Promise<Article>}
   */
  async article(number) {
    const { per } = this.info;
    const shard = Math.floor(number / per);
    const record = /** @type {string[]} */ (await this.item('d', shard, number % per));
    const [short, title, date, standfirst, section, names, words, language, source, opening] = record;
    const [authors, tags] = [names, words].map((list) => list.split(ITEM).slice(0, -1));
    const [rest, commentTokens, commentChunks] = record.slice(10, 13).map((list) => (list ? list.split(' ').map(Number) : []));
    const url = address(short, title, date);
    if (url === null) throw damaged(fileOf(`${this.info.id}/d${shard}`), 'a record has no address');
    return { url, title, date, standfirst, section, authors, tags, language, source, opening, rest, commentTokens, commentChunks };
  }

  /**
   * The records of a shard, whose values stand column by column.
   * @param {Uint8Array} payload
   * @param {string} file
   * @param {number} number of the shard
   */
  records(payload, file, number) {
    const { docs, per } = this.info;
    const count = Math.min(per, docs - number * per);
    const values = decoded(payload, file).split(VALUE);
    if (values.length % count || values.length < COLUMNS * count) throw damaged(file, `it holds ${values.length} values, not those of ${count} records`);
    return Array.from({ length: count }, (_, record) => values.filter((_, i) => i % count === record));
  }

  /**
   * A further part of an article's body.
   * @param {Article} article
   * @param {number} part counted from 0
   * @returns {Promise<string>}
   */
  async part({ rest }, part) {
    return String(await this.item('x', rest[2 * part], rest[2 * part + 1]));
  }

  /**
   * One chunk of an article's comments.
   * @param {Article} article
   * @param {number} chunk counted from 0
   * @returns {Promise<Comment[]>}
   */
  async comments({ commentChunks }, chunk) {
    const [shard, index, first] = commentChunks.slice(3 * chunk, 3 * chunk + 3);
    const comments = /** @type {unknown[][]} */ (await this.item('x', shard, index));
    if (!Array.isArray(comments) || !comments.every(Array.isArray)) throw damaged(fileOf(`${this.info.id}/x${shard}`), 'comments: not what it should be');
    return comments.map((fields, i) => {
      const [anchor, author, date, text] = fields.map(String);
      return { number: first + i, anchor, author, date, text };
    });
  }
}

/**
 * An address, of which a record leaves out what date and title tell; null when it is none.
 * @param {string} short
 * @param {string} title
 * @param {string} date
 */
function address(short, title, date) {
  const [, folders, words, rest] = /^(\d+) (\d+) (.*)/s.exec(short) ?? [];
  if (!folders) return null;
  const slug = title.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').toLowerCase();
  return `${date.slice(0, 10).replaceAll('-', '/')}/`.slice(0, +folders) + slug.slice(0, +words) + rest;
}

/**
 * @param {Uint8Array} payload
 * @param {string} file
 */
function decoded(payload, file) {
  try {
    return UTF8.decode(payload.subarray(4));
  } catch {
    throw damaged(file, 'its text is not UTF-8');
  }
}

/**
 * @param {Uint8Array} payload
 * @param {string} file
 * @returns {unknown[]}
 */
function parse(payload, file) {
  try {
    const items = JSON.parse(decoded(payload, file));
    if (Array.isArray(items)) return items;
  } catch {
    // told below
  }
  throw damaged(file, 'it holds no list in JSON');
}
