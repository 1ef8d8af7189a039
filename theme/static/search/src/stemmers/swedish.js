import { LATIN, Word, ending, guarded, list } from './regions.js';

const STEP_1 = list(
  `heterna hetens heter heten anden arnas ernas ornas andes andet arens arna erna orna ande arne aste aren ades erns ade are ern ens het ast ad
en ar er or as es at a e s`,
);
const STEP_3 = list('fullt löst els lig ig');

/** @param {string} text */
export function swedish(text) {
  const word = new Word(text);
  word.spared('aeiouyäåö');
  let suffix = ending(word.r1, STEP_1);
  if (suffix && (suffix !== 's' || 'bcdfghjklmnoprtvy'.includes(word.at(-2)))) word.cut(suffix.length, '1');
  if (/(?:dd|gd|nn|[dgkt]t)$/.test(word.r1)) word.cut(1, '1');
  suffix = ending(word.r1, STEP_3);
  if (suffix === 'fullt' || suffix === 'löst') word.cut(1);
  else if (suffix) word.cut(suffix.length);
  return word.text;
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(swedish),
  alphabet: LATIN,
  stops: list('och i att det som en ett på är av för med den till de om har'),
  weak: list(
    `jag du han hon vi ni inte var blev blir kan vill ska skall men eller också efter vid när var vad vem hur vilka vilken denna detta dessa sig
sin sitt sina deras hans hennes man mot under över från hade vara varit så`,
  ),
  accents: [],
};
