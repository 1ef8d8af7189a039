import { LATIN, Word, ending, guarded, list, upper } from './regions.js';

const VOWELS = 'aeiouyè';
const STEP_1 = list('heden ene en se s');
const STEP_3 = list('baar lijk bar end ing ig');
/** @type {Record<string, string>} */
const PLAIN = { ä: 'a', á: 'a', ë: 'e', é: 'e', í: 'i', ï: 'i', ö: 'o', ó: 'o', ü: 'u', ú: 'u' };

/** @param {string} text */
export function dutch(text) {
  const word = new Word(prepared(text));
  word.standard(VOWELS);
  word.spared(VOWELS);
  step1(word);

  const step2 = word.r1.endsWith('e') && !VOWELS.includes(word.at(-2));
  if (step2) {
    word.cut(1, '12');
    undouble(word);
  }

  if (word.r2.endsWith('heid') && word.at(-5) !== 'c') {
    word.cut(4, '12');
    if (word.r1.endsWith('en') && !VOWELS.includes(word.at(-3)) && word.text.slice(-5, -2) !== 'gem') {
      word.cut(2, '12');
      undouble(word);
    }
  }

  step3(word, step2);
  return word.text.replace(/([^aeiouyè])(aa|ee|oo|uu)([^aeiouyèI])$/, (_, before, [vowel], after) => before + vowel + after).replaceAll('I', 'i').replaceAll('Y', 'y');
}

/** @param {string} text */
function prepared(text) {
  text = text.replace(/[äáëéíïöóüú]/g, (letter) => PLAIN[letter]);
  if (text[0] === 'y') text = upper(text, 0);
  for (let i = 1; i < text.length; i++) if (VOWELS.includes(text[i - 1]) && text[i] === 'y') text = upper(text, i);
  for (let i = 1; i < text.length - 1; i++) if (VOWELS.includes(text[i - 1]) && text[i] === 'i' && VOWELS.includes(text[i + 1])) text = upper(text, i);
  return text;
}

/** @param {Word} word */
function undouble(word) {
  if (/(?:kk|dd|tt)$/.test(word.text)) word.cut(1, '12');
}

/** @param {Word} word */
function step1(word) {
  const suffix = ending(word.r1, STEP_1);
  const n = suffix.length;
  if (suffix === 'heden') {
    if (word.r2.endsWith(suffix)) word.cut(5, '12', 'heid');
    else word.cut(5, '1', 'heid');
  } else if (suffix === 'ene' || suffix === 'en') {
    if (word.text.endsWith('heden') || VOWELS.includes(word.at(-n - 1)) || word.text.slice(-n - 3, -n) === 'gem') return;
    word.cut(n, '12');
    undouble(word);
  } else if (suffix && !VOWELS.includes(word.at(-n - 1)) && word.at(-n - 1) !== 'j') word.cut(n, '12');
}

/**
 * @param {Word} word
 * @param {boolean} step2 whether it did anything
 */
function step3(word, step2) {
  const suffix = ending(word.r2, STEP_3);
  if (suffix === 'end' || suffix === 'ing') {
    word.cut(3, '2');
    if (word.r2.endsWith('ig') && word.at(-3) !== 'e') word.cut(2);
    else undouble(word);
  } else if (suffix === 'ig') {
    if (word.at(-3) !== 'e') word.cut(2);
  } else if (suffix === 'lijk') {
    word.cut(4, '1');
    if (!word.r1.endsWith('e') || VOWELS.includes(word.at(-2))) return;
    word.cut(1);
    undouble(word);
  } else if (suffix === 'baar' || (suffix === 'bar' && step2)) word.cut(suffix.length);
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(dutch),
  alphabet: LATIN,
  stops: list('de het een en van in te dat die op is aan met voor er om als zijn bij'),
  weak: list(
    `ik je hij zij ze we wij niet was waren werd worden wordt heeft hebben had kan kunnen zal zullen maar of ook nog naar uit door over tot deze
dit daar hier wat wie waar wanneer hoe welke waarom zo dan al meer geen haar hem hun ons`,
  ),
  accents: [],
};
