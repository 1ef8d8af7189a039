/**
 * The query language: what is typed is understood as Whoosh understands it, and whatever is typed, nothing throws.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Asker } from '../../theme/static/search/src/query.js';
import { MAX_QUERY } from '../../theme/static/search/src/tags.js';
import { VECTORS, open, seeded } from './helpers.mjs';

const FIELDS = [
  ['title', 'text', 1500], ['body', 'text', 1000], ['section', 'text', 0], ['section_is', 'exact', 0],
].map(([name, kind, boost]) => ({ name, kind, boost }));
const asker = new Asker({ stemmers: ['porter'], fields: FIELDS });

/** A query in short: `title:oil^1.5`. */
function short(query) {
  const boost = query.boost === undefined || query.boost === 1 ? '' : `^${query.boost}`;
  const name = FIELDS[query.field]?.name;
  switch (query.op) {
    case 'term': return `${name}:${query.key}${boost}`;
    case 'phrase': return `${name}:"${query.keys.join(' ')}"~${query.slop}${boost}`;
    case 'prefix': return `${name}:${query.text}*${boost}`;
    case 'wildcard': return `${name}:/${query.text}/${boost}`;
    case 'fuzzy': return `${name}:${query.text}~${query.distance}/${query.letters}${boost}`;
    case 'range': return `${name}:${query.afterStart ? '{' : '['}${query.start ?? ''} ${query.end ?? ''}${query.beforeEnd ? '}' : ']'}`;
    case 'dates': return `date:${query.from}-${query.to}${boost}`;
    case 'not': return `NOT ${short(query.sub)}`;
    case 'none': return 'nothing';
    case 'every': return 'everything';
    default: return `(${query.subs.map(short).join(` ${query.op.toUpperCase()} `)})${boost}`;
  }
}

const UNDERSTOOD = {
  // a word goes to all default fields, with their boosts; a named field takes its place
  'oil': '(title:oil^1.5 OR body:oil)',
  'Prices': '(title:price^1.5 OR body:price)',
  'title:oil': 'title:oil',
  'title:oil section:news': '(title:oil AND section:new)',
  'title:(oil gas)': '(title:oil AND title:ga)',
  'section_is:"Business  News"': 'section_is:Business News',
  'foo:bar': '(title:"foo bar"~1^1.5 OR body:"foo bar"~1)',
  // operators, and what is left of them
  'title:oil OR title:gas': '(title:oil OR title:ga)',
  'title:oil AND title:gas OR title:tin': '((title:oil AND title:ga) OR title:tin)',
  'title:oil NOT title:gas': '(title:oil AND NOT title:ga)',
  'title:oil ANDNOT title:gas': '(title:oil ANDNOT title:ga)',
  'title:oil ANDMAYBE title:gas': '(title:oil ANDMAYBE title:ga)',
  'NOT title:oil': 'NOT title:oil',
  'title:oil AND': 'title:oil',
  'AND title:oil': 'title:oil',
  'title:oil OR': 'title:oil',
  'title:oil NOT': 'title:oil',
  'title:oil AND AND title:gas': '(title:oil AND title:ga)',
  'title:oil NOT NOT title:gas': '(title:oil AND title:ga)',
  'title:oil and title:gas': '(title:oil AND title:ga)',
  'title:oil title:oil': 'title:oil',
  // half-typed
  '': 'nothing',
  '   ': 'nothing',
  'the': 'nothing',
  'title:': 'nothing',
  'title:oil title:': 'title:oil',
  '((((': 'nothing',
  '(title:oil': 'title:oil',
  'title:oil)': 'title:oil',
  '"title:oil': 'title:oil',
  'title:oil^': 'title:oil',
  'title:oil date:': 'title:oil',
  'title:oil title:(': 'title:oil',
  'title:oil date:x': 'title:oil',
  'title:gas title:oil??': '(title:ga AND title:oil)',
  'title:oi?': 'title:/oi?/',
  // phrases, patterns, ranges, boosts
  'title:"oil prices"': 'title:"oil price"~1',
  'title:"oil prices"~3': 'title:"oil price"~3',
  'title:“oil prices”~3': 'title:"oil price"~3',
  'title:„oil prices“': 'title:"oil price"~1',
  'title:«oil prices»': 'title:"oil price"~1',
  'title:"oil"': 'title:oil',
  'title:"the"': 'nothing',
  "title:'oil prices'": 'title:"oil price"~1',
  'title:well-known': 'title:"well known"~1',
  'title:Pric*': 'title:pric*',
  'title:p?ice': 'title:/p?ice/',
  '*': 'everything',
  'title:*': 'everything',
  '*:*': 'everything',
  'title:prices~': 'title:price~1/1',
  'title:prices~2/3': 'title:price~2/3',
  'title:prices~9': 'title:price~2/1',
  'title:[a to c]': 'title:[a c]',
  'title:{a to c}': 'title:{a c}',
  'title:[a to]': 'title:[a ]',
  'title:oil^2': 'title:oil^2',
  '(title:oil title:gas)^2': '(title:oil^2 AND title:ga^2)',
  'oil^2': '(title:oil^1.5 OR body:oil)^2',
  'title:中': 'title:中*',
  'title:中文字': 'title:"中文 文字"~1',
  // dates
  'date:2013-05-04': 'date:734992-734992',
  'date:2013-05': 'date:734989-735019',
  'date:2013': 'date:734869-735233',
  'date:[2013 to 2013-05]': 'date:734869-735019',
  'date:{2013 to 2014}': 'date:735234-735233',
  'date:[2013-05-04 to]': 'date:734992-3652059',
  'date:2013^2': 'date:734869-735233^2',
};

