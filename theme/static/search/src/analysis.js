/**
 * From text to keys (docs/shard-format.md, section 15): the writer's steps, one by one.
 */
import { languageOf } from './languages.js';

/**
 * A token of a text, with the place where it stands.
 * @typedef {object} Token
 * @property {string[]} keys none for a stop word; several for a run of grams
 * @property {string} word folded
 * @property {number} start
 * @property {number} end
 */

/** Characters that nobody sees within a word: soft hyphens and their like. */
const HIDDEN = /[\xad\u200b\u2060\ufeff]/g;
const LETTER = '[\\p{L}\\p{N}\\p{M}]';
/** A full stop joins figures (1.5) and single letters (U.S), no words: what people write without a blank after it are two sentences. */
const TOKEN = new RegExp(`${LETTER}+(?:(?:${HIDDEN.source}+|(?<=\\d)\\.(?=\\d)|(?<!${LETTER}{2})\\.(?!${LETTER}{2}))${LETTER}+)*`, 'gu');
/** Accents, and what Hebrew and Arabic put on letters to tell vowels, or between them to make a word longer. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f]/g;
/** @type {Record<string, string>} */
const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h' };
const GRAMS =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
const RUNS = new RegExp(`[${GRAMS}]+|[^${GRAMS}]+`, 'gu');
const GRAM = new RegExp(`^[${GRAMS}]`, 'u');
const MAX_TOKEN = 64;

/**
 * A token without case and accents.
 * @param {string} token
 * @returns {string}
 */
export function fold(token) {
  // eslint-disable-next-line no-control-regex -- ASCII is what is meant
  if (/^[\0-\x7f]*$/.test(token)) return token.toLowerCase();
  return token.normalize('NFKD').replace(ACCENTS, '').toLowerCase().replace(/./g, (letter) => LETTERS[letter] ?? letter).normalize('NFC');
}

/**
 * The keys that one token gives.
 * @param {string} raw
 * @param {string} stemmer
 * @returns {string[]}
 */
export function keysOf(raw, stemmer) {
  const { alphabet, stops, stem } = languageOf(stemmer);
  if (alphabet) {
    const lower = raw.toLowerCase();
    if (stops.has(lower)) return [];
    if (alphabet.test(lower)) return [fold(stem(cut(lower)))];
  }
  /** @type {string[]} */
  const keys = [];
  for (const [run] of fold(raw).matchAll(RUNS)) {
    if (!GRAM.test(run)) {
      const word = cut(run);
      if (alphabet) keys.push(word); // the stemmer takes no such words
      else if (!stops.has(word)) keys.push(stem(word));
      continue;
    }
    const characters = Array.from(run);
    if (characters.length === 1) keys.push(run);
    for (let i = 1; i < characters.length; i++) keys.push(characters[i - 1] + characters[i]);
  }
  return keys;
}

/**
 * The first characters of a text.
 * @param {string} text
 * @param {number} size
 */
export const cut = (text, size = MAX_TOKEN) => (text.length > size ? Array.from(text).slice(0, size).join('') : text);

/**
 * The tokens of a text in NFC, as they stand in it.
 * @param {string} text
 * @returns {{ raw: string, start: number, end: number }[]}
 */
export function rawTokens(text) {
  return Array.from(text.matchAll(TOKEN), ({ 0: found, index }) => ({ raw: found.replace(HIDDEN, ''), start: index, end: index + found.length }));
}

/**
 * The tokens of a text with their keys.
 * @param {string} text in NFC
 * @param {string} stemmer
 * @returns {Token[]}
 */
export function tokens(text, stemmer) {
  return rawTokens(text).map(({ raw, ...place }) => ({ keys: keysOf(raw, stemmer), word: fold(raw), ...place }));
}

/**
 * The keys of any text, in order.
 * @param {string} text
 * @param {string} stemmer
 * @returns {string[]}
 */
export function analyse(text, stemmer) {
  return rawTokens(text.normalize('NFC')).flatMap(({ raw }) => keysOf(raw, stemmer));
}

/**
 * Whether all tokens of a text say little in one of the languages in use.
 * @param {string} text
 * @param {string[]} stemmers
 */
export function isWeak(text, stemmers) {
  const languages = stemmers.map(languageOf);
  return rawTokens(text.normalize('NFC')).every(({ raw }) => languages.some(({ alphabet, weak }) => weak.has(alphabet ? raw.toLowerCase() : fold(raw))));
}

/**
 * A text with accents put back at the ends of words that were typed without any (section 17).
 * @param {string} text
 * @param {string} stemmer
 */
export function accented(text, stemmer) {
  const { accents } = languageOf(stemmer);
  if (!accents.length) return text;
  return text.normalize('NFC').replace(TOKEN, (raw) => {
    const word = raw.toLowerCase();
    const found = /^[A-Za-z]+$/.test(raw) && accents.find(([pattern]) => pattern.test(word));
    return found ? word.replace(...found) : raw;
  });
}

/**
 * Whether a word is left out in one of the languages in use.
 * @param {string} word in lower case
 * @param {string[]} stemmers
 */
export const isStopWord = (word, stemmers) => stemmers.some((stemmer) => languageOf(stemmer).stops.has(word));

/**
 * Whether a key is of a script that is written without spaces.
 * @param {string} key
 */
export const isGram = (key) => GRAM.test(key);
