/**
 * One segment: from a key to what is known of it. Files are fetched when they are asked for, and only those.
 */
import { Cursor, compareKeys } from './bytes.js';
import { damaged } from './errors.js';
import { lowerBound } from './matches.js';
import { readEntry, readTier } from './postings.js';
import { readPositions, readChunk } from './positions.js';
import { fileOf } from './shard.js';

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./manifest.js').SegmentInfo} SegmentInfo */
/** @typedef {import('./manifest.js').Field} Field */
/** @typedef {import('./postings.js').Entry} Entry */
/** @typedef {import('./postings.js').Postings} Postings */
/** @typedef {import('./postings.js').LongList} LongList */
/** @typedef {import('./postings.js').Tier} Tier */

/**
 * A word of the w shards.
 * @typedef {object} Word
 * @property {string} word
 * @property {number} docs with this written word; 0: only a key
 * @property {boolean} isKey
 */

/** The t shards whose positions stand in one p shard. */
const BLOCKS = 4;

/** A block of terms, opened: where each key's body lies. */
class Block {
  /**
   * @param {Uint8Array} payload
   * @param {string} file
   */
  constructor(payload, file) {
    this.payload = payload;
    this.file = file;
    /** @type {Map<string, { index: number, at: number, size: number }>} */
    this.places = new Map();
    const cursor = new Cursor(payload, file, 4);
    const count = cursor.count(4);
    const keys = keyReader(cursor);
    for (let index = 0; index < count; index++) {
      const key = keys();
      const size = cursor.uint();
      this.places.set(key, { index, at: cursor.at, size });
      cursor.bytes(size);
    }
  }
}

/**
 * Reads keys that share their beginnings with the one before.
 * @param {Cursor} cursor
 */
function keyReader(cursor) {
  const buffer = new Uint8Array(1024);
  let length = 0;
  return () => {
    const shared = cursor.uint();
    const rest = cursor.bytes(cursor.uint());
    if (shared > length || shared + rest.length > buffer.length) throw damaged(cursor.file, `a key before byte ${cursor.at} is impossible`);
    buffer.set(rest, shared);
    length = shared + rest.length;
    return cursor.decode(buffer.subarray(0, length));
  };
}

export class Segment {
  /**
   * @param {SegmentInfo} info
   * @param {number} base number of its first document in the whole index
   * @param {Field[]} fields
   * @param {Library} library
   */
  constructor(info, base, fields, library) {
    this.info = info;
    this.base = base;
    this.library = library;
    this.kinds = fields.map(({ kind, boost }) => ({ text: kind === 'text', isDefault: boost > 0 }));
    this.deleted = new Set();
    let doc = 0;
    for (const gap of info.deleted) this.deleted.add((doc += gap));
    /** @type {WeakMap<Uint8Array, Block>} */
    this.blocks = new WeakMap();
    /** @type {WeakMap<Uint8Array, Word[]>} */
    this.wordLists = new WeakMap();
    /** @type {WeakMap<Tier, Map<number, Postings>>} */
    this.tiers = new WeakMap();
  }

  /**
   * @param {string} kind
   * @param {number} number
   */
  async shard(kind, number) {
    const payload = await this.library.shard(this.info.id, kind, number);
    return { payload, file: fileOf(`${this.info.id}/${kind}${number}`) };
  }

  /** @param {number} number of a t shard */
  async block(number) {
    const { payload, file } = await this.shard('t', number);
    let block = this.blocks.get(payload);
    if (!block) this.blocks.set(payload, (block = new Block(payload, file)));
    return block;
  }

  /**
   * @param {string} key
   * @returns {Promise<Entry | null>}
   */
  async entry(key) {
    if (!this.info.tn) return null;
    const number = shardOf(this.info.t, key);
    const { places, payload, file } = await this.block(number);
    const place = places.get(key);
    if (!place) return null;
    return readEntry(new Cursor(payload, file, place.at, place.at + place.size), this.kinds, { key, block: number, index: place.index });
  }

  /**
   * @param {Tier} tier
   * @returns {Promise<Map<number, Postings>>}
   */
  async tier(tier) {
    const known = this.tiers.get(tier);
    if (known) return known;
    const { payload, file } = await this.shard('l', tier.shard);
    const lists = readTier(payload, file, tier, this.kinds);
    this.tiers.set(tier, lists);
    return lists;
  }

  /**
   * Whether a document holds a key in a field, as far as it is known without fetching anything.
   * @param {Entry} entry
   * @param {number} field
   * @param {number} doc
   */
  holds(entry, field, doc) {
    const parts = entry.short ? [entry.short] : [entry.long?.head, ...(entry.long?.tiers ?? []).map((tier) => this.tiers.get(tier))];
    return parts.some((part) => {
      const docs = part?.get(field)?.docs;
      return docs ? docs[lowerBound(docs, doc, 0, docs.length)] === doc : false;
    });
  }

