/**
 * What the engine offers beside a list of hits: filters, counts, orders, snippets, comments, suggestions; each beside the plain way to the same.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { filesIn } from '../../theme/static/search/files.mjs';
import { Engine } from '../../theme/static/search/src/engine.js';
import { distance } from '../../theme/static/search/src/expand.js';
import { Marker, leavesOf, snippet } from '../../theme/static/search/src/marks.js';
import { Reader } from '../../theme/static/search/src/reader.js';
import { Shelf } from '../../theme/static/search/src/shelf.js';
import { complete, correct } from '../../theme/static/search/src/suggest.js';
import { Top } from '../../theme/static/search/src/top.js';
import { VECTORS, open, seeded } from './helpers.mjs';

const text = (pieces) => pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

/** Every article of an index that is not deleted, with its number. */
async function everything(engine) {
  const { hits } = await engine.search({ text: '*', limit: 1e6, exact: true });
  return Promise.all(hits.map(async ({ doc }) => ({ doc, ...(await engine.article(doc)) })));
}

describe('filters, counts and orders are those of the articles themselves', () => {
  let engine;
  let articles;
  before(async () => {
    engine = await open(join(VECTORS, 'several'));
    articles = await everything(engine);
  });

  const FILTERS = {
    'a section': [{ section: ['News'] }, ({ section }) => section === 'News'],
    'one of two sections': [{ section: ['News', 'Life'] }, ({ section }) => section !== 'Sport'],
    'a section that is none': [{ section: ['Nowhere'] }, () => false],
    'a year': [{ from: '2012', to: '2012' }, ({ date }) => date.startsWith('2012')],
    'from a month on': [{ from: '2012-06' }, ({ date }) => date >= '2012-06'],
    'to a day': [{ to: '2012-06-15' }, ({ date }) => date <= '2012-06-15'],
    'a section and dates': [{ section: ['Sport'], from: '2012', to: '2012-09' }, ({ section, date }) => section === 'Sport' && date >= '2012' && date < '2012-10'],
  };
  for (const [name, [filters, passes]] of Object.entries(FILTERS)) {
    for (const exact of [true, false]) {
      test(`${name}${exact ? '' : ', quickly'}`, async () => {
        const { hits } = await engine.search({ text: 'harbour', limit: 1e6, exact, filters });
        const all = await engine.search({ text: 'harbour', limit: 1e6, exact: true });
        const expected = all.hits.filter(({ doc }) => passes(articles.find((article) => article.doc === doc)));
        assert.deepEqual(hits, expected);
      });
    }
  }

  test('counts of each section, as if it had no filter of its own', async () => {
    const { facets } = await engine.overview({ text: 'harbour', filters: { section: ['News'] } });
    const { hits } = await engine.search({ text: 'harbour', limit: 1e6, exact: true });
    const expected = {};
    for (const { doc } of hits) {
      const { section } = articles.find((article) => article.doc === doc);
      expected[section] = (expected[section] ?? 0) + 1;
    }
    assert.deepEqual(Object.fromEntries(facets.section.map(({ value, count }) => [value, count])), expected);
  });

  test('counts of hits in articles and in comments', async () => {
    const { places } = await engine.overview({ text: 'word1 word2', filters: { section: ['Life'], where: 'comments' } });
    for (const [where, count] of Object.entries(places)) {
      const { total } = await engine.search({ text: 'word1 word2', exact: true, filters: { section: ['Life'], where } });
      assert.equal(count, total, where);
    }
    assert.ok(places.everywhere >= Math.max(places.articles, places.comments) && places.comments > 0);
  });

  test('counts of each year', async () => {
    const { years } = await engine.overview({ text: '*' });
    const expected = [2011, 2012, 2013].map((year) => ({ year, count: articles.filter(({ date }) => date.startsWith(String(year))).length }));
    assert.deepEqual(years, { bars: expected, undated: 0 });
  });

  test('undated documents are counted apart, and years between have a bar', async () => {
    const small = await open(join(VECTORS, 'small'));
    const { years } = await small.overview({ text: '*' });
    assert.deepEqual(years, { bars: [{ year: 2013, count: 3 }], undated: 1 });
  });

  const ORDERS = { newest: (a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.doc - a.doc), oldest: (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.doc - b.doc), discussed: (a, b) => b.commentTokens.length - a.commentTokens.length || b.doc - a.doc };
  for (const [order, compare] of Object.entries(ORDERS)) {
    test(`${order} first`, async () => {
      const { hits } = await engine.search({ text: '*', limit: 40, order });
      assert.deepEqual(hits.map(({ doc }) => doc), articles.toSorted(compare).slice(0, 40).map(({ doc }) => doc));
    });
  }

  test('the undated come last, whether newest or oldest come first', async () => {
    const small = await open(join(VECTORS, 'small'));
    for (const order of ['newest', 'oldest']) {
      const { hits } = await small.search({ text: '*', order });
      assert.equal((await small.article(hits.at(-1).doc)).date, '', order);
    }
  });

  test('in comments alone, in articles alone', async () => {
    const small = await open(join(VECTORS, 'small'));
    const found = async (text, where) => (await small.search({ text, filters: { where } })).total;
    assert.deepEqual([await found('needs', 'comments'), await found('needs', 'articles'), await found('vienna', 'comments'), await found('vienna', 'articles')], [1, 0, 0, 1]);
  });
});