describe('a question is understood', () => {
  for (const [text, expected] of Object.entries(UNDERSTOOD)) {
    test(`${text || '(nothing)'} is ${expected}`, () => assert.equal(short(asker.ask(text).query), expected));
  }
});

describe('words alone may be matched in part', () => {
  const partly = { 'oil gas': true, 'oil the gas': true, 'http://oil gas': true, 'oil': false, 'the oil': false, 'oil AND gas': false, 'oil "gas"': false, 'oil gas*': false, 'title:oil gas': false, 'oil (gas)': true, 'who sells oil?': true, 'oil ? gas': true, 'oil ga?s': true, "'oil gas' tin": true, "'oil gas'": false, 'oil gas^2': false };
  for (const [text, expected] of Object.entries(partly)) {
    test(`${text}: ${expected ? 'yes' : 'no'}`, () => assert.equal(asker.ask(text).some !== null, expected));
  }
});

test('what is matched in part are all keys of the words that are not weak', () => {
  const some = (text) => short(asker.ask(text).some);
  assert.equal(some('what would the oil do'), '(title:oil^1.5 OR body:oil)');
  assert.equal(some('well-known oil'), '(title:well^1.5 OR body:well OR title:known^1.5 OR body:known OR title:oil^1.5 OR body:oil)');
  assert.equal(some('what would'), '(title:what^1.5 OR body:what OR title:would^1.5 OR body:would)');
});

test('several stemmers make an OR of what they give', () => {
  const both = new Asker({ stemmers: ['porter', 'none'], fields: FIELDS });
  assert.equal(short(both.ask('title:prices').query), '(title:price OR title:prices)');
  assert.equal(short(both.ask('title:oil').query), 'title:oil');
});

describe('nothing that is typed throws', () => {
  const PIECES = ['oil', 'Prices', ' ', '  ', ' AND ', ' OR ', ' NOT ', ' ANDNOT ', ' ANDMAYBE ', 'NOT', 'AND', '(', ')', '"', "'", '*', '?', '~', '~2/3', '^', '^2.5', ':', 'title:', 'date:', 'section_is:', '*:*',
    '[', ']', '{', '}', ' to ', 'TO', '2013-05', '-', '東京', '中', '\ud800', '\u0000', '\n', 'é', 'İ', '\u202e', '🙂', '\\', '/', '.', ',', '<mark>', '&', '%', '__proto__', 'constructor:', '՞'];

  test('anything made of the language’s pieces', () => {
    const random = seeded(1);
    for (let i = 0; i < 20000; i++) {
      const text = Array.from({ length: random.below(14) }, () => random.pick(PIECES)).join('');
      assert.doesNotThrow(() => asker.ask(text), JSON.stringify(text));
    }
  });

  test('any beginning of a long question', () => {
    const text = 'title:(oil OR "crude prices"~3^2) AND NOT date:[2012-01 to 2014} ANDMAYBE p?ic* OR gaz~2/3^1.5 section_is:\'Business News\'';
    for (let length = 0; length <= text.length; length++) assert.doesNotThrow(() => asker.ask(text.slice(0, length)));
  });

  for (const piece of ['(', ')', 'a ', '"', '*', 'a AND ', 'NOT ', 'a:', '[a to ', '(a OR ', '^2', "'", '~']) {
    test(`${JSON.stringify(piece)} again and again, without end`, () => {
      const { query } = asker.ask(piece.repeat(50000));
      assert.ok(JSON.stringify(query).length < 40 * MAX_QUERY * 4);
    });
  }

  test('any of it can be searched for', async () => {
    const engine = await open(join(VECTORS, 'small'));
    const random = seeded(2);
    for (let i = 0; i < 500; i++) {
      const text = Array.from({ length: random.below(10) }, () => random.pick(PIECES)).join('');
      const { total, hits } = await engine.search({ text, exact: random.below(2) === 1 });
      assert.ok(hits.length <= total, text);
    }
  });
});
