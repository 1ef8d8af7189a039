/**
 * Numbers that each document has (docs/shard-format.md, section 12).
 */
import { Cursor } from './bytes.js';
import { damaged } from './errors.js';

/** @typedef {import('./segment.js').Segment} Segment */

/** Number of the column that counts comments. */
export const COMMENTS = 0;
const DOCUMENTS = 4096; // a shard

/** @type {WeakMap<Uint8Array, Map<number, Uint32Array>>} */
const opened = new WeakMap();

/**
 * @param {Segment} segment
 * @param {number} shard
 * @returns {Promise<Map<number, Uint32Array>>} columns by number
 */
async function columns(segment, shard) {
  const { payload, file } = await segment.shard('c', shard);
  let found = opened.get(payload);
  if (!found) opened.set(payload, (found = readColumns(payload, file, Math.min(DOCUMENTS, segment.info.docs - shard * DOCUMENTS))));
  return found;
}

/**
 * @param {Uint8Array} payload of a c shard
 * @param {string} file
 * @param {number} documents
 */
function readColumns(payload, file, documents) {
  const cursor = new Cursor(payload, file, 4);
  /** @type {Map<number, Uint32Array>} */
  const found = new Map();
  for (let left = cursor.count(2); left; left--) {
    const number = cursor.uint();
    const part = cursor.part(cursor.uint());
    if (number === COMMENTS) found.set(number, part.uints(documents));
  }
  if (!found.has(COMMENTS)) throw damaged(file, 'it does not count comments');
  return found;
}

/**
 * A column's numbers for some documents.
 * @param {Segment} segment
 * @param {number} column
 * @param {Uint32Array} docs
 * @returns {Promise<Uint32Array>}
 */
export async function columnOf(segment, column, docs) {
  const shards = new Set(Array.from(docs, (doc) => Math.floor(doc / DOCUMENTS)));
  const parts = new Map(await Promise.all(Array.from(shards, async (shard) => /** @type {const} */ ([shard, (await columns(segment, shard)).get(column)]))));
  return docs.map((doc) => parts.get(Math.floor(doc / DOCUMENTS))?.[doc % DOCUMENTS] ?? 0);
}
