/**
 * What Whoosh's Snowball stemmers share (`whoosh.lang.snowball` of Whoosh 2.7.4): a word that loses its ending, with the regions
 * in which an ending counts.
 *
 *     word  n a t i o n a l i t é
 *     r1          i o n a l i t é      after the first consonant that follows a vowel
 *     r2                n a l i t é    the same again within r1
 *
 * The ports keep Whoosh's departures from Snowball's own descriptions: keys must be the writer's keys.
 */

/** Words that a stemmer for a language in Latin letters takes: in lower case, with any accents. */
export const LATIN = /^[a-z\u00df-\u00f6\u00f8-\u024f]+$/;

/** A place in a word that is not there; Whoosh raises IndexError, and the word is left as it is. */
export class Outside extends Error {}

/**
 * @param {(word: string) => string} stem
 * @returns {(word: string) => string}
 */
export const guarded = (stem) => (word) => {
  try {
    return stem(word);
  } catch (error) {
    if (error instanceof Outside) return word;
    throw error;
  }
};

export class Word {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.r1 = '';
    this.r2 = '';
    this.rv = '';
  }

  /**
   * A letter counted from the end: -1 is the last.
   * @param {number} place
   */
  at(place) {
    return letter(this.text, place);
  }

  /**
   * Takes letters off the end, of the regions named, too, and puts others there.
   * @param {number} count
   * @param {string} [regions] any of `1`, `2`, `v`
   * @param {string} [put]
   */
  cut(count, regions = '', put = '') {
    this.text = this.text.slice(0, -count) + put;
    if (regions.includes('1')) this.r1 = this.r1.slice(0, -count) + put;
    if (regions.includes('2')) this.r2 = this.r2.slice(0, -count) + put;
    if (regions.includes('v')) this.rv = this.rv.slice(0, -count) + put;
  }

  /**
   * The regions r1 and r2.
   * @param {string} vowels
   */
  standard(vowels) {
    this.r1 = afterFirst(this.text, vowels);
    this.r2 = afterFirst(this.r1, vowels);
  }

  /**
   * The region r1 with at least three letters before it.
   * @param {string} vowels
   */
  spared(vowels) {
    this.r1 = afterFirst(this.text, vowels, 3);
  }

  /**
   * The region rv of the Romance languages.
   * @param {string} vowels
   */
  romance(vowels) {
    const { text } = this;
    if (text.length < 2) return;
    const second = vowels.includes(text[1]);
    if (second && !vowels.includes(text.slice(0, 2))) {
      this.rv = text.slice(3);
      return;
    }
    for (let i = 2; i < text.length; i++) {
      if (vowels.includes(text[i]) === second) continue;
      this.rv = text.slice(i + 1);
      return;
    }
  }
}

/**
 * @param {string} text
 * @param {number} place
 */
export function letter(text, place) {
  const found = text.at(place);
  if (found === undefined) throw new Outside();
  return found;
}

/**
 * What follows the first consonant that stands after a vowel.
 * @param {string} text
 * @param {string} vowels
 * @param {number} [least] letters before it
 */
function afterFirst(text, vowels, least = 0) {
  for (let i = 1; i < text.length; i++) {
    if (!vowels.includes(text[i]) && vowels.includes(text[i - 1])) return text.slice(Math.max(i + 1, least));
  }
  return '';
}

/**
 * The first of some endings that a text has; empty when it has none.
 * @param {string} text
 * @param {string[]} endings
 */
export const ending = (text, endings) => endings.find((suffix) => text.endsWith(suffix)) ?? '';

/**
 * Some letters between vowels in upper case, where they count as consonants.
 * @param {string} text
 * @param {string} vowels
 * @param {string} letters
 */
export function consonantal(text, vowels, letters) {
  for (let i = 1; i < text.length - 1; i++) {
    if (vowels.includes(text[i - 1]) && vowels.includes(text[i + 1]) && letters.includes(text[i])) text = upper(text, i);
  }
  return text;
}

/**
 * @param {string} text
 * @param {number} i
 */
export const upper = (text, i) => text.slice(0, i) + text[i].toUpperCase() + text.slice(i + 1);

/**
 * @param {string} text of words
 * @returns {string[]}
 */
export const list = (text) => text.split(/\s/);