  /**
   * The whole lists of a key, in parts whose documents differ; a part may be large.
   * @param {Entry} entry
   * @returns {Promise<Map<number, Postings>[]>}
   */
  async lists(entry) {
    if (entry.short) return [entry.short];
    return Promise.all((entry.long?.tiers ?? []).map((tier) => this.tier(tier)));
  }

  /**
   * Positions of a key in one field of some documents.
   * @param {Entry} entry
   * @param {number} field
   * @param {ArrayLike<number>} docs ascending
   * @returns {Promise<Map<number, Uint32Array>>}
   */
  async positions(entry, field, docs) {
    if (!docs.length || !entry.df.has(field)) return new Map();
    const textFields = entry.fields.filter((id) => this.kinds[id].text);
    if (entry.short) {
      const [{ payload, file }, before] = await Promise.all([this.shard('p', Math.floor(entry.block / BLOCKS)), this.entriesBefore(entry.block)]);
      return readPositions(payload, file, before + entry.index, entry, textFields, field, docs);
    }
    const chunks = entry.long?.chunks ?? [];
    const wanted = new Set(Array.from(docs, (doc) => chunkOf(chunks, doc)));
    const parts = await Promise.all(
      Array.from(wanted, async (number) => {
        const { payload, file } = await this.shard('q', chunks[number].shard);
        return readChunk(payload, file, chunks[number], textFields, field);
      }),
    );
    return new Map(parts.flatMap((part) => Array.from(part)));
  }

  /**
   * Entries in the blocks that share a p shard with this one and come before it.
   * @param {number} block
   */
  async entriesBefore(block) {
    const first = block - (block % BLOCKS);
    const blocks = await Promise.all(Array.from({ length: block - first }, (_, i) => this.block(first + i)));
    return blocks.reduce((sum, { places }) => sum + places.size, 0);
  }

  /**
   * Words that start with a prefix, in order.
   * @param {string} prefix
   * @returns {Promise<Word[]>}
   */
  async words(prefix) {
    const numbers = this.info.wn ? shardsOf(this.info.w, prefix) : [];
    const words = await this.wordsIn(numbers);
    return words.filter(({ word }) => word.startsWith(prefix));
  }

  /**
   * Words from `start` to `end`, both inclusive; null: open.
   * @param {string | null} start
   * @param {string | null} end
   * @returns {Promise<Word[]>}
   */
  async wordsBetween(start, end) {
    const { w, wn } = this.info;
    const first = start === null ? 0 : shardOf(w, start);
    const last = end === null ? wn - 1 : shardOf(w, end);
    const words = await this.wordsIn(Array.from({ length: Math.max(Math.min(last, wn - 1) - first + 1, 0) }, (_, i) => first + i));
    return words.filter(({ word }) => (start === null || compareKeys(word, start) >= 0) && (end === null || compareKeys(word, end) <= 0));
  }

  /**
   * @param {number[]} numbers of w shards
   * @returns {Promise<Word[]>}
   */
  async wordsIn(numbers) {
    const lists = await Promise.all(
      numbers.map(async (number) => {
        const { payload, file } = await this.shard('w', number);
        let list = this.wordLists.get(payload);
        if (!list) this.wordLists.set(payload, (list = readWords(payload, file)));
        return list;
      }),
    );
    return lists.flat();
  }
}

/**
 * @param {Uint8Array} payload of a w shard
 * @param {string} file
 * @returns {Word[]}
 */
function readWords(payload, file) {
  const cursor = new Cursor(payload, file, 4);
  const count = cursor.count(3);
  const keys = keyReader(cursor);
  return Array.from({ length: count }, () => {
    const word = keys();
    const packed = cursor.uint();
    return { word, docs: Math.floor(packed / 2), isKey: packed % 2 === 1 };
  });
}

/**
 * The only shard that can hold a key (section 6).
 * @param {string[]} separators
 * @param {string} key
 */
export function shardOf(separators, key) {
  let low = 0;
  let high = separators.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareKeys(separators[middle], key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The shards that can hold keys with a prefix.
 * @param {string[]} separators
 * @param {string} prefix
 */
export function shardsOf(separators, prefix) {
  const first = shardOf(separators, prefix);
  let last = first;
  while (last < separators.length && separators[last].startsWith(prefix)) last++;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/**
 * @param {{ first: number }[]} chunks
 * @param {number} doc
 */
function chunkOf(chunks, doc) {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle].first <= doc) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}
