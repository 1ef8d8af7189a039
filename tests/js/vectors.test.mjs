/**
 * The vectors that Python and JavaScript both read. A file of vectors without a runner here is a failure.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accented, analyse, fold, rawTokens } from '../../theme/static/search/src/analysis.js';
import { Cursor } from '../../theme/static/search/src/bytes.js';
import { columnOf } from '../../theme/static/search/src/columns.js';
import { runsOf } from '../../theme/static/search/src/dates.js';
import { daysOf } from '../../theme/static/search/src/days.js';
import { SearchError } from '../../theme/static/search/src/errors.js';
import { languageOf, learn, stemmerFor } from '../../theme/static/search/src/languages.js';
import { LENGTHS } from '../../theme/static/search/src/score.js';
import { porter } from '../../theme/static/search/src/stem.js';
import { filesIn } from '../../theme/static/search/files.mjs';
import { VECTORS, open, useAll, vectors } from './helpers.mjs';

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const cursor = (hex) => new Cursor(bytes(hex), 'test');
const list = (array) => Array.from(array);

const RUNNERS = {
  codec() {
    const { uint, uint_refused, gaps, length_bytes } = vectors('codec');
    for (const { value, hex } of uint) assert.equal(cursor(hex).uint(), value, hex);
    for (const hex of uint_refused) assert.throws(() => cursor(hex).uint(), { trouble: 'damaged' }, hex);
    for (const { values, hex } of gaps) assert.deepEqual(list(cursor(hex).gaps(values.length)), values, hex);
    assert.deepEqual(list(LENGTHS), length_bytes);
  },
  analysis() {
    for (const { text, tokens, folded, porter: stemmed, none } of vectors('analysis')) {
      const normal = text.normalize('NFC');
      const found = rawTokens(normal).map(({ raw, start }) => [Array.from(normal.slice(0, start)).length, raw]);
      if (normal === text) assert.deepEqual(found, tokens, text);
      assert.deepEqual(tokens.map(([, token]) => fold(token)), folded, text);
      assert.deepEqual(analyse(text, 'porter'), stemmed, text);
      assert.deepEqual(analyse(text, 'none'), none, text);
    }
  },
  stems() {
    for (const [word, stem] of Object.entries(vectors('stems'))) assert.equal(porter(word), stem, word);
  },
  async languages() {
    const { languages, stemmers } = vectors('languages');
    for (const [code, name] of Object.entries(stemmers)) assert.equal(stemmerFor(code, 'en'), name, code);
    for (const [name, { stops, weak, accented: put, keys }] of Object.entries(languages)) {
      learn(name, await filesIn('').stemmer(name));
      const known = languageOf(name);
      assert.deepEqual([known.stops, known.weak], [new Set(stops), new Set(weak)], name);
      for (const [word, found] of Object.entries(keys)) assert.deepEqual(analyse(word, name), found, `${word} in ${name}`);
      for (const [word, found] of Object.entries(put)) assert.equal(accented(word, name), found, `${word} in ${name}`);
    }
  },
  days() {
    for (const [text, [day, span]] of Object.entries(vectors('days'))) {
      // A question reads as much of a date as it can, so what the writer refuses says nothing of it.
      if (day) assert.deepEqual(daysOf(text), [day, day + span], text);
    }
  },
  async queries() {
    const engines = new Map(await Promise.all(['small', 'many', 'several'].map(async (name) => [name, await open(join(VECTORS, name))])));
    for (const expected of vectors('queries')) {
      for (const exact of [true, false]) await answers(engines.get(expected.index), expected, exact);
    }
  },
  async damaged() {
    const root = mkdtempSync(join(tmpdir(), 'backfile-damaged-'));
    cpSync(join(VECTORS, 'small'), root, { recursive: true });
    const whole = await useAll(root);
    for (const { name, file, ...change } of vectors('damaged')) {
      const before = readFileSync(join(root, file));
      const after = spoilt(before, change);
      if (after) writeFileSync(join(root, file), after);
      else rmSync(join(root, file));
      try {
        // What no reader of pages reads (k, b) may be as it likes: the answers are the same.
        assert.equal(await useAll(root), whole, `${name}: it was not noticed`);
        assert.match(file, /\/[kb]\d+\.js$/, `${name}: it was not noticed`);
      } catch (error) {
        if (!(error instanceof SearchError)) throw error;
        assert.equal(error.file, file, name);
      }
      writeFileSync(join(root, file), before);
    }
    rmSync(root, { recursive: true });
  },
  small: () => decodes('small'),
  many: () => decodes('many'),
  several: () => decodes('several'),
};

/** A file after a change of `damaged.json`; null: removed. */
function spoilt(before, { do: what, at, offset, mask, to, old, new: replacement, with: contents }) {
  const copy = Buffer.from(before);
  switch (what) {
    case 'flip':
      copy[copy.indexOf(at) + offset] ^= mask;
      return copy;
    case 'cut':
      return copy.subarray(0, to);
    case 'remove':
      return null;
    case 'change':
      return Buffer.from(copy.toString('latin1').replace(old, () => replacement), 'latin1');
    case 'replace':
      return Buffer.from(contents ?? replacement, 'latin1');
    default:
      throw new Error(`${what} is not known here`);
  }
}

