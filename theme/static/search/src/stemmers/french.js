import { LATIN, Word, ending, guarded, letter, list, upper } from './regions.js';

const VOWELS = 'aeiouyâàëéêèïîôûù';
const STEP_1 = list(
  `issements issement atrices atrice ateurs ations logies usions utions ements amment emment ances iqUes ismes ables istes ateur ation logie
usion ution ences ement euses ments ance iqUe isme able iste ence ités ives eaux euse ment eux ité ive ifs aux if`,
);
const STEP_2A = list(
  `issaIent issantes iraIent issante issants issions irions issais issait issant issent issiez issons irais irait irent iriez irons iront isses
issez îmes îtes irai iras irez isse ies ira ît ie ir is it i`,
);
const STEP_2B = list(
  `eraIent assions erions assent assiez èrent erais erait eriez erons eront aIent antes asses ions erai eras erez âmes âtes ante ants asse ées
era iez ais ait ant ée és er ez ât ai as é a`,
);
const STEP_4 = list('ière Ière ion ier Ier e ë');
/** Verb endings that take an `e` before them along. */
const WITH_E = new Set(list('assions assent assiez aIent antes asses âmes âtes ante ants asse ais ait ant ât ai as a'));
const ALONE = new Set(list('eraIent erions èrent erais erait eriez erons eront erai eras erez ées era iez ée és er ez é'));

/** @param {string} text */
export function french(text) {
  const word = new Word(prepared(text));
  word.standard(VOWELS);
  word.rv = afterStart(word.text);
  if (standard(word) || verbs(word)) {
    if (word.at(-1) === 'Y') word.cut(1, '', 'i');
    else if (word.at(-1) === 'ç') word.cut(1, '', 'c');
  } else residual(word);
  if (/(?:enn|onn|ett|ell|eill)$/.test(word.text)) word.cut(1);
  return plain(word.text).replaceAll('I', 'i').replaceAll('U', 'u').replaceAll('Y', 'y');
}

/** @param {string} text */
function prepared(text) {
  text = text.replaceAll('qu', 'qU');
  for (let i = 1; i < text.length - 1; i++) {
    const [before, after] = [VOWELS.includes(text[i - 1]), VOWELS.includes(text[i + 1])];
    if ((before && after && 'ui'.includes(text[i])) || ((before || after) && text[i] === 'y')) text = upper(text, i);
  }
  return text;
}

/**
 * The region rv of French.
 * @param {string} text
 */
function afterStart(text) {
  if (text.length < 2) return '';
  if (/^(?:par|col|tap)/.test(text) || (VOWELS.includes(text[0]) && VOWELS.includes(text[1]))) return text.slice(3);
  for (let i = 1; i < text.length; i++) if (VOWELS.includes(text[i])) return text.slice(i + 1);
  return '';
}

/**
 * @param {Word} word
 * @returns {boolean} whether anything was taken away after which no verb's ending can follow
 */
function standard(word) {
  const suffix = ending(word.text, STEP_1);
  const n = suffix.length;
  const [inR1, inR2, inRv] = [word.r1, word.r2, word.rv].map((region) => region.includes(suffix));
  switch (suffix) {
    case '':
      return false;
    case 'eaux':
      word.cut(1);
      return true;
    case 'euse':
    case 'euses':
      if (inR2) word.cut(n);
      else if (inR1) word.cut(n, '', 'eux');
      return inR1;
    case 'ement':
    case 'ements':
      if (inRv) adverb(word, n);
      return inRv;
    case 'amment':
      if (inRv) word.cut(6, 'v', 'ant');
      return false;
    case 'emment':
      if (inRv) word.cut(6, '', 'ent');
      return false;
    case 'ment':
    case 'ments':
      if (inRv && !word.rv.startsWith(suffix) && VOWELS.includes(word.rv[word.rv.lastIndexOf(suffix) - 1])) word.cut(n, 'v');
      return false;
    case 'aux':
      if (inR1) word.cut(2, '', 'l');
      return inR1;
    case 'issement':
    case 'issements': {
      const counts = inR1 && !VOWELS.includes(word.at(-n - 1));
      if (counts) word.cut(n);
      return counts;
    }
    default:
      if (inR2) derived(word, suffix);
      return inR2;
  }
}

/**
 * What stands before `-ement`.
 * @param {Word} word
 * @param {number} n
 */