describe('what is shown of a hit', () => {
  let engine;
  before(async () => {
    engine = await open(join(VECTORS, 'small'));
  });

  /** The first hit of a question, as it is shown. */
  async function shown(question) {
    const { hits } = await engine.search({ text: question });
    const reader = new Reader(engine, engine.question({ text: question }));
    const { article, ...rest } = await reader.show(hits[0].doc);
    return { article, ...rest, comments: await reader.comments(hits[0].doc, article) };
  }

  test('words are marked where they stand, whatever their ending', async () => {
    const { title, snippet, comments } = await shown('price oils');
    assert.equal(text(title), '[Oil] [prices] fall again');
    assert.match(text(snippet), /^\[Oil\] \[prices\] fell on Saturday/);
    assert.deepEqual(comments.hits.map(({ anchor, snippet }) => [anchor, text(snippet)]), [['comment-1', '[Oil] again! Who needs [oil]?']]);
  });

  test('what NOT and ANDNOT name is not marked', async () => assert.equal(text((await shown('title:oil NOT prises')).title), '[Oil] prices fall again'));
  test('a word of one field is not marked in another', async () => assert.equal(text((await shown('title:oil')).title), '[Oil] prices fall again'));
  test('a pattern marks the words it stands for', async () => assert.equal(text((await shown('pri*')).title), 'Oil [prices] fall again'));
  test('accents do not matter', async () => assert.match(text((await shown('cafe')).title), /^\[Café\]/));
  test('of a text without spaces only what was asked for is marked', async () => assert.match(text((await shown('会議')).snippet), /^東京で\[会議\]が/));

  test('a word of the comments alone is shown there, and the article says that it is not in it', async () => {
    const { inArticle, inComments, comments } = await shown('needs');
    assert.deepEqual([inArticle, inComments, comments.hits.length, comments.more], [false, true, 1, 0]);
  });

  test('a name among the commenters leads to the comment', async () => {
    const { comments } = await shown('commenter:ann');
    assert.deepEqual(comments.hits.map(({ anchor }) => anchor), ['comment-1']);
  });
});

describe('comments in which words were found', () => {
  test('three are shown, the rest is counted, the same by positions as by reading', async () => {
    const engine = await open(join(VECTORS, 'many'));
    const { hits } = await engine.search({ text: 'comments:word1', limit: 50, exact: true });
    const reader = new Reader(engine, engine.question({ text: 'comments:word1' }));
    for (const { doc } of hits) {
      const article = await engine.article(doc);
      const { store } = engine.record(doc);
      const chunks = await Promise.all(Array.from({ length: article.commentChunks.length / 3 }, (_, chunk) => store.comments(article, chunk)));
      const expected = chunks.flat().filter(({ text }) => /\bword1\b/.test(text)).map(({ number }) => number);
      assert.deepEqual((await reader.commentNumbers(doc, article)).toSorted((a, b) => a - b), expected);
      const { hits: shown, more } = await reader.comments(doc, article);
      assert.equal(shown.length + more, expected.length);
      assert.ok(shown.length <= 3);
    }
    assert.ok(hits.length > 10);
  });
});

