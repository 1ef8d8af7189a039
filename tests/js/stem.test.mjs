/**
 * The stemmer is Whoosh's, word for word.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { porter } from '../../theme/static/search/src/stem.js';
import { NO_PYTHON, ROOT, python, seeded } from './helpers.mjs';

const SUFFIXES = `ational tional enci anci izer bli alli entli eli ousli ization ation ator alism iveness fulness ousness aliti iviti biliti logi icate ative
alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize ed ing eed s sses ies y e ll sion tion ss`.split(/\s+/);

/** Words of this project's texts, their beginnings with every suffix, and words of no language. */
function vocabulary() {
  const random = seeded(3);
  const files = ['README.md', ...['sources', 'docs'].flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, name)))];
  const texts = files.filter((name) => /\.(md|txt)$/.test(name)).map((name) => readFileSync(join(ROOT, name), 'utf8').toLowerCase());
  const words = new Set(texts.flatMap((text) => text.match(/[a-z]+/g) ?? []));
  for (const word of [...words]) for (let i = 0; i < 4; i++) words.add(word.slice(0, 1 + random.below(6)) + random.pick(SUFFIXES) + random.pick(['', '', 'ed', 's', 'ing', 'e']));
  for (let i = 0; i < 30000; i++) words.add(Array.from({ length: 1 + random.below(9) }, () => random.pick([...'aeioubcdlstyzy'])).join(''));
  return [...words];
}

test('a whole vocabulary has Whoosh’s stems', { skip: NO_PYTHON }, (t) => {
  const words = vocabulary();
  const program = 'import sys\nfrom whoosh.lang.porter import stem\nfor line in sys.stdin: print(stem(line.strip()))';
  const expected = python(program, { input: `${words.join('\n')}\n` }).trimEnd().split('\n');
  assert.equal(expected.length, words.length);
  const different = words.filter((word, i) => porter(word) !== expected[i]);
  t.diagnostic(`${words.length} words`);
  assert.deepEqual(different, []);
});

test('what is not of a to z stays as it is', () => {
  for (const word of ['café', '1990s', 'u.s', 'snake_cases', '日本', 'Prices', '', 'as']) assert.equal(porter(word), word);
});
