import { LATIN, Word, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouyäö';
const RESTRICTED = 'aeiouäö';
const LONG = list('aa ee ii oo uu ää öö');
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';
const STEP_1 = list('kaan kään sti kin han hän ko kö pa pä');
const STEP_2 = list('nsa nsä mme nne si ni an än en');
const STEP_3 = list('siin tten seen han hen hin hon hän hön den tta ttä ssa ssä sta stä lla llä lta ltä lle ksi ine ta tä na nä a ä n');
const STEP_4 = list('impi impa impä immi imma immä mpi mpa mpä mmi mma mmä eja ejä');

/** @param {string} text */
export function finnish(text) {
  const word = new Word(text);
  word.standard(VOWELS);
  particles(word);
  possessives(word);
  const isCase = cases(word);
  const suffix = ending(word.r2, STEP_4);
  if (suffix && !(/^m[mp][iaä]$/.test(suffix) && word.text.slice(-5, -3) === 'po')) word.cut(suffix.length, '12');
  plurals(word, isCase);
  tidy(word);
  return word.text.replace(new RegExp(`([${CONSONANTS}])\\1([${VOWELS}]*)$`), '$1$2');
}

/** @param {Word} word */
function particles(word) {
  const suffix = ending(word.r1, STEP_1);
  if (suffix === 'sti') {
    if (word.r2.includes(suffix)) word.cut(3, '12');
  } else if (suffix && 'ntaeiouyäö'.includes(word.at(-suffix.length - 1))) word.cut(suffix.length, '12');
}

/** @param {Word} word */
function possessives(word) {
  const suffix = ending(word.r1, STEP_2);
  const before = word.text.slice(0, -2);
  if (suffix === 'si') {
    if (word.at(-3) !== 'k') word.cut(2, '12');
  } else if (suffix === 'ni') {
    word.cut(2, '12');
    word.text = word.text.replace(/kse$/, 'ksi');
    word.r1 = word.r1.replace(/kse$/, 'ksi');
    word.r2 = word.r2.replace(/kse$/, 'ksi');
  } else if (suffix === 'an') {
    if (/(?:[tn]|ss|st|ll|lt)a$/.test(before)) word.cut(2, '12');
  } else if (suffix === 'än') {
    if (/(?:[tn]|ss|st|ll|lt)ä$/.test(before)) word.cut(2, '12');
  } else if (suffix === 'en') {
    if (/(?:lle|ine)$/.test(before)) word.cut(2, '12');
  } else if (suffix) word.cut(3, '12');
}

/**
 * @param {Word} word
 * @returns {boolean} whether one was taken away
 */
function cases(word) {
  for (const suffix of STEP_3) {
    if (!word.r1.endsWith(suffix)) continue;
    const n = suffix.length;
    const at = (/** @type {number} */ place) => word.at(-n - place);
    if (/^h[^n]n$/.test(suffix)) {
      if (at(1) !== suffix[1]) return false;
    } else if (suffix === 'siin' || suffix === 'den' || suffix === 'tten') {
      if (!(at(1) === 'i' && RESTRICTED.includes(at(2)))) continue;
    } else if (suffix === 'seen') {
      if (!LONG.includes(word.text.slice(-6, -4))) continue;
    } else if (suffix === 'a' || suffix === 'ä') {
      if (!(VOWELS.includes(at(1)) && CONSONANTS.includes(at(2)))) return false;
    } else if (suffix === 'tta' || suffix === 'ttä') {
      if (at(1) !== 'e') return false;
    }
    word.cut(n, '12');
    if (suffix === 'n' && (word.text.endsWith('ie') || LONG.includes(word.text.slice(-2)))) word.cut(1, '12');
    return true;
  }
  return false;
}

/**
 * @param {Word} word
 * @param {boolean} isCase
 */
function plurals(word, isCase) {
  if (isCase) {
    if (/[ij]$/.test(word.r1)) word.cut(1, '1');
  } else if (word.r1.length >= 2 && word.r1.at(-1) === 't' && VOWELS.includes(word.r1.slice(-2, -1))) {
    word.cut(1, '12');
    if (word.r2.endsWith('imma')) word.cut(4, '1');
    else if (word.r2.endsWith('mma') && word.r2.slice(-5, -3) !== 'po') word.cut(3, '1');
  }
}

/** @param {Word} word */
function tidy(word) {
  if (LONG.includes(word.r1.slice(-2))) word.cut(1, '1');
  if (word.r1.length >= 2 && CONSONANTS.includes(word.r1.slice(-2, -1)) && /[aäei]$/.test(word.r1)) word.cut(1, '1');
  if (/[ou]j$/.test(word.r1)) word.cut(1, '1');
  if (word.r1.endsWith('jo')) word.cut(1, '1');
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(finnish),
  alphabet: LATIN,
  stops: list('ja on ei se että oli ovat kun'),
  weak: list(
    `hän he minä sinä me te ne joka jotka tämä tuo nämä mikä mitä kuka missä miksi miten milloin ole olla ollut olisi myös mutta tai kuin niin
vain jos nyt sitä sen`,
  ),
  accents: [],
};
