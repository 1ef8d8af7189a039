/**
 * Keys in order: how they are written, and in which shard one is (docs/shard-format.md, section 6).
 */
import { compareKeys } from './bytes.js';
import { damaged } from './errors.js';

/** @typedef {import('./bytes.js').Cursor} Cursor */

/**
 * Reads keys that share their beginnings with the one before.
 * @param {Cursor} cursor
 */
export function keyReader(cursor) {
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
