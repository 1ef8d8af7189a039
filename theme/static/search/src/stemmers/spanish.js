import { LATIN, Word, ending, guarded, letter, list } from './regions.js';

const VOWELS = 'aeiouáéíóúü';
const STEP_0 = list('selas selos sela selo las les los nos me se la le lo');
const STEP_1 = list(
  `amientos imientos amiento imiento aciones uciones adoras adores ancias logías encias amente idades anzas ismos ables ibles istas adora ación
antes ancia logía ución encia mente anza icos icas ismo able ible ista osos osas ador ante idad ivas ivos ico ica oso osa iva ivo`,
);
const STEP_2A = list('yeron yendo yamos yais yan yen yas yes ya ye yo yó');
const STEP_2B = list(
  `aríamos eríamos iríamos iéramos iésemos aríais aremos eríais eremos iríais iremos ierais ieseis asteis isteis ábamos áramos ásemos arían
arías aréis erían erías eréis irían irías iréis ieran iesen ieron iendo ieras ieses abais arais aseis éamos arán arás aría erán erás ería
irán irás iría iera iese aste iste aban aran asen aron ando abas adas idas aras ases íais ados idos amos imos emos ará aré erá eré irá iré
aba ada ida ara ase ían ado ido ías áis éis ía ad ed id an ió ar er ir as ís en es`,
);
const STEP_3 = list('os a e o á é í ó');

/** @param {string} text */
export function spanish(text) {
  const word = new Word(text);
  word.standard(VOWELS);
  word.romance(VOWELS);
  pronoun(word);
  if (!standard(word)) verbs(word);

  const suffix = ending(word.rv, STEP_3);
  if (suffix === 'e' || suffix === 'é') {
    word.cut(1, 'v');
    if (word.text.endsWith('gu') && letter(word.rv, -1) === 'u') word.cut(1);
  } else if (suffix) word.cut(suffix.length);
  return word.text.replaceAll('á', 'a').replaceAll('é', 'e').replaceAll('í', 'i').replaceAll('ó', 'o').replaceAll('ú', 'u');
}

/** @param {Word} word */
function pronoun(word) {
  const suffix = ending(word.text, STEP_0);
  const n = suffix.length;
  if (!suffix || !word.rv.endsWith(suffix)) return;
  const before = word.rv.slice(0, -n);
  if (/(?:iéndo|ándo|[áéí]r)$/.test(before)) {
    word.cut(n, '12v');
    /** @param {string} text */
    const plain = (text) => text.replaceAll('á', 'a').replaceAll('é', 'e').replaceAll('í', 'i');
    [word.text, word.r1, word.r2, word.rv] = [word.text, word.r1, word.r2, word.rv].map(plain);
  } else if (/(?:ando|iendo|[aei]r)$/.test(before) || (before.endsWith('yendo') && word.text.slice(0, -n).endsWith('uyendo'))) word.cut(n, '12v');
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
  if (!word.r2.endsWith(suffix)) return false;
  /** @param {string} put everywhere, not at the end alone: Whoosh does so */
  const swap = (put) => {
    word.text = word.text.replaceAll(suffix, put);
    word.rv = word.rv.replaceAll(suffix, put);
  };
  if (/^(?:ador|aci|an(?:te|cia))/.test(suffix)) {
    word.cut(n, '2v');
    if (word.r2.endsWith('ic')) word.cut(2, 'v');
  } else if (/^log/.test(suffix)) swap('log');
  else if (/^uci/.test(suffix)) swap('u');
  else if (/^enc/.test(suffix)) swap('ente');
  else if (suffix === 'mente') {
    word.cut(5, '2v');
    if (/(?:ante|[ai]ble)$/.test(word.r2)) word.cut(4, 'v');
  } else if (/^idad/.test(suffix)) {
    word.cut(n, '2v');
    for (const before of ['abil', 'ic', 'iv']) if (word.r2.endsWith(before)) word.cut(before.length, 'v');
  } else if (/^iv/.test(suffix)) {
    word.cut(n, '2v');
    if (word.r2.endsWith('at')) word.cut(2, 'v');
  } else word.cut(n, 'v');
  return true;
}

/** @param {Word} word */
function verbs(word) {
  const y = STEP_2A.find((suffix) => word.rv.endsWith(suffix) && word.text.slice(-suffix.length - 1, -suffix.length) === 'u');
  if (y) word.cut(y.length, 'v');
  const suffix = ending(word.rv, STEP_2B);
  if (!suffix) return;
  word.cut(suffix.length, 'v');
  if (!/^(?:e[ns]|éis|emos)$/.test(suffix)) return;
  word.text = word.text.replace(/gu$/, 'g');
  word.rv = word.rv.replace(/gu$/, 'g');
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(spanish),
  alphabet: LATIN,
  stops: list('el la los las un una y de del en a al que por para con se es su lo'),
  weak: list(
    `no más pero o como ha han fue fueron ser son era está están sus le les ya sobre entre sin hasta desde también este esta estos estas ese esa
eso esto quién qué cuál cuáles dónde cuándo cómo porque cuando donde muy todo todos había hay`,
  ),
  accents: [[/ion$/, 'ión'], [/i(as?|an|o)$/, 'í$1']],
};
