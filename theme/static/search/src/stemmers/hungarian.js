import { LATIN, Word, ending, guarded, letter, list } from './regions.js';

const VOWELS = 'aeiouöüáéíóõúû';
const DIGRAPHS = list('cs dz dzs gy ly ny ty zs');
const DOUBLE = list('bb cc ccs dd ff gg ggy jj kk ll lly mm nn nny pp rr ss ssz tt tty vv zz zzs');
const STEP_2 = list(
  `képpen onként enként anként képp ként ban ben nak nek val vel tól tõl ról rõl ból bõl hoz hez höz nál nél ért kor ba be ra re ig at et ot öt
ul ül vá vé en on an ön n t`,
);
const STEP_4 = list('astul estül ástul éstül stul stül');
const STEP_6 = list('oké öké aké eké áké áéi éké ééi ké éi éé é');
const STEP_7 = list('ájuk éjük ünk unk juk jük ánk énk nk uk ük em om am od ed ad öd ja je ám ád ém éd m d a e o á é');
const STEP_8 = list(
  `jaitok jeitek jaink jeink aitok eitek áitok éitek jaim jeim jaid jeid eink aink itek jeik jaik áink éink aim eim aid eid jai jei ink aik eik
áim áid áik éim éid éik im id ai ei ik ái éi i`,
);
const STEP_9 = list('ák ék ök ok ek ak k');

/** @param {string} text */
export function hungarian(text) {
  const word = new Word(text);
  word.r1 = afterStart(text);
  if (/[ae]l$/.test(word.r1)) undouble(word, 2);

  const suffix = within(word, STEP_2);
  if (suffix) {
    word.cut(suffix.length, '1');
    if (word.r1.endsWith('á')) word.cut(1, '1', 'a');
    else if (word.r1.endsWith('é')) word.cut(1, '1', 'e');
  }
  if (/(?:ánként|[áé]n)$/.test(word.r1)) word.cut(word.r1.endsWith('t') ? 6 : 2, '1', word.r1.endsWith('én') ? 'e' : 'a');
  shorten(word, ending(word.r1, STEP_4), ['ástul'], ['éstül']);
  if (/[áé]$/.test(word.r1)) undouble(word, 1);
  shorten(word, ending(word.r1, STEP_6), ['áké', 'áéi'], ['éké', 'ééi', 'éé']);
  shorten(word, within(word, STEP_7), ['ánk', 'ájuk', 'ám', 'ád', 'á'], ['énk', 'éjük', 'ém', 'éd', 'é']);
  shorten(word, within(word, STEP_8), ['áim', 'áid', 'ái', 'áink', 'áitok', 'áik'], ['éim', 'éid', 'éi', 'éink', 'éitek', 'éik']);
  shorten(word, within(word, STEP_9), ['ák'], ['ék']);
  return word.text;
}

/**
 * The region r1: after the first consonant or digraph of a word that begins with a vowel, else after its first vowel.
 * @param {string} text
 */
function afterStart(text) {
  const starts = VOWELS.includes(text[0]);
  const digraph = starts && DIGRAPHS.find((letters) => text.includes(letters, 1));
  if (digraph) return text.slice(text.indexOf(digraph[digraph.length - 1]) + 1);
  for (let i = 1; i < text.length; i++) if (VOWELS.includes(text[i]) !== starts) return text.slice(i + 1);
  return '';
}

/**
 * The first ending that the word has, if it lies within r1.
 * @param {Word} word
 * @param {string[]} endings
 */
function within(word, endings) {
  const suffix = ending(word.text, endings);
  return word.r1.endsWith(suffix) ? suffix : '';
}

/**
 * @param {Word} word
 * @param {string} suffix
 * @param {string[]} a endings for which an `a` stays
 * @param {string[]} e endings for which an `e` stays
 */
function shorten(word, suffix, a, e) {
  if (suffix) word.cut(suffix.length, '1', a.includes(suffix) ? 'a' : e.includes(suffix) ? 'e' : '');
}

/**
 * A double consonant before an ending becomes single, and the ending goes.
 * @param {Word} word
 * @param {number} n letters of the ending
 */
function undouble(word, n) {
  /** @param {string} text @param {string} pair */
  const has = (text, pair) => text.length >= n && text.slice(0, -n).endsWith(pair);
  /** @param {string} text */
  const single = (text) => text.slice(0, -n - 2) + letter(text, -n - 1);
  const pair = DOUBLE.find((letters) => has(word.text, letters));
  if (!pair) return;
  word.text = single(word.text);
  if (has(word.r1, pair)) word.r1 = single(word.r1);
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(hungarian),
  alphabet: LATIN,
  stops: list('a az és hogy egy is'),
  weak: list(
    `nem ez ezt azt mint csak de ha van volt lesz meg már még el ki mi mit milyen mikor hol hogyan miért melyik vagy amely aki ami ennek annak
után által szerint között össze minden`,
  ),
  accents: [],
};
