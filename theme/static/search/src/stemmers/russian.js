import { Word, ending, guarded, list } from './regions.js';

/** Whoosh's Latin letters for Cyrillic ones, in which its endings are written; on the way back in this order. */
const LETTERS = [
  ['i^u', 'ю'], ['i^a', 'я'], ['shch', 'щ'], ['kh', 'х'], ['t^s', 'ц'], ['ch', 'ч'], ['e`', 'э'], ['i`', 'й'], ['sh', 'ш'], ['k', 'к'], ['e', 'е'], ['zh', 'ж'],
  ['a', 'а'], ['b', 'б'], ['v', 'в'], ['g', 'г'], ['d', 'д'], ['z', 'з'], ['i', 'и'], ['l', 'л'], ['m', 'м'], ['n', 'н'], ['o', 'о'], ['p', 'п'], ['r', 'р'],
  ['s', 'с'], ['t', 'т'], ['u', 'у'], ['f', 'ф'], ["''", 'ъ'], ['y', 'ы'], ["'", 'ь'],
];
const LATIN = new Map([['ё', 'e'], ...LETTERS.map(([latin, letter]) => /** @type {[string, string]} */ ([letter, latin]))]);
const GERUND = list("ivshis' yvshis' vshis' ivshi yvshi vshi iv yv v");
const ADJECTIVAL = list(
  `ui^ushchi^ui^u ui^ushchi^ai^a ui^ushchimi ui^ushchymi ui^ushchego ui^ushchogo ui^ushchemu ui^ushchomu ui^ushchikh ui^ushchykh ui^ushchui^u
ui^ushchaia ui^ushchoi^u ui^ushchei^u i^ushchi^ui^u i^ushchi^ai^a ui^ushchee ui^ushchie ui^ushchye ui^ushchoe ui^ushchei\` ui^ushchii\`
ui^ushchyi\` ui^ushchoi\` ui^ushchem ui^ushchim ui^ushchym ui^ushchom i^ushchimi i^ushchymi i^ushchego i^ushchogo i^ushchemu i^ushchomu
i^ushchikh i^ushchykh i^ushchui^u i^ushchai^a i^ushchoi^u i^ushchei^u i^ushchee i^ushchie i^ushchye i^ushchoe i^ushchei\` i^ushchii\`
i^ushchyi\` i^ushchoi\` i^ushchem i^ushchim i^ushchym i^ushchom shchi^ui^u shchi^ai^a ivshi^ui^u ivshi^ai^a yvshi^ui^u yvshi^ai^a shchimi
shchymi shchego shchogo shchemu shchomu shchikh shchykh shchui^u shchai^a shchoi^u shchei^u ivshimi ivshymi ivshego ivshogo ivshemu ivshomu
ivshikh ivshykh ivshui^u ivshai^a ivshoi^u ivshei^u yvshimi yvshymi yvshego yvshogo yvshemu yvshomu yvshikh yvshykh yvshui^u yvshai^a
yvshoi^u yvshei^u vshi^ui^u vshi^ai^a shchee shchie shchye shchoe shchei\` shchii\` shchyi\` shchoi\` shchem shchim shchym shchom ivshee ivshie
ivshye ivshoe ivshei\` ivshii\` ivshyi\` ivshoi\` ivshem ivshim ivshym ivshom yvshee yvshie yvshye yvshoe yvshei\` yvshii\` yvshyi\` yvshoi\` yvshem
yvshim yvshym yvshom vshimi vshymi vshego vshogo vshemu vshomu vshikh vshykh vshui^u vshai^a vshoi^u vshei^u emi^ui^u emi^ai^a nni^ui^u
nni^ai^a vshee vshie vshye vshoe vshei\` vshii\` vshyi\` vshoi\` vshem vshim vshym vshom emimi emymi emego emogo ememu emomu emikh emykh emui^u
emai^a emoi^u emei^u nnimi nnymi nnego nnogo nnemu nnomu nnikh nnykh nnui^u nnai^a nnoi^u nnei^u emee emie emye emoe emei\` emii\` emyi\` emoi\`
emem emim emym emom nnee nnie nnye nnoe nnei\` nnii\` nnyi\` nnoi\` nnem nnim nnym nnom i^ui^u i^ai^a imi ymi ego ogo emu omu ikh ykh ui^u ai^a
oi^u ei^u ee ie ye oe ei\` ii\` yi\` oi\` em im ym om`,
);
const VERB = list(
  `esh' ei\`te ui\`te ui^ut ish' ete i\`te i^ut nno ila yla ena ite ili yli ilo ylo eno i^at uet eny it' yt' ui^u la na li em lo no et ny t' ei\`
ui\` il yl im ym en it yt i^u i\` l n`,
);
const NOUN = list(
  `ii^ami ii^akh i^ami ii^am i^akh ami iei\` i^am iem akh ii^u 'i^u ii^a 'i^a ev ov ie 'e ei ii ei\` oi\` ii\` em am om i^u i^a a e i i\` o u y '`,
);
/** Endings that count after `a` and `ia` only. */
const AFTER_A = new Set(list("v vshi vshis'"));
const PARTICIPLE = /^(?:i\^ushch|shch|vsh|(?:em|nn)..)/;
const VERB_AFTER_A = new Set(list("la na ete i`te li i` l em n lo no et i^ut ny t' esh' nno"));

