/**
 * Postings: who holds a key in a field, how often, and how long that field is (docs/shard-format.md, sections 6 and 7).
 */
import { Cursor } from './bytes.js';
import { damaged } from './errors.js';

/**
 * The postings of one key in one field, documents ascending.
 * @typedef {object} Postings
 * @property {Uint32Array} docs
 * @property {Uint32Array | null} tf null for an exact field
 * @property {Uint8Array | null} lengths length bytes
 */

/**
 * One tier of a long list.
 * @typedef {object} Tier
 * @property {number} shard of kind l
 * @property {number} offset
 * @property {number} size
 * @property {number} bound every document scores below it, in 1024ths, by the segment's own figures
 * @property {Map<number, number>} counts postings of each field
 */

/**
 * @typedef {object} Chunk of positions
 * @property {number} first document
 * @property {number} shard of kind q
 * @property {number} offset
 * @property {number} size
 */

/**
 * @typedef {object} LongList
 * @property {number} any documents that hold the key in a default field
 * @property {Map<number, Postings>} head the best documents, in their default fields
 * @property {number} heads how many documents the head has
 * @property {Tier[]} tiers
 * @property {Chunk[]} chunks
 */

/**
 * What a segment knows of a key.
 * @typedef {object} Entry
 * @property {string} key
 * @property {number} block number of the t shard
 * @property {number} index in the block
 * @property {number[]} fields that hold the key
 * @property {Map<number, number>} df of each
 * @property {Map<number, Postings> | null} short the postings, when they are here
 * @property {LongList | null} long where they are, when they are not
 */

/**
 * @param {Cursor} cursor
 * @param {number} count
 * @param {boolean} text
 * @returns {Postings}
 */
export function readPostings(cursor, count, text) {
  const docs = cursor.gaps(count);
  if (!text) return { docs, tf: null, lengths: null };
  return { docs, tf: readFrequencies(cursor, count), lengths: cursor.bytes(count) };
}

/**
 * @param {Cursor} cursor
 * @param {number} count
 */
export function readFrequencies(cursor, count) {
  const tf = cursor.uints(count);
  for (let i = 0; i < count; i++) tf[i]++;
  return tf;
}

/**
 * The body of an entry.
 * @param {Cursor} cursor
 * @param {{ text: boolean, isDefault: boolean }[]} kinds of the fields
 * @param {Pick<Entry, 'key' | 'block' | 'index'>} place
 * @returns {Entry}
 */
export function readEntry(cursor, kinds, place) {
  const mask = cursor.uint();
  const form = cursor.uint();
  if (!mask || mask >= 2 ** kinds.length || form > 1) throw damaged(cursor.file, `the entry of "${place.key}" has mask ${mask} and form ${form}`);
  const fields = kinds.flatMap((_, id) => (Math.floor(mask / 2 ** id) % 2 ? [id] : []));
  const df = new Map(fields.map((field) => [field, cursor.uint()]));
  /** @type {Entry} */
  const entry = { ...place, fields, df, short: null, long: null };
  if (form) entry.long = readLong(cursor, fields, kinds);
  else entry.short = new Map(fields.map((field) => [field, readPostings(cursor, df.get(field) ?? 0, kinds[field].text)]));
  return entry;
}

/**
 * @param {Cursor} cursor
 * @param {number[]} fields
 * @param {{ text: boolean, isDefault: boolean }[]} kinds
 * @returns {LongList}
 */
function readLong(cursor, fields, kinds) {
  for (const field of fields) if (kinds[field].text) cursor.uint();
  const any = cursor.uint();
  const heads = cursor.count();
  const head = readHead(cursor, heads, fields.filter((field) => kinds[field].isDefault));
  const tiers = Array.from({ length: cursor.count(4) }, () => ({
    shard: cursor.uint(),
    offset: cursor.uint(),
    size: cursor.uint(),
    bound: cursor.uint(),
    counts: new Map(fields.map((field) => [field, cursor.uint()])),
  }));
  if (!tiers.length) throw damaged(cursor.file, 'a long list has no tiers');
  let first = 0;
  const chunks = Array.from({ length: cursor.count(4) }, () => {
    first += cursor.uint();
    return { first, shard: cursor.uint(), offset: cursor.uint(), size: cursor.uint() };
  });
  return { any, head, heads, tiers, chunks };
}

/**
 * The head tells, field by field, the frequency in each of its documents; here they become postings.
 * @param {Cursor} cursor
 * @param {number} count
 * @param {number[]} fields
 */
function readHead(cursor, count, fields) {
  const docs = cursor.gaps(count);
  /** @type {Map<number, Postings>} */
  const head = new Map();
  for (const field of fields) {
    const all = cursor.uints(count);
    const held = Array.from(all.keys()).filter((i) => all[i]);
    const lengths = cursor.bytes(held.length);
    head.set(field, { docs: Uint32Array.from(held, (i) => docs[i]), tf: Uint32Array.from(held, (i) => all[i]), lengths });
  }
  return head;
}

/**
 * @param {Uint8Array} payload of an l shard
 * @param {string} file
 * @param {Tier} tier
 * @param {{ text: boolean }[]} kinds
 * @returns {Map<number, Postings>}
 */
export function readTier(payload, file, tier, kinds) {
  const cursor = new Cursor(payload, file, tier.offset, tier.offset + tier.size);
  const fields = Array.from(tier.counts).filter(([, count]) => count);
  return new Map(fields.map(([field, count]) => [field, readPostings(cursor, count, kinds[field].text)]));
}