async function answers(engine, { index, query, total, exact: full, hits }, exact) {
  const name = `${query} in ${index}${exact ? '' : ', quickly'}`;
  const found = await engine.search({ text: query, limit: 20, exact });
  if (found.exact) assert.deepEqual([found.total, found.full], [total, full], name);
  else assert.ok(found.total <= total && !exact, name);
  assert.deepEqual(found.hits.map(({ doc }) => doc), hits.map(([doc]) => doc), name);
  for (const [i, [, score]] of hits.entries()) assert.ok(Math.abs(found.hits[i].score - score) < 1e-9, `${name}: ${found.hits[i].score} and ${score}`);
  assert.deepEqual(found.hits.map(({ partial }) => partial), hits.map((_, place) => place >= full), name);
  const urls = await Promise.all(found.hits.map(async ({ doc }) => (await engine.article(doc)).url));
  assert.deepEqual(urls, hits.map(([, , url]) => url), name);
}

async function decodes(name) {
  const { index, stores } = await open(join(VECTORS, name));
  const { bases, segments } = vectors(name);
  assert.deepEqual([...index.segments.map(({ base }) => base), index.documents], bases);
  for (const [s, expected] of segments.entries()) {
    const segment = index.segments[s];
    assert.equal(segment.info.id, expected.id);
    assert.deepEqual([...segment.deleted], expected.deleted);
    for (const [key, fields] of Object.entries(expected.keys)) await hasKey(index, segment, key, fields);
    for (const [key, long] of Object.entries(expected.long)) await hasLong(segment, key, long);
    await hasDocuments(index, segment, stores, expected);
  }
}

async function hasKey(index, segment, key, fields) {
  const entry = await segment.entry(key);
  assert.ok(entry, key);
  assert.deepEqual(entry.fields.map((field) => index.fields[field].name), Object.keys(fields), key);
  const parts = await segment.lists(entry);
  for (const field of entry.fields) {
    const { name } = index.fields[field];
    const { docs, tf, length_bytes, positions } = fields[name];
    const found = parts.flatMap((part) => {
      const postings = part.get(field);
      return postings ? list(postings.docs).map((doc, i) => [doc, postings.tf?.[i], postings.lengths?.[i]]) : [];
    });
    found.sort(([a], [b]) => a - b);
    assert.equal(entry.df.get(field), docs.length);
    assert.deepEqual(found, docs.map((doc, i) => [doc, tf?.[i], length_bytes?.[i]]), `${key} in ${name}`);
    if (!positions) continue;
    const places = await segment.positions(entry, field, docs);
    assert.deepEqual(docs.map((doc) => list(places.get(doc))), positions, `positions of ${key} in ${name}`);
  }
}

async function hasLong(segment, key, { any, head, tiers, chunks }) {
  const entry = await segment.entry(key);
  assert.equal(entry.long.any, any, key);
  const heads = new Set([...entry.long.head.values()].flatMap(({ docs }) => list(docs)));
  assert.deepEqual([...heads].sort((a, b) => a - b), head);
  assert.deepEqual(entry.long.tiers.map((tier) => ({ ...tier, counts: [...tier.counts.values()] })), tiers);
  assert.deepEqual(entry.long.chunks, chunks);
}

async function hasDocuments(index, segment, stores, expected) {
  const words = await segment.words.startingWith('');
  const written = words.filter(({ docs }) => docs).slice(0, 200).map(({ word, docs }) => [word, docs]);
  assert.deepEqual(Object.fromEntries(written), expected.words);
  const runs = await runsOf(segment);
  assert.deepEqual(runs.flatMap(({ day, span, count }) => Array(count).fill([day, span])), expected.days);
  const all = Uint32Array.from({ length: segment.info.docs }, (_, doc) => doc);
  assert.deepEqual(list(await columnOf(segment, 0, all)), expected.comments);
  for (const [doc, record] of expected.records.entries()) {
    const { store, number } = recordOf(index, stores, segment, doc);
    const article = await store.article(number);
    assert.deepEqual(Object.values(article), record, article.url);
    assert.equal(article.url, expected.urls[doc]);
    await hasTexts(store, article, expected.texts[doc]);
  }
}

function recordOf(index, stores, segment, doc) {
  let first = 0;
  for (let i = 0; i < segment.info.map.length; i += 3) {
    const [store, record, count] = segment.info.map.slice(i, i + 3);
    if (doc < first + count) return { store: stores[store], number: record + doc - first };
    first += count;
  }
  throw new Error(`${index.documents}: no record for ${doc}`);
}

async function hasTexts(store, article, { body, comments }) {
  const parts = await Promise.all(Array.from({ length: article.rest.length / 2 }, (_, part) => store.part(article, part)));
  assert.equal([article.opening, ...parts].join(''), body);
  const chunks = await Promise.all(Array.from({ length: article.commentChunks.length / 3 }, (_, chunk) => store.comments(article, chunk)));
  const found = chunks.flat();
  assert.deepEqual(found.map(({ number, ...comment }) => comment), comments);
  assert.deepEqual(found.map(({ number }) => number), comments.map((_, number) => number));
}

const names = readdirSync(VECTORS).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));

test('there are vectors', () => assert.ok(names.length > 5));

for (const name of names) {
  test(`the vectors ${name}.json hold`, async () => {
    assert.ok(RUNNERS[name], `${name}.json has no runner: write one`);
    await RUNNERS[name]();
  });
}
