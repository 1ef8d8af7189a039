/**
 * Words to go on with, and words that may have been meant. They come from the words (w), never from postings.
 */
import { analyse, fold, isStopWord, rawTokens } from './analysis.js';
import { distance } from './expand.js';

/** @typedef {import('./index.js').Index} Index */

const SUGGESTIONS = 6;
/** Letters of a word before it is completed. */
const LETTERS = 2;
/** A question mark behind a word that stands for no letter of it. */
const ENDS_QUESTION = /^\?(?:\s|$)/;

/**
 * Whole texts that go on from what was typed, the most frequent word first.
 * @param {Index} index
 * @param {string} text
 * @returns {Promise<string[]>}
 */
export async function complete(index, text) {
  const last = rawTokens(text.normalize('NFC')).at(-1);
  if (!last || last.end !== text.length || /[*?~^"]/.test(text.slice(last.start - 1))) return [];
  const prefix = fold(last.raw);
  if (prefix.length < LETTERS || prefix.length > 32) return [];
  const words = await written(index, prefix);
  const better = Array.from(words).filter(([word]) => word !== prefix && !isStopWord(word, index.manifest.stemmers));
  better.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return better.slice(0, SUGGESTIONS).map(([word]) => text.slice(0, last.start) + word);
}

/**
 * The text with words that the index does not have replaced by the nearest that it has, those beside a * by the stems that
 * patterns are compared with, and without a question mark that ends a question; null when there is nothing to replace.
 * @param {Index} index
 * @param {string} text
 * @returns {Promise<string | null>}
 */
export async function correct(index, text) {
  const normal = text.normalize('NFC');
  let [better, at] = ['', 0];
  for (const { raw, start, end } of rawTokens(normal)) {
    const isPattern = normal[start - 1] === '*' || normal[end] === '*';
    const isLeft = isPattern || /["?~]/.test(normal[end] ?? '') || (await isKnown(index, raw));
    const word = isLeft ? isPattern && stemOf(index, raw) : await nearest(index, fold(raw));
    better += normal.slice(at, start) + (word || raw);
    at = end + (ENDS_QUESTION.test(normal.slice(end)) ? 1 : 0);
  }
  better += normal.slice(at);
  return better === normal ? null : better;
}

/**
 * The longest stem with which a word begins, if it is shorter.
 * @param {Index} index
 * @param {string} raw
 * @returns {string | undefined}
 */
function stemOf(index, raw) {
  const word = fold(raw);
  const stems = index.manifest.stemmers.flatMap((stemmer) => analyse(raw, stemmer)).filter((key) => key !== word && word.startsWith(key));
  return stems.sort((a, b) => b.length - a.length)[0];
}

/**
 * @param {Index} index
 * @param {string} raw
 */
async function isKnown(index, raw) {
  if (/^(AND|OR|NOT|ANDNOT|ANDMAYBE)$/.test(raw) || index.fieldId(raw) >= 0 || raw === 'date' || /\d/.test(raw)) return true;
  const ways = index.manifest.stemmers.map((stemmer) => analyse(raw, stemmer));
  if (ways.some((keys) => keys.length !== 1)) return true;
  const keys = await Promise.all(ways.map(([key]) => index.key(key)));
  return keys.some(({ entries }) => entries.some((entry) => entry !== null));
}

/**
 * The nearest written word: fewest changes, then most documents.
 * @param {Index} index
 * @param {string} word
 * @returns {Promise<string | null>}
 */
async function nearest(index, word) {
  const letters = Array.from(word);
  const limit = letters.length < 4 ? 1 : 2;
  for (const count of [2, 1]) {
    let best = { word: '', changes: limit + 1, docs: 0 };
    for (const [candidate, docs] of await written(index, letters.slice(0, count).join(''))) {
      const changes = distance(Array.from(candidate), letters, limit);
      if (changes < best.changes || (changes === best.changes && changes <= limit && docs > best.docs)) best = { word: candidate, changes, docs };
    }
    if (best.word) return best.word;
  }
  return null;
}

/**
 * Written words with a prefix, and in how many documents each is.
 * @param {Index} index
 * @param {string} prefix
 * @returns {Promise<Map<string, number>>}
 */
async function written({ segments }, prefix) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const words of await Promise.all(segments.map((segment) => segment.words.startingWith(prefix)))) {
    for (const { word, docs } of words) if (docs) found.set(word, (found.get(word) ?? 0) + docs);
  }
  return found;
}
