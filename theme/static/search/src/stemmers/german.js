import { LATIN, Word, consonantal, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouyäöü';
const STEP_1 = list('ern em er en es e s');
const STEP_2 = list('est en er st');
const STEP_3 = list('isch lich heit keit end ung ig ik');

/** @param {string} text */
export function german(text) {
  const word = new Word(consonantal(text.replaceAll('ß', 'ss'), VOWELS, 'uy'));
  word.standard(VOWELS);
  word.spared(VOWELS);

  let suffix = ending(word.r1, STEP_1);
  if (/^e[ns]?$/.test(suffix) && word.text.slice(0, -suffix.length).endsWith('niss')) word.cut(suffix.length + 1, '12');
  else if (suffix && (suffix !== 's' || 'bdfghklmnrt'.includes(word.at(-2)))) word.cut(suffix.length, '12');

  suffix = ending(word.r1, STEP_2);
  if (suffix && (suffix !== 'st' || ('bdfghklmnt'.includes(word.at(-3)) && word.text.length >= 6))) word.cut(suffix.length, '12');

  derivational(word);
  return word.text.replaceAll('ä', 'a').replaceAll('ö', 'o').replaceAll('ü', 'u').replaceAll('U', 'u').replaceAll('Y', 'y');
}

/** @param {Word} word */
function derivational(word) {
  const suffix = ending(word.r2, STEP_3);
  const n = suffix.length;
  const [r1, r2] = [word.r1.slice(0, word.r1.length - n), word.r2.slice(0, word.r2.length - n)];
  if (suffix === 'end' || suffix === 'ung') word.cut(r2.endsWith('ig') && r2.at(-3) !== 'e' ? n + 2 : n);
  else if (suffix === 'lich' || suffix === 'heit') word.cut(/(?:er|en)$/.test(r1) ? n + 2 : n);
  else if (suffix === 'keit') word.cut(r2.endsWith('lich') ? n + 4 : r2.endsWith('ig') ? n + 2 : n);
  else if (suffix && r2.at(-1) !== 'e') word.cut(n);
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(german),
  alphabet: LATIN,
  stops: list('der die das den dem des ein eine einen einem einer und in im zu von mit auf ist für an als es'),
  weak: list(
    `ich du er sie wir ihr sich nicht auch aus bei nach noch nur oder aber wie was wer wo wann warum welche welcher welches wenn dass daß war
waren wird werden wurde wurden hat haben hatte sind sein kann können soll muss durch über unter um vor zum zur am bis so diese dieser dieses
man`,
  ),
  accents: [],
};
