import { LATIN, Word, consonantal, ending, guarded, list } from './regions.js';

const VOWELS = 'aeiouàèìòù';
const STEP_0 = list(
  `gliela gliele glieli glielo gliene sene mela mele meli melo mene tela tele teli telo tene cela cele celi celo cene vela vele veli velo vene
gli ci la le li lo mi ne si ti vi`,
);
const STEP_1 = list(
  `atrice atrici azione azioni uzione uzioni usione usioni amento amenti imento imenti amente abile abili ibile ibili mente atore atori logia
logie anza anze iche ichi ismo ismi ista iste isti istà istè istì ante anti enza enze ico ici ica ice oso osi osa ose ità ivo ivi iva ive`,
);
const STEP_2 = list(
  `erebbero irebbero assero assimo eranno erebbe eremmo ereste eresti essero iranno irebbe iremmo ireste iresti iscano iscono issero arono avamo
avano avate eremo erete erono evamo evano evate iremo irete irono ivamo ivano ivate ammo ando asse assi emmo enda ende endi endo erai erei
Yamo iamo immo irai irei isca isce isci isco ano are ata ate ati ato ava avi avo erà ere erò ete eva evi evo irà ire irò ita ite iti ito iva
ivi ivo ono uta ute uti uto ar ir`,
);
/** @type {Record<string, string>} */
const GRAVE = { á: 'à', é: 'è', í: 'ì', ó: 'ò', ú: 'ù' };

/** @param {string} text */
export function italian(text) {
  text = text.replace(/[áéíóú]/g, (letter) => GRAVE[letter]).replaceAll('qu', 'qU');
  const word = new Word(consonantal(text, VOWELS, 'ui'));
  word.standard(VOWELS);
  word.romance(VOWELS);
  pronoun(word);
  if (!standard(word)) {
    const suffix = ending(word.rv, STEP_2);
    if (suffix) word.cut(suffix.length, 'v');
  }
  if (/[aeioàèìò]$/.test(word.rv)) {
    word.cut(1, 'v');
    if (word.rv.endsWith('i')) word.cut(1, 'v');
  }
  if (/[cg]h$/.test(word.rv)) word.cut(1);
  return word.text.replaceAll('I', 'i').replaceAll('U', 'u');
}

/** @param {Word} word */
function pronoun(word) {
  const suffix = ending(word.rv, STEP_0);
  const before = word.rv.slice(0, word.rv.length - suffix.length);
  if (suffix && /[ae]ndo$/.test(before)) word.cut(suffix.length, '12v');
  else if (suffix && /[aei]r$/.test(before)) word.cut(suffix.length, '12v', 'e');
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
    } else if (/(?:os|ic)$/.test(word.r2)) word.cut(2, 'v');
    else if (word.r2.endsWith('abil')) word.cut(4, 'v');
    return true;
  }
  if (/^[ai]ment[oi]$/.test(suffix) && word.rv.endsWith(suffix)) {
    word.cut(6, 'v');
    return true;
  }
  if (!word.r2.endsWith(suffix)) return false;
  if (/^a(?:zion|tor)[ei]$/.test(suffix)) {
    word.cut(n, '2v');
    if (word.r2.endsWith('ic')) word.cut(2, 'v');
  } else if (/^logi/.test(suffix)) {
    word.cut(2);
    word.rv = word.text.slice(0, -2);
  } else if (/^u[zs]ion/.test(suffix)) word.cut(5, 'v');
  else if (/^enz/.test(suffix)) word.cut(2, 'v', 'te');
  else if (suffix === 'ità') {
    word.cut(3, '2v');
    if (/i[cv]$/.test(word.r2)) word.cut(2, 'v');
    else if (word.r2.endsWith('abil')) word.cut(4, 'v');
  } else if (/^iv[oiae]$/.test(suffix)) {
    word.cut(3, '2v');
    if (word.r2.endsWith('at')) {
      word.cut(2, '2v');
      if (word.r2.endsWith('ic')) word.cut(2, 'v');
    }
  } else word.cut(n, 'v');
  return true;
}

/** @type {import('../languages.js').Language} */
export const language = {
  stem: guarded(italian),
  alphabet: LATIN,
  stops: list('il lo la i gli le un uno una e di a da in con su per che del della dei delle al alla è l d'),
  weak: list(
    `non si ed o ma se come più anche sono era erano ha hanno aveva essere stato stata questo questa questi queste quello quella chi cosa dove
quando perché quale quali ci vi ne nel nella nei nelle dal dalla sul sulla ai agli alle dagli tra fra suo sua suoi sue loro`,
  ),
  accents: [],
};
