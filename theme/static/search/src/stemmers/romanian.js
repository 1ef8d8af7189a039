import { LATIN, Word, consonantal, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouăâî';
const STEP_0 = list('iilor ului elor iile ilor atei aţie aţia aua ele iua iei ile ul ea ii');
const STEP_1 = list(
  `abilitate abilitati abilităţi ibilitate abilităi ivitate ivitati ivităţi icitate icitati icităţi icatori ivităi icităi icator aţiune atoare
ătoare iţiune itoare iciva icive icivi icivă icala icale icali icală ativa ative ativi ativă atori ători itiva itive itivi itivă itori iciv
ical ativ ator ător itiv itor`,
);
const STEP_2 = list(
  `abila abile abili abilă ibila ibile ibili ibilă atori itate itati ităţi abil ibil oasa oasă oase anta ante anti antă ator ităi iune iuni isme
ista iste isti istă işti ata ată ati ate uta ută uti ute ita ită iti ite ica ice ici ică osi oşi ant iva ive ivi ivă ism ist at ut it ic os
iv`,
);
const STEP_3 = list(
  `seserăţi aserăţi iserăţi âserăţi userăţi seserăm aserăm iserăm âserăm userăm serăţi seseşi seseră ească arăţi urăţi irăţi ârăţi aseşi aseră
iseşi iseră âseşi âseră useşi useră serăm sesem indu ându ează eşti eşte ăşti ăşte eaţi iaţi arăm urăm irăm ârăm asem isem âsem usem seşi
seră sese are ere ire âre ind ând eze ezi esc ăsc eam eai eau iam iai iau aşi ară uşi ură işi iră âşi âră ase ise âse use aţi eţi iţi âţi sei
ez am ai au ea ia ui âi ăm em im âm se`,
);
/** Verb endings that go whatever stands before them. */
const FREE = list('seserăţi seserăm serăţi seseşi seseră serăm sesem seşi seră sese aţi eţi iţi âţi sei ăm em im âm se');

/** @param {string} text */
export function romanian(text) {
  const word = new Word(consonantal(text.replaceAll('ș', 'ş').replaceAll('ț', 'ţ'), VOWELS, 'ui'));
  word.standard(VOWELS);
  word.romance(VOWELS);
  plurals(word);
  const isCombined = combined(word);
  const suffix = ending(word.text, STEP_2);
  const isStandard = suffix !== '' && word.r2.includes(suffix);
  if (isStandard) standard(word, suffix);
  if (!isCombined && !isStandard) verbs(word);
  const vowel = ending(word.text, ['ie', 'a', 'e', 'i', 'ă']);
  if (vowel && word.rv.includes(vowel)) word.cut(vowel.length);
  return word.text.replaceAll('I', 'i').replaceAll('U', 'u');
}

/** @param {Word} word */
function plurals(word) {
  const suffix = ending(word.text, STEP_0);
  const n = suffix.length;
  if (!suffix || !word.r1.includes(suffix)) return;
  /** @param {string} put */
  const swap = (put) => {
    const inside = word.rv.includes(suffix);
    word.cut(n, 'v', put);
    if (!inside) word.rv = '';
  };
  if (suffix === 'ul' || suffix === 'ului') swap('');
  else if (suffix === 'aua' || suffix === 'atei' || (suffix === 'ile' && word.text.slice(-5, -3) !== 'ab')) word.cut(2);
  else if (/^e(?:a|le|lor)$/.test(suffix)) swap('e');
  else if (/^(?:ii|iua|iei|iile|iilor|ilor)$/.test(suffix)) swap('i');
  else if (/^aţi/.test(suffix)) word.cut(1);
}

/**
 * Combined endings, one after the other.
 * @param {Word} word
 * @returns {boolean} whether the last that was found counted
 */
function combined(word) {
  let done = false;
  for (;;) {
    const suffix = ending(word.text, STEP_1);
    if (!suffix) return done;
    if (!word.r1.includes(suffix)) return false;
    done = true;
    const n = suffix.length;
    if (/^abilit/.test(suffix)) word.cut(n, '', 'abil');
    else if (suffix === 'ibilitate') word.cut(5);
    else if (/^ivit/.test(suffix)) word.cut(n, '', 'iv');
    else if (/^ic/.test(suffix)) word.cut(n, '', 'ic');
    else word.cut(n, word.r2.includes(suffix) ? '2' : '', suffix[0] === 'i' ? 'it' : 'at');
  }
}

/**
 * @param {Word} word
 * @param {string} suffix
 */
function standard(word, suffix) {
  if (/^iun[ei]$/.test(suffix)) {
    if (word.at(-5) === 'ţ') word.cut(5, '', 't');
  } else if (/^(?:is[mt]|işti)/.test(suffix)) word.cut(suffix.length, '', 'ist');
  else word.cut(suffix.length);
}

/** @param {Word} word */
function verbs(word) {
  const suffix = STEP_3.find((suffix) => word.text.endsWith(suffix) && word.rv.includes(suffix));
  if (!suffix) return;
  const before = word.rv[word.rv.indexOf(suffix) - 1];
  if (FREE.includes(suffix)) word.cut(suffix.length, 'v');
  else if (before && !'aeioăâî'.includes(before)) word.cut(suffix.length);
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(romanian),
  alphabet: LATIN,
  stops: list('și şi în de la cu pe un o a al ai ale că din'),
  weak: list(
    `este sunt era au fost fi nu se mai dar sau ca care ce cine unde când cum cât după prin pentru între despre fără lui ei lor această aceste
acel acea îi își îşi`,
  ),
  accents: [],
};