describe('snippets', () => {
  const marker = new Marker(leavesOf({ op: 'and', subs: ['oil', 'price'].map((key) => ({ op: 'term', field: 0, key, boost: 1 })), boost: 1 }));
  const filler = (n) => Array.from({ length: n }, (_, i) => `word${i}`).join(' ');

  test('show the place with most of the words', () => {
    const long = `oil ${filler(100)} prices ${filler(20)} oil prices ${filler(100)}`;
    const shown = text(snippet(long, marker.marks(long, 'porter')));
    assert.match(shown, /^… .*\[oil\] \[prices\].* …$/);
    assert.ok(shown.length < 330, String(shown.length));
  });

  test('begin at the beginning when that is near', () => {
    const long = `An oil price. ${filler(100)}`;
    assert.match(text(snippet(long, marker.marks(long, 'porter'))), /^An \[oil\] \[price\]\. word0/);
  });

  test('are the beginning when there is nothing to mark', () => assert.match(text(snippet(filler(200), [])), /^word0 word1 .* …$/));

  test('say the same as the text, whatever it is', () => {
    const random = seeded(5);
    for (let i = 0; i < 2000; i++) {
      const long = Array.from({ length: random.below(120) }, () => random.pick(['oil', 'prices', 'x', '🙂🙂', '東京', '\n', '<b>', 'a'.repeat(random.below(300))])).join(random.pick([' ', '', ', ']));
      const pieces = snippet(long, marker.marks(long, 'porter'));
      const plain = pieces.map(({ text }) => text).join('').replace(/^… /, '').replace(/ …$/, '');
      assert.ok(long.includes(plain), JSON.stringify(long));
      for (const { text, marked } of pieces) if (marked) assert.match(text, /oil|price/);
    }
  });
});

describe('suggestions', () => {
  let engine;
  const fetched = [];
  before(async () => {
    engine = await Engine.open(filesIn(join(VECTORS, 'small')), (name) => fetched.push(name));
  });

  test('what is typed is completed with words of the index', async () => {
    assert.deepEqual(await complete(engine.index, 'oil pri'), ['oil prices']);
    assert.deepEqual(await complete(engine.index, 'Oil MINI'), ['Oil ministers']);
    for (const nothing of ['', 'o', 'oil ', 'zzz', 'pri*']) assert.deepEqual(await complete(engine.index, nothing), [], nothing);
    assert.ok(fetched.every((name) => /\/w\d+$/.test(name)), 'only words are read');
  });

  test('a word that is nowhere is corrected to the nearest', async () => {
    assert.equal(await correct(engine.index, 'minsters'), 'ministers');
    assert.equal(await correct(engine.index, 'oil pirces'), 'oil prices');
    assert.equal(await correct(engine.index, 'title:vinena AND oil'), 'title:vienna AND oil');
    assert.equal(await correct(engine.index, 'ministers*'), 'minist*'); // patterns are compared with stems
    assert.equal(await correct(engine.index, 'title:*prices oil'), 'title:*price oil');
    assert.equal(await correct(engine.index, 'the oil prices?'), 'the oil prices'); // else ? is a letter
    for (const right of ['oil prices', 'the', 'qqqqqqq', '', '東京都', 'm?n*s', 'oil*']) assert.equal(await correct(engine.index, right), null, right);
  });
});

test('a prefix means what it says, whatever was searched before', async () => {
  const engine = await open(join(VECTORS, 'many'));
  const once = await engine.search({ text: 'word3*', limit: 50, exact: true });
  for (const other of ['word', 'word31', 'harbour', 'word39*']) await engine.search({ text: other });
  assert.deepEqual(await engine.search({ text: 'word3*', limit: 50, exact: true }), once);
});