/** @param {string} text */
export function russian(text) {
  const word = new Word(Array.from(text, (letter) => LATIN.get(letter) ?? letter).join(''));
  regions(word);
  if (!take(word, GERUND, (suffix) => AFTER_A.has(suffix))) {
    take(word, list("si^a s'"));
    take(word, ADJECTIVAL, (suffix) => PARTICIPLE.test(suffix)) || take(word, VERB, (suffix) => VERB_AFTER_A.has(suffix)) || take(word, NOUN);
  }
  if (word.rv.endsWith('i')) word.cut(1, '2');
  const suffix = ending(word.r2, list("ost' ost"));
  if (suffix) word.cut(suffix.length);
  tidy(word);
  return LETTERS.reduce((stem, [latin, letter]) => stem.replaceAll(latin, letter), word.text);
}

/**
 * The regions rv and r2, for which the letters written with a mark count as one.
 * @param {Word} word
 */
function regions(word) {
  const text = word.text.replaceAll('i^a', 'A').replaceAll('i^u', 'U').replaceAll('e`', 'E');
  const short = new Word(text);
  short.standard('AUEaeiouy');
  const first = text.search(/[AUEaeiouy]/);
  /** @param {string} region */
  const long = (region) => region.replaceAll('A', 'i^a').replaceAll('U', 'i^u').replaceAll('E', 'e`');
  word.r2 = long(short.r2);
  word.rv = first < 0 ? '' : long(text.slice(first + 1));
}

/**
 * Takes the first ending away that counts.
 * @param {Word} word
 * @param {string[]} endings
 * @param {(suffix: string) => boolean} [afterA] whether an ending counts after `a` and `ia` only
 * @returns {boolean} whether there was one
 */
function take(word, endings, afterA = () => false) {
  const { rv } = word;
  const found = endings.find((suffix) => {
    const n = suffix.length;
    return rv.endsWith(suffix) && (!afterA(suffix) || rv.slice(-n - 3, -n) === 'i^a' || rv.slice(-n - 1, -n) === 'a');
  });
  if (found) word.cut(found.length, '2v');
  return found !== undefined;
}

/** @param {Word} word */
function tidy(word) {
  if (word.text.endsWith('nn')) return word.cut(1);
  const suffix = ending(word.text, list('ei`she ei`sh'));
  if (suffix) word.cut(suffix.length);
  if (word.text.endsWith('nn')) word.cut(1);
  if (!suffix && word.text.endsWith("'")) word.cut(1);
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(russian),
  alphabet: /^[а-яё]+$/,
  stops: list('и в во не на с со что к по из у за от о же'),
  weak: list(
    `я ты он она оно мы вы они это этот эта эти как кто где когда почему какой какая какие чей а но или если бы был была было были быть есть его
её ее их ему ей им так уже для при до под над также только`,
  ),
  accents: [],
};
