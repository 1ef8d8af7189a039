import { LATIN, Word, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouáéíóúâêô';
const STEP_1 = list(
  `amentos imentos uciones amento imento adoras adores aço~es logías ências amente idades ismos istas adora aça~o antes ância logía ución ência
mente idade ezas icos icas ismo ável ível ista osos osas ador ante ivas ivos iras eza ico ica oso osa iva ivo ira`,
);
const STEP_2 = list(
  `aríamos eríamos iríamos ássemos êssemos íssemos aríeis eríeis iríeis ásseis ésseis ísseis áramos éramos íramos ávamos aremos eremos iremos
ariam eriam iriam assem essem issem ara~o era~o ira~o arias erias irias ardes erdes irdes asses esses isses astes estes istes áreis areis
éreis ereis íreis ireis áveis íamos armos ermos irmos aria eria iria asse esse isse aste este iste arei erei irei aram eram iram avam arem
erem irem ando endo indo adas idas arás aras erás eras irás avas ares eres ires íeis ados idos ámos amos emos imos iras ada ida ará ara erá
era irá ava iam ado ido ias ais eis ira ia ei am em ar er ir as es is eu iu ou`,
);
const STEP_4 = list('os a i o á í ó');

/** @param {string} text */
export function portuguese(text) {
  const word = new Word(text.replaceAll('ã', 'a~').replaceAll('õ', 'o~'));
  word.standard(VOWELS);
  word.romance(VOWELS);
  if (standard(word) || shorter(word, STEP_2)) {
    if (word.rv.endsWith('i') && word.at(-2) === 'c') word.cut(1, 'v');
  } else shorter(word, STEP_4);
  if (/[eéê]$/.test(word.rv)) {
    word.cut(1, 'v');
    if ((word.text.endsWith('gu') && word.rv.endsWith('u')) || (word.text.endsWith('ci') && word.rv.endsWith('i'))) word.cut(1);
  } else if (word.text.endsWith('ç')) word.cut(1, '', 'c');
  return word.text.replaceAll('a~', 'ã').replaceAll('o~', 'õ');
}

/**
 * @param {Word} word
 * @param {string[]} endings
 */
function shorter(word, endings) {
  const suffix = ending(word.rv, endings);
  if (suffix) word.cut(suffix.length, 'v');
  return suffix !== '';
}

/**
 * @param {Word} word
 * @returns {boolean} whether anything was taken away
 */
function standard(word) {
  const suffix = ending(word.text, STEP_1);
  const n = suffix.length;
  if (!suffix) return false;
  if (suffix === 'amente' && word.r1.endsWith(suffix)) {
    word.cut(6, '2v');
    if (word.r2.endsWith('iv')) {
      word.cut(2, '2v');
      if (word.r2.endsWith('at')) word.cut(2, 'v');
    } else if (/(?:os|ic|ad)$/.test(word.r2)) word.cut(2, 'v');
    return true;
  }
  if (/^iras?$/.test(suffix) && word.rv.endsWith(suffix) && word.text.slice(-n - 1, -n) === 'e') {
    word.cut(n, 'v', 'ir');
    return true;
  }
  if (!word.r2.endsWith(suffix)) return false;
  if (/^logía/.test(suffix)) word.cut(2, 'v');
  else if (/^uci/.test(suffix)) word.cut(n, 'v', 'u');
  else if (/^ência/.test(suffix)) word.cut(n, 'v', 'ente');
  else if (suffix === 'mente') {
    word.cut(5, '2v');
    if (/(?:ante|avel|ível)$/.test(word.r2)) word.cut(4, 'v');
  } else if (/^idade/.test(suffix)) {
    word.cut(n, '2v');
    if (/i[cv]$/.test(word.r2)) word.cut(2, 'v');
    else if (word.r2.endsWith('abil')) word.cut(4, 'v');
  } else if (/^iv/.test(suffix)) {
    word.cut(n, '2v');
    if (word.r2.endsWith('at')) word.cut(2, 'v');
  } else word.cut(n, 'v');
  return true;
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(portuguese),
  alphabet: LATIN,
  stops: list('o a os as um uma e de do da dos das em no na nos nas que para com por é'),
  weak: list(
    `se não mais mas ou como foi foram ser são está estão era ter tem têm seu sua seus suas ao aos à às pelo pela pelos pelas este esta esse essa
isso isto ele ela eles elas quando onde quem qual quais quê porque também já muito entre sobre sem até`,
  ),
  accents: [[/cao$/, 'ção'], [/coes$/, 'ções'], [/ao$/, 'ão'], [/oes$/, 'ões'], [/ae(s?)$/, 'ãe$1'], [/ues$/, 'uês']],
};
