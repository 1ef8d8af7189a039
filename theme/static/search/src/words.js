/**
 * Words of a segment, in order, a shard at a time (docs/shard-format.md, section 9).
 */
import { Cursor, compareKeys } from './bytes.js';
import { keyReader, shardOf, shardsOf } from './keys.js';

/**
 * @typedef {object} Word
 * @property {string} word
 * @property {number} docs with this written word; 0: only a key
 * @property {boolean} isKey of a field
 */

/** Opened shards to keep. */
const KEPT = 400;

export class WordList {
  /**
   * @param {string[]} separators
   * @param {number} shards
   * @param {(number: number) => Promise<Word[]>} read
   */
  constructor(separators, shards, read) {
    this.separators = separators;
    this.shards = shards;
    this.read = read;
    /** @type {Map<number, Word[]>} */
    this.opened = new Map();
  }

  /**
   * @param {string} prefix
   * @returns {Promise<Word[]>}
   */
  async startingWith(prefix) {
    const words = await this.of(shardsOf(this.separators, prefix));
    return words.filter(({ word }) => word.startsWith(prefix));
  }

  /**
   * Words from `start` to `end`, both inclusive; null: open.
   * @param {string | null} start
   * @param {string | null} end
   * @returns {Promise<Word[]>}
   */
  async between(start, end) {
    const first = start === null ? 0 : shardOf(this.separators, start);
    const last = end === null ? this.shards - 1 : shardOf(this.separators, end);
    const words = await this.of(Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i));
    return words.filter(({ word }) => (start === null || compareKeys(word, start) >= 0) && (end === null || compareKeys(word, end) <= 0));
  }

  /**
   * @param {number[]} numbers of shards
   * @returns {Promise<Word[]>}
   */
  async of(numbers) {
    const wanted = numbers.filter((number) => number < this.shards);
    const lists = await Promise.all(
      wanted.map(async (number) => {
        const list = this.opened.get(number) ?? (await this.read(number));
        if (this.opened.size >= KEPT) this.opened.clear();
        this.opened.set(number, list);
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
export function readWords(payload, file) {
  const cursor = new Cursor(payload, file, 4);
  const count = cursor.count(3);
  const keys = keyReader(cursor);
  return Array.from({ length: count }, () => {
    const word = keys();
    const packed = cursor.uint();
    return { word, docs: Math.floor(packed / 2), isKey: packed % 2 === 1 };
  });
}
