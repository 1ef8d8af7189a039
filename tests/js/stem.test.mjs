/**
 * The stemmer is Whoosh's, word for word.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesIn } from '../../theme/static/search/files.mjs';
import { analyse } from '../../theme/static/search/src/analysis.js';
import { learn } from '../../theme/static/search/src/languages.js';
import { porter } from '../../theme/static/search/src/stem.js';
import { NO_PYTHON, ROOT, python, seeded, vectors } from './helpers.mjs';

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

/** Prints, for each stemmer, words of its endings and their keys by Whoosh: the endings are taken from the stemmer itself. */
const SNOWBALL = `
import json, random, sys
from backfile.search import analysis
from whoosh.lang import snowball
pick = random.Random(7)
for name, letters in json.load(sys.stdin).items():
    stemmer = next(kind for kind in snowball.classes.values() if kind.__name__.lower() == name + "stemmer")
    endings = [text for value in vars(stemmer).values() if isinstance(value, tuple) for text in value]
    if name == "russian":
        endings = [stemmer._RussianStemmer__roman_to_cyrillic(stemmer(), text) for text in endings]
    endings = [text.lower().replace("a~", "ã").replace("o~", "õ") for text in endings]
    words = set()
    while len(words) < 6000:
        start = "".join(pick.choices(letters, k=pick.randint(0, 6)))
        words.add(start + "".join(pick.choices(endings, k=pick.randint(0, 3))))
    keys = analysis.keys_for(name)
    print(json.dumps([name, {word: keys.of(word) for word in sorted(words)}]))
`;

test('words of all endings have the keys that Whoosh’s Snowball stemmers give', { skip: NO_PYTHON }, async (t) => {
  const { languages } = vectors('languages');
  const letters = Object.fromEntries(Object.entries(languages).map(([name, { keys }]) => [name, [...new Set(Object.keys(keys).join('').toLowerCase().match(/\p{L}/gu))].sort().join('')]));
  let count = 0;
  for (const line of python(SNOWBALL, { input: JSON.stringify(letters) }).trim().split('\n')) {
    const [name, words] = JSON.parse(line);
    learn(name, await filesIn('').stemmer(name));
    const different = Object.entries(words).filter(([word, keys]) => analyse(word, name).join(' ') !== keys.join(' '));
    assert.deepEqual(different.slice(0, 10), [], name);
    count += Object.keys(words).length;
  }
  assert.equal(Object.keys(letters).length, 13);
  t.diagnostic(`${count} words in ${Object.keys(letters).length} languages`);
});
