/**
 * The keys that a prefix, wildcard, fuzzy term or range stands for. They come from the words (w), never from postings; only
 * values of exact fields, which are no words, come from the terms.
 */
import { compareKeys } from './bytes.js';
import { SearchError } from './errors.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./query.js').Expanding} Expanding */

/** More keys than this are refused: each costs a look into a shard. */
export const MAX_KEYS = 4096;

/**
 * @param {Index} index
 * @param {Expanding} query
 * @returns {Promise<string[]>} keys, though perhaps of other fields
 */
export async function expand(index, query) {
  const [find, fits] = way(query);
  /** @type {Set<string>} */
  const keys = new Set();
  const exact = index.fields[query.field].kind === 'exact';
  const lists = await Promise.all(index.segments.map((segment) => find(exact ? segment.terms : segment.words)));
  for (const { word, isKey } of lists.flat()) if (isKey && fits(word)) keys.add(word);
  if (keys.size > MAX_KEYS) throw new SearchError('broad', '', `${described(query)} stands for ${keys.size} words; at most ${MAX_KEYS} are looked up. Add a letter.`);
  return Array.from(keys);
}

/**
 * @typedef {import('./words.js').WordList} WordList
 * @typedef {import('./words.js').Word} Word
 */

/**
 * @param {Expanding} query
 * @returns {[find: (list: WordList) => Promise<Word[]>, fits: (word: string) => boolean]}
 */
function way(query) {
  switch (query.op) {
    case 'prefix':
      return [(list) => list.startingWith(query.text), () => true];
    case 'wildcard': {
      const expression = glob(query.text);
      const literal = /^[^*?]*/.exec(query.text)?.[0] ?? '';
      return [(list) => list.startingWith(literal), (word) => expression.test(word)];
    }
    case 'fuzzy': {
      const target = Array.from(query.text);
      const letters = target.slice(0, query.letters).join('');
      return [(list) => list.startingWith(letters), (word) => distance(Array.from(word), target, query.distance) <= query.distance];
    }
    case 'range': {
      const { start, end, afterStart, beforeEnd } = query;
      return [(list) => list.between(start, end), (word) => !(afterStart && word === start) && !(beforeEnd && word === end)];
    }
  }
}

/**
 * Whether a key is one that a query stands for.
 * @param {Expanding} query
 * @returns {(key: string) => boolean}
 */
export function fits(query) {
  const fit = way(query)[1];
  if (query.op === 'prefix') return (key) => key.startsWith(query.text);
  if (query.op === 'fuzzy') {
    const letters = Array.from(query.text).slice(0, query.letters).join('');
    return (key) => key.startsWith(letters) && fit(key);
  }
  const { start, end } = query.op === 'range' ? query : { start: null, end: null };
  return (key) => (start === null || compareKeys(key, start) >= 0) && (end === null || compareKeys(key, end) <= 0) && fit(key);
}

/** @param {Expanding} query */
function described(query) {
  if (query.op === 'range') return `[${query.start ?? ''} to ${query.end ?? ''}]`;
  return query.text + (query.op === 'prefix' ? '*' : query.op === 'fuzzy' ? '~' : '');
}

/** @param {string} text in which `*` and `?` alone are special */
function glob(text) {
  const parts = Array.from(text, (c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[\\^$.+()[\]{}|]/, '\\$&')));
  return new RegExp(`^${parts.join('').replace(/(?:\.\*)+/g, '.*')}$`, 'su');
}

/**
 * Optimal string alignment: insert, delete, change, swap two neighbours.
 * @param {string[]} a
 * @param {string[]} b
 * @param {number} limit
 * @returns {number} more than the limit when it is more
 */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + changed);
      if (i > 1 && j > 1 && changed && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}
