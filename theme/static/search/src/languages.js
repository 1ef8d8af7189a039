/**
 * What is known of languages: stemmers, and words that say little (docs/shard-format.md, section 15). English is here; the others are
 * files of their own, which are loaded when the index needs them.
 */
import { SearchError } from './errors.js';
import { porter } from './stem.js';

/**
 * @typedef {object} Language
 * @property {(word: string) => string} stem
 * @property {RegExp | null} alphabet the words, in lower case, that `stem` takes; null: words are folded first
 * @property {Iterable<string>} stops words that are left out
 * @property {Iterable<string>} weak words that do not count when documents with some of the words are ranked
 * @property {[RegExp, string][]} accents what puts those back, in a query typed without any, by which an ending is known
 */

/** @typedef {Language & { stops: Set<string>, weak: Set<string> }} Known */

const STOPS = 'a an and are as at be by for from have i if in is it of on or s t that the this to we with you your';
const WEAK = `about all also any because been being between both but can could did do does during each few had has he her his how into its like may more most must
no nor not now one only other our out over shall she should so some such than their them then there these they those through two under up upon was were
what when where whether which while who whom whose why will would`;
const ENGLISH = { alphabet: null, stops: STOPS.split(' '), weak: WEAK.split(/\s/), accents: [] };

/** @type {Map<string, Known>} by the name of the stemmer */
const known = new Map();
learn('porter', { ...ENGLISH, stem: porter });
learn('none', { ...ENGLISH, stem: (word) => word });

/** The stemmers for codes of languages, other than English. */
const CODES = new Map(
  `danish:da,dan dutch:nl,nld,dut finnish:fi,fin french:fr,fra,fre german:de,deu,ger hungarian:hu,hun italian:it,ita
norwegian:no,nor,nb,nob,nn,nno portuguese:pt,por romanian:ro,ron,rum russian:ru,rus spanish:es,spa swedish:sv,swe`
    .split(/\s/)
    .flatMap((line) => line.split(/[:,]/).map((code, _, [name]) => /** @type {[string, string]} */ ([code, name]))),
);

/**
 * @param {string} name of the stemmer
 * @param {Language} language
 */
export function learn(name, language) {
  known.set(name, { ...language, stops: new Set(language.stops), weak: new Set(language.weak) });
}

/** @param {string} name of a stemmer */
export const isKnown = (name) => known.has(name);

/** Whether there is a stemmer of that name. @param {string} name */
export const exists = (name) => known.has(name) || [...CODES.values()].includes(name);

/**
 * @param {string} name of a stemmer
 * @returns {Known}
 */
export function languageOf(name) {
  const language = known.get(name);
  if (!language) throw new SearchError('missing', `stem-${name}.js`, 'it was not loaded');
  return language;
}

/**
 * The stemmer for texts of a language, of the site's when none is known (section 15, step 7).
 * @param {string} language
 * @param {string} site
 */
export function stemmerFor(language, site) {
  const code = (language || site).toLowerCase().split(/[-_]/, 1)[0];
  return /^en(?:g|glish)?$/.test(code) ? 'porter' : (CODES.get(code) ?? 'none');
}
