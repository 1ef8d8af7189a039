/**
 * From text to keys (docs/shard-format.md, section 15): the writer's steps, one by one.
 */
import { porter } from './stem.js';

/**
 * A token of a text, with the place where it stands.
 * @typedef {object} Token
 * @property {string[]} keys none for a stop word; several for a run of grams
 * @property {string} word folded
 * @property {number} start
 * @property {number} end
 */

const TOKEN = /[\p{L}\p{N}\p{M}_]+(?:\.?[\p{L}\p{N}\p{M}_]+)*/gu;
const ACCENTS = /[\u0300-\u036f]/g;
const SPECIAL = /[ßæœøđðþłıħ]/g;
/** @type {Record<string, string>} */
const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h' };
const GRAMS =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
const RUNS = new RegExp(`[${GRAMS}]+|[^${GRAMS}]+`, 'gu');
const GRAM = new RegExp(`^[${GRAMS}]`, 'u');
const STOP = new Set(
  'a an and are as at be by for from have i if in is it of on or s t that the this to we with you your'.split(' '),
);
/** Words that are searched, but do not count when documents with some of the words are ranked (section 17). */
const WEAK = new Set(
  `about all also any because been being between both but can could did do does during each few had has he her his how into its like may more most must
no nor not now one only other our out over shall she should so some such than their them then there these they those through two under up upon was were
what when where whether which while who whom whose why will would`.split(/\s+/),
);
const MAX_TOKEN = 64;

/** @type {Record<string, (word: string) => string>} */
const STEMMERS = { porter, none: (word) => word };

/**
 * A token without case and accents.
 * @param {string} token
 * @returns {string}
 */
export function fold(token) {
  // eslint-disable-next-line no-control-regex -- ASCII is what is meant
  if (/^[\0-\x7f]*$/.test(token)) return token.toLowerCase();
  const plain = token.normalize('NFKD').replace(ACCENTS, '').toLowerCase();
  return plain.replace(SPECIAL, (letter) => LETTERS[letter]).normalize('NFC');
}

/**
 * The keys that one folded token gives.
 * @param {string} folded
 * @param {string} stemmer
 * @returns {string[]}
 */
export function keysOf(folded, stemmer) {
  const stem = STEMMERS[stemmer] ?? STEMMERS.none;
  /** @type {string[]} */
  const keys = [];
  for (const [run] of folded.matchAll(RUNS)) {
    if (!GRAM.test(run)) {
      const word = cut(run);
      if (!STOP.has(word)) keys.push(stem(word));
      continue;
    }
    const characters = Array.from(run);
    if (characters.length === 1) keys.push(run);
    for (let i = 1; i < characters.length; i++) keys.push(characters[i - 1] + characters[i]);
  }
  return keys;
}

/** @param {string} word */
function cut(word) {
  return word.length > MAX_TOKEN ? Array.from(word).slice(0, MAX_TOKEN).join('') : word;
}

/**
 * The tokens of a text in NFC, as they stand in it.
 * @param {string} text
 * @returns {{ raw: string, start: number }[]}
 */
export function rawTokens(text) {
  return Array.from(text.matchAll(TOKEN), (match) => ({ raw: match[0], start: match.index ?? 0 }));
}

/**
 * The tokens of a text with their keys.
 * @param {string} text in NFC
 * @param {string} stemmer
 * @returns {Token[]}
 */
export function tokens(text, stemmer) {
  return rawTokens(text).map(({ raw, start }) => {
    const word = fold(raw);
    return { keys: keysOf(word, stemmer), word, start, end: start + raw.length };
  });
}

/**
 * The keys of any text, in order.
 * @param {string} text
 * @param {string} stemmer
 * @returns {string[]}
 */
export function analyse(text, stemmer) {
  return rawTokens(text.normalize('NFC')).flatMap(({ raw }) => keysOf(fold(raw), stemmer));
}

/** @param {string} text of one or more tokens */
export const isWeak = (text) => rawTokens(text.normalize('NFC')).every(({ raw }) => WEAK.has(fold(raw)));

/** @param {string} word */
export const isStopWord = (word) => STOP.has(word);

/**
 * Whether a key is of a script that is written without spaces.
 * @param {string} key
 */
export const isGram = (key) => GRAM.test(key);

/**
 * The stemmer for texts of a language (section 15, step 7).
 * @param {string} language
 * @param {string} site
 */
export function stemmerFor(language, site) {
  const code = (language || site).toLowerCase().split(/[-_]/, 1)[0];
  return code === 'en' || code === 'eng' || code === 'english' ? 'porter' : 'none';
}
