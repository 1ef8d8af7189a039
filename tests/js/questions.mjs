/**
 * Questions for the generated corpus: some written by hand, many made up, in all forms of the query language.
 */
import { seeded } from './helpers.mjs';

export const WRITTEN = [
  'oil', 'Oil PRICES', 'harbour ministers', 'the', 'the oil', 'what is the price of oil in the market', 'café', 'cafe', 'naive', 'u.s', 'U.S.',
  'well-known', 'state-of-the-art', "don't", "company's", '1.5', '2013', '東京', '会議', '東', '日本語の', 'ภาษาไทย', 'oil 東京',
  '"oil price"', '"oil prices"', '"price oil"~5', '"bank water"~3', '"the oil"', '"well-known oil"', 'title:"oil"', '"oil"^3', "'oil price'",
  'oil AND price', 'oil OR zzzz', 'oil NOT price', 'NOT oil', 'oil ANDNOT price', 'oil ANDMAYBE bridge', '(oil OR trade) AND (bank OR water)', 'oil AND (NOT price)',
  'oil^2 price', 'oil price^0.25', '(oil price)^3', 'oil^2 OR price', 'title:oil', 'title:(oil OR price) bank', 'body:oil', 'comments:oil', 'commenter:ann',
  'commenter:"ann lee"', 'author:quill', 'author:"dora quill" oil', 'section:business', 'section_is:"Business News"', "author_is:'Ann Lee'", 'tag:oil', 'tag_is:oil oil',
  'tag:日本', 'source:gazette', 'language:en', 'language:pt-BR oil', 'language:e*', 'section_is:Bus*', 'pri*', 'p*ce', 'pl?n', '*ing', 'oper*', 'title:pla*', 'zzzz*', '*', '*:*', 'oil *',
  'title:*', 'prise~', 'minsters~2', 'prise~1/3', 'oil~0', 'title:prise~', 'title:[oil to price]', 'title:{oil to price}', 'body:[price to pricf]', '[planned to plans]',
  'date:2013', 'date:2013-05', 'date:2013-05-04', 'date:[2012 to 2013]', 'date:[2013-05 to]', 'date:[to 2010]', 'date:{2012 to 2014}', 'oil date:2013', 'oil date:20', 'date:nonsense oil',
  'NOT date:2013', 'title:', 'oil AND', 'AND oil', 'oil OR', 'oil NOT', '(oil', 'oil)', '((oil) price', '"oil', "'oil", 'oil^', 'oil^x', 'oil~', '~', '^2', '[oil to', 'foo:oil', 'foo:oil price',
  'http://oil.example/price', 'oil,price', 'oil - price', '-', '', '   ', 'oil oil', 'oil OR oil', 'title:oil OR oil', 'oil AND price OR bank', 'oil OR price AND bank', 'oil price OR bank',
  'NOT oil NOT price', 'oil ANDNOT (price OR bank)', 'oil ANDMAYBE price ANDNOT bank', 'x (oil^3 ANDNOT gas price)', 'the AND oil', 'NOT the', 'oil NOT NOT price', 'NOT AND oil', 'NOT NOT NOT oil', 'oil NOT AND price', 'oil ANDNOT ANDMAYBE price', 'oil AND OR price', 'date:*', 'oil NOT date:*', 'date:* price', 'bridge ANDNOT oil ANDNOT price ANDMAYBE bank', 'the ANDNOT oil', 'REQUIRE oil', 'oil REQUIRE price',
  'zzzz yyyy', 'oil zzzz', 'oil price bank water zzzz', 'harbour market vote police storm teacher', 'title:oil^2.5 title:price', '"oil price"^2 OR bank', 'operating operation', 'planned plans planning',
  'nation national nationalism', 'flood*^2 oil', 'title:flood*^2', '(oil OR pri*) NOT bank', '"oil pri*"', 'oil* price*', 'oil ?', '?', 'bank?', 'ba?k', '"oil price" "bank water"', '“oil price”', '„oil price“~5 bank', 'title:«oil»', '“oil', 'title:(', 'oil AND (', 'İstanbul', 'straße',
];

const NAMES = ['title', 'standfirst', 'body', 'comments', 'author', 'commenter', 'section', 'tag', 'source'];

/** Made-up questions, the same in each run. */
export function madeUp(count, words) {
  const random = seeded(20130504);
  const { below, pick, next } = random;
  const word = () => pick(words.slice(0, pick([10, 60, words.length])));
  const simple = () => pick([word, word, word, () => `${word().slice(0, 3)}*`, () => `${word()}~`, () => `${word()}^${1 + below(4)}`])();
  const phrase = () => `"${word()} ${word()}"${pick(['', '~2', '~5', '~20'])}`;
  const day = () => pick([`${2009 + below(6)}`, `${2009 + below(6)}-0${1 + below(9)}`, `${2009 + below(6)}-1${below(3)}-${10 + below(18)}`]);
  const dates = () => `date:${pick([day(), `[${day()} to ${day()}]`, `[${day()} to]`, `{${day()} to ${day()}}`])}`;
  const fielded = () => `${pick(NAMES)}:${pick([word, phrase, simple, () => `(${word()} OR ${word()})`])()}`;
  const clause = () => pick([simple, simple, simple, simple, phrase, fielded, dates])();
  const joined = (depth) => {
    const part = () => (depth && next() < 0.25 ? `(${joined(depth - 1)})` : clause());
    const parts = Array.from({ length: 2 + below(2) }, part);
    return parts.reduce((all, part) => `${all} ${pick(['', '', 'AND ', 'OR ', 'OR ', 'NOT ', 'AND NOT ', 'ANDNOT ', 'ANDMAYBE '])}${part}`);
  };
  const forms = [() => Array.from({ length: 1 + below(5) }, word).join(' '), clause, phrase, () => joined(2)];
  return Array.from({ length: count }, () => pick(forms)());
}

/** Words of the generated corpus, the common ones first. */
export const WORDS = `harbour ministers minister oil prices price market trade trading bank banks banking water river bridge school teacher council election
vote police fire weather storm flooding planned planning operate operating operation nation national café well-known 2013 ba ri to mu ne sha gro
li po ing ed ation er bari ribaing togro negroed liation mused shaing pologro ringer bated edding`.split(/\s+/);

/** Words of several languages. */
export const TONGUES = `häuser haus straße strassen bürgermeister die der und elections élections ecole écoles musees musée publiée publiee canciones cancion
policia policía города город школа ещё еще вибори will or`.split(/\s+/);

const ALONE = ['die', 'will', 'or', 'la', 'в', 'the', 'die will', 'die häuser', 'title:die', '"die häuser"', 'NOT die', '(die)', 'die~', 'die*', 'the OR la'];

/** Questions for the corpora of those languages. */
export const FOREIGN = {
  tongues: [...TONGUES, ...ALONE, 'wer ist der bürgermeister der straße', 'quelles sont les élections publiées', 'кто мэр города', 'what will the mayor publish', 'die zzzz', 'die zzzz will'],
  one: [...TONGUES, ...ALONE, "l'école", "l'ecole publiee", '"les élections"', 'quelles sont les élections zzzz', 'musees~'],
};
