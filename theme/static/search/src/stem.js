/**
 * The stemmer of the reference: `whoosh.lang.porter.stem` of Whoosh 2.7.4, which departs from Porter's own in a few places
 * (`planned` gives `plann`). Every departure is kept: keys must be the writer's keys.
 */

/** @type {Record<string, string>} */
const STEP_2 = {
  ational: 'ate', tional: 'tion', enci: 'ence', anci: 'ance', izer: 'ize', bli: 'ble', alli: 'al', entli: 'ent', eli: 'e', ousli: 'ous',
  ization: 'ize', ation: 'ate', ator: 'ate', alism: 'al', iveness: 'ive', fulness: 'ful', ousness: 'ous', aliti: 'al', iviti: 'ive',
  biliti: 'ble', logi: 'log',
};

/** @type {Record<string, string>} */
const STEP_3 = { icate: 'ic', ative: '', alize: 'al', iciti: 'ic', ical: 'ic', ful: '', ness: '' };

const CONSONANTS = '[^aeiouy]+';
const VOWELS = '[aeiou]+';
const MEASURE_OVER_0 = new RegExp(`^(${CONSONANTS})?${VOWELS}${CONSONANTS}`);
const MEASURE_IS_1 = new RegExp(`^(${CONSONANTS})?${VOWELS}${CONSONANTS}(${VOWELS})?$`);
const MEASURE_OVER_1 = new RegExp(`^(${CONSONANTS})?${VOWELS}${CONSONANTS}${VOWELS}${CONSONANTS}`);
const HAS_VOWEL = new RegExp(`^(${CONSONANTS})?[aeiouy]`);
const SHORT = new RegExp(`^${CONSONANTS}[aeiouy][^aeiouwxy]$`);

const ED_ING = /^(.*)(ed|ing)$/;
// Whoosh asks these two at the start of the word, where they seldom match: that is its departure from Porter.
const AT_BL_IZ = /^(at|bl|iz)$/;
const DOUBLED = /^([^aeiouylsz])\1$/;
const SUFFIX_2 = new RegExp(`^(.+?)(${Object.keys(STEP_2).join('|')})$`);
const SUFFIX_3 = new RegExp(`^(.+?)(${Object.keys(STEP_3).join('|')})$`);
const SUFFIX_4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;
const SUFFIX_4_ION = /^(.+?)([st])(ion)$/;

/**
 * @param {string} word folded; anything but `a` to `z` is given back as it is
 * @returns {string}
 */
export function porter(word) {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  const startsWithY = word[0] === 'y';
  let w = startsWithY ? `Y${word.slice(1)}` : word;
  w = step1(w);
  w = swap(w, SUFFIX_2, STEP_2);
  w = swap(w, SUFFIX_3, STEP_3);
  w = step4(w);
  w = step5(w);
  return startsWithY ? `y${w.slice(1)}` : w;
}

/** @param {string} w */
function step1(w) {
  if (w.endsWith('sses') || w.endsWith('ies')) w = w.slice(0, -2);
  else if (w.endsWith('s') && w[w.length - 2] !== 's') w = w.slice(0, -1);
  if (w.endsWith('eed')) {
    if (MEASURE_OVER_0.test(w.slice(0, -3))) w = w.slice(0, -1);
  } else {
    const match = ED_ING.exec(w);
    if (match && HAS_VOWEL.test(match[1])) {
      w = match[1];
      if (AT_BL_IZ.test(w)) w += 'e';
      else if (DOUBLED.test(w)) w = w.slice(0, -1);
      else if (SHORT.test(w)) w += 'e';
    }
  }
  if (w.endsWith('y') && HAS_VOWEL.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
  return w;
}

/**
 * @param {string} w
 * @param {RegExp} pattern
 * @param {Record<string, string>} suffixes
 */
function swap(w, pattern, suffixes) {
  const match = pattern.exec(w);
  return match && MEASURE_OVER_0.test(match[1]) ? match[1] + suffixes[match[2]] : w;
}

/** @param {string} w */
function step4(w) {
  let match = SUFFIX_4.exec(w);
  if (match) return MEASURE_OVER_1.test(match[1]) ? match[1] : w;
  match = SUFFIX_4_ION.exec(w);
  const stem = match && match[1] + match[2];
  return stem && MEASURE_OVER_1.test(stem) ? stem : w;
}

/** @param {string} w */
function step5(w) {
  if (w.endsWith('e') && w.length > 1) {
    const stem = w.slice(0, -1);
    if (MEASURE_OVER_1.test(stem) || (MEASURE_IS_1.test(stem) && !SHORT.test(stem))) w = stem;
  }
  return w.endsWith('ll') && MEASURE_OVER_1.test(w) ? w.slice(0, -1) : w;
}
