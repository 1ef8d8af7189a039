import { LATIN, Word, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouyæåø';
const STEP_1 = list(
  `erendes erende hedens ethed erede heden heder endes ernes erens erets ered ende erne eren erer heds enes eres eret hed ene ere ens ers ets en
er es et e s`,
);
const STEP_2 = list('gd dt gt kt');
const STEP_3 = list('elig løst lig els ig');

/** @param {string} text */
export function danish(text) {
  const word = new Word(text);
  word.spared(VOWELS);
  let suffix = ending(word.r1, STEP_1);
  if (suffix && (suffix !== 's' || 'abcdfghjklmnoprtvyzå'.includes(word.at(-2)))) word.cut(suffix.length, '1');
  if (ending(word.r1, STEP_2)) word.cut(1, '1');
  if (word.r1.endsWith('igst')) word.cut(2, '1');
  suffix = ending(word.r1, STEP_3);
  if (suffix === 'løst') word.cut(1, '1');
  else if (suffix) {
    word.cut(suffix.length, '1');
    if (ending(word.r1, STEP_2)) word.cut(1, '1');
  }
  if (word.text.length > 3 && /([bcdfghjklmnpqrstvwxz])\1$/.test(word.text)) word.cut(1);
  return word.text;
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(danish),
  alphabet: LATIN,
  stops: list('og i det at en den til er som på de med han af for der et om har var fra'),
  weak: list(
    `jeg du hun vi ikke kan vil skal blev bliver været havde men eller også efter ved når hvor hvad hvem hvordan hvilke denne dette disse sig sin
sit sine deres hans hendes man mod under over siden`,
  ),
  accents: [],
};
