import { LATIN, Word, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouyæåø';
const STEP_1 = list('hetenes hetene hetens heter heten endes ande ende edes enes erte ede ane ene ens ers ets het ast ert en ar er as es et a e s');
const STEP_3 = list('hetslov eleg elig elov slov leg eig lig els lov ig');

/** @param {string} text */
export function norwegian(text) {
  const word = new Word(text);
  word.spared(VOWELS);
  let suffix = ending(word.r1, STEP_1);
  if (suffix === 'erte' || suffix === 'ert') word.cut(suffix.length, '1', 'er');
  else if (suffix && (suffix !== 's' || 'bcdfghjlmnoprtvyz'.includes(word.at(-2)) || (word.at(-2) === 'k' && !VOWELS.includes(word.at(-3))))) {
    word.cut(suffix.length, '1');
  }
  if (/[dv]t$/.test(word.r1)) word.cut(1, '1');
  suffix = ending(word.r1, STEP_3);
  if (suffix) word.cut(suffix.length);
  return word.text;
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(norwegian),
  alphabet: LATIN,
  stops: list('og i det er på en et til som av for med at de den har om'),
  weak: list(
    `jeg du han hun vi ikke ble blir var kan vil skal men eller også etter ved når hvor hva hvem hvordan hvilke denne dette disse seg sin sitt
sine deres hans hennes man mot under over fra hadde være vært å`,
  ),
  accents: [],
};
