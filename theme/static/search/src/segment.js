/**
 * One segment: from a key to what is known of it. Files are fetched when they are asked for, and only those.
 */
import { Cursor } from './bytes.js';
import { keyReader, shardOf } from './keys.js';
import { lowerBound } from './matches.js';
import { readEntry, readTier } from './postings.js';
import { readPositions, readChunk } from './positions.js';
import { fileOf } from './shard.js';
import { WordList, readWords } from './words.js';

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./manifest.js').SegmentInfo} SegmentInfo */
/** @typedef {import('./manifest.js').Field} Field */
/** @typedef {import('./postings.js').Entry} Entry */
/** @typedef {import('./postings.js').Postings} Postings */
/** @typedef {import('./postings.js').LongList} LongList */
/** @typedef {import('./postings.js').Tier} Tier */

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
    this.shards = library;
    this.kinds = fields.map(({ kind, boost }) => ({ text: kind === 'text', isDefault: boost > 0 }));
    this.deleted = new Set();
    let doc = 0;
    for (const gap of info.deleted) this.deleted.add((doc += gap));
    /** @type {WeakMap<Uint8Array, Block>} */
    this.blocks = new WeakMap();
    /** Words, written ones and keys of text fields. */
    this.words = new WordList(info.w, info.wn, async (number) => {
      const { payload, file } = await this.shard('w', number);
      return readWords(payload, file);
    });
    /** All keys, of exact fields too. */
    this.terms = new WordList(info.t, info.tn, async (number) => {
      const { places } = await this.block(number);
      return Array.from(places.keys(), (word) => ({ word, docs: 0, isKey: true }));
    });
    /** @type {WeakMap<Tier, Map<number, Postings>>} */
    this.tiers = new WeakMap();
  }

  /**
   * @param {string} kind
   * @param {number} number
   */
  async shard(kind, number) {
    const payload = await this.shards.shard(this.info.id, kind, number);
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
