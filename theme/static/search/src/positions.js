/**
 * Where in a field a key stands (docs/shard-format.md, section 8).
 */
import { Cursor } from './bytes.js';
import { damaged } from './errors.js';
import { readFrequencies } from './postings.js';

/** @typedef {import('./postings.js').Entry} Entry */
/** @typedef {import('./postings.js').Chunk} Chunk */
/** @typedef {Map<number, Uint32Array>} Positions ascending token numbers, by document */

/**
 * @param {Uint8Array} payload of a p shard
 * @param {string} file
 * @param {number} number of the entry in the shard
 * @param {Entry} entry
 * @param {number[]} textFields of the entry
 * @param {number} field
 * @param {ArrayLike<number>} docs
 * @returns {Positions}
 */
export function readPositions(payload, file, number, entry, textFields, field, docs) {
  const cursor = new Cursor(payload, file, 4);
  const count = cursor.count();
  if (number >= count) throw damaged(file, `it has ${count} entries, number ${number} was expected`);
  for (let i = 0; i < number; i++) cursor.bytes(cursor.uint());
  const part = cursor.part(cursor.uint());
  const wanted = new Set(Array.from(docs));
  /** @type {Positions} */
  const found = new Map();
  for (const id of textFields) {
    const postings = entry.short?.get(id);
    postings?.docs.forEach((doc, i) => {
      const places = part.gaps(postings.tf?.[i] ?? 0);
      if (id === field && wanted.has(doc)) found.set(doc, places);
    });
    if (id === field) break;
  }
  return found;
}

/**
 * @param {Uint8Array} payload of a q shard
 * @param {string} file
 * @param {Chunk} chunk
 * @param {number[]} textFields of the entry
 * @param {number} field
 * @returns {Positions}
 */
export function readChunk(payload, file, chunk, textFields, field) {
  const cursor = new Cursor(payload, file, chunk.offset, chunk.offset + chunk.size);
  /** @type {Positions} */
  const found = new Map();
  for (const id of textFields) {
    const count = cursor.count();
    const docs = cursor.gaps(count);
    const tf = readFrequencies(cursor, count);
    for (let i = 0; i < count; i++) {
      const places = cursor.gaps(tf[i]);
      if (id === field) found.set(docs[i], places);
    }
    if (id === field) break;
  }
  return found;
}