function adverb(word, n) {
  const { r1, r2, rv } = word;
  word.cut(n);
  if (word.text.endsWith('iv') && r2.includes('iv')) {
    word.cut(2);
    if (word.text.endsWith('at') && r2.includes('at')) word.cut(2);
  } else if (word.text.endsWith('eus')) {
    if (r2.includes('eus')) word.cut(3);
    else if (r1.includes('eus')) word.cut(1, '', 'x');
  } else if (/(?:abl|iqU)$/.test(word.text)) {
    if (/abl|iqU/.test(r2)) word.cut(3);
  } else if (/[iI]èr$/.test(word.text) && /[iI]èr/.test(rv)) word.cut(3, '', 'i');
}

/**
 * Endings that count in r2.
 * @param {Word} word
 * @param {string} suffix
 */
function derived(word, suffix) {
  const { r2 } = word;
  const n = suffix.length;
  const ic = () => {
    if (word.text.endsWith('ic')) word.cut(2, '', r2.includes('ic') ? '' : 'iqU');
  };
  if (/^log/.test(suffix)) word.cut(n, '', 'log');
  else if (/^u[st]ion/.test(suffix)) word.cut(n, '', 'u');
  else if (/^ence/.test(suffix)) word.cut(n, '', 'ent');
  else word.cut(n);
  if (/^at/.test(suffix)) ic();
  else if (/^ité/.test(suffix)) {
    if (word.text.endsWith('abil')) word.cut(r2.includes('abil') ? 4 : 2, '', r2.includes('abil') ? '' : 'l');
    else if (word.text.endsWith('iv')) {
      if (r2.includes('iv')) word.cut(2);
    } else ic();
  } else if (/^i[fv]/.test(suffix) && word.text.endsWith('at') && r2.includes('at')) {
    word.cut(2);
    ic();
  }
}

/**
 * @param {Word} word
 * @returns {boolean} whether an ending was taken away
 */
function verbs(word) {
  const { rv } = word;
  let suffix = ending(word.text, STEP_2A);
  if (suffix && rv.includes(suffix) && rv.length > suffix.length && !VOWELS.includes(letter(rv, rv.lastIndexOf(suffix) - 1))) {
    word.cut(suffix.length);
    return true;
  }
  suffix = ending(rv, STEP_2B);
  if (suffix === 'ions') {
    if (!word.r2.includes(suffix)) return false;
    word.cut(4);
    return true;
  }
  if (WITH_E.has(suffix)) {
    word.cut(suffix.length, 'v');
    if (word.rv.endsWith('e')) word.cut(1);
    return true;
  }
  if (!ALONE.has(suffix)) return false;
  word.cut(suffix.length);
  return true;
}

/** @param {Word} word */
function residual(word) {
  if (word.text.length >= 2 && word.text.endsWith('s') && !'aiouès'.includes(word.at(-2))) word.cut(1);
  const suffix = STEP_4.find((letters) => word.text.endsWith(letters) && word.rv.includes(letters));
  if (suffix === 'ion') {
    if (word.r2.includes(suffix) && 'st'.includes(letter(word.rv, -4))) word.cut(3);
  } else if (suffix && suffix.length > 1) word.cut(suffix.length, '', 'i');
  else if (suffix === 'e' || (suffix === 'ë' && word.text.slice(-3, -1) === 'gu')) word.cut(1);
}

/**
 * Without the accent of the last vowel, when a consonant follows it.
 * @param {string} text
 */
function plain(text) {
  for (let i = text.length - 1; i > 0; i--) {
    if (!VOWELS.includes(text[i])) continue;
    return i < text.length - 1 && 'éè'.includes(text[i]) ? `${text.slice(0, i)}e${text.slice(i + 1)}` : text;
  }
  return text;
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(french),
  alphabet: LATIN,
  stops: list('le la les un une des du de d l et en a à au aux est que qu qui dans pour par sur ce s n c il'),
  weak: list(
    `elle ils elles nous vous je j on se sa son ses leur leurs ne pas plus mais ou où donc comme avec sans sous entre être avoir ont était
étaient sont fait cette ces cet dont quel quelle quels quelles quand comment pourquoi quoi si tout tous très aussi m t y`,
  ),
  accents: [[/e(e?s?)$/, 'é$1']],
};