test('a list that could not be fetched once is asked for again', async () => {
  const files = filesIn(join(VECTORS, 'many'));
  let refused = 0;
  const flaky = { ...files, shard: (name) => (/\/l/.test(name) && refused++ < 3 ? Promise.reject(new Error('the network is away')) : files.shard(name)) };
  const question = { text: 'harbour word0 word1' };
  const engine = await Engine.open(flaky);
  await assert.rejects(engine.search(question), /network/);
  const expected = await (await open(join(VECTORS, 'many'))).search({ ...question, exact: true });
  for (;;) {
    const found = await engine.search(question).catch(() => null);
    if (!found) continue;
    assert.deepEqual(found.hits.map(({ doc }) => doc), expected.hits.map(({ doc }) => doc));
    break;
  }
  assert.ok(refused > 1);
});

test('questions asked at once do not get in each other’s way', async () => {
  const texts = ['harbour', 'harbour word0', 'word0 word1', 'word0 word1 word2', 'harbour word1', 'word0', 'harbour OR word1', '"harbour word0"'];
  const apart = await Promise.all(texts.map(async (text) => (await open(join(VECTORS, 'many'))).search({ text })));
  const engine = await open(join(VECTORS, 'many'));
  const together = await Promise.all([...texts, ...texts].map((text) => engine.search({ text })));
  for (const [i, { hits }] of together.entries()) assert.deepEqual(hits, apart[i % texts.length].hits, texts[i % texts.length]);
});

test('a single frequent word needs no list, and is counted all the same', async () => {
  const fetched = [];
  const engine = await Engine.open(filesIn(join(VECTORS, 'many')), (name) => fetched.push(name.split('/')[1]));
  const { total, exact, rest } = await engine.search({ text: 'harbour' });
  assert.deepEqual([total, exact], [1372, true]);
  assert.ok(rest > 0);
  assert.ok(fetched.every((name) => name.startsWith('t')), fetched.join(' '));
});

test('a shelf holds what was used last, no more than it has room for, and nothing that failed', async () => {
  const random = seeded(13);
  const shelf = new Shelf(20, (value) => value);
  let used = [];
  for (let i = 0; i < 2000; i++) {
    const size = 1 + random.below(6);
    const name = `${size}${random.below(5)}`;
    assert.equal(await shelf.get(name, async () => size), size);
    used = [name, ...used.filter((other) => other !== name)];
    const kept = used.filter((other) => shelf.entries.has(other));
    assert.deepEqual(kept, used.slice(0, kept.length), 'the longest unused goes first');
    assert.equal(shelf.held, kept.reduce((sum, other) => sum + Number(other[0]), 0));
    assert.ok(shelf.held <= 20);
  }
  await assert.rejects(shelf.get('bad', () => Promise.reject(new Error('no'))), /no/);
  assert.equal(await shelf.get('bad', async () => 1), 1);
});

test('the best of many are those of a sorted list', () => {
  const random = seeded(9);
  for (let round = 0; round < 300; round++) {
    const all = Array.from({ length: random.below(60) }, (_, doc) => ({ doc, score: random.below(8) }));
    const top = new Top(random.below(12));
    for (const { doc, score } of all.toSorted(() => random.next() - 0.5)) top.offer(doc, score);
    assert.deepEqual(top.sorted(), all.toSorted((a, b) => b.score - a.score || a.doc - b.doc).slice(0, top.size));
  }
});

test('the distance of words is that of optimal string alignment', () => {
  const naive = (a, b) => {
    const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i && j ? 0 : i + j)));
    for (let i = 1; i <= a.length; i++) {
      for (let j = 1; j <= b.length; j++) {
        d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.length][b.length];
  };
  const random = seeded(11);
  const word = () => Array.from({ length: random.below(7) }, () => random.pick(['a', 'b', 'c']));
  for (let i = 0; i < 5000; i++) {
    const [a, b] = [word(), word()];
    for (const limit of [0, 1, 2]) assert.equal(Math.min(distance(a, b, limit), limit + 1), Math.min(naive(a, b), limit + 1), `${a.join('')} ${b.join('')}`);
  }
});
