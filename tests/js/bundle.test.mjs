/**
 * The scripts that pages load are made of the sources, and stay small.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { HERE, bundles } from '../../theme/static/search/bundle.mjs';

const committed = readdirSync(HERE).filter((name) => name.endsWith('.js'));
const text = (name) => readFileSync(join(HERE, name), 'utf8');
const wire = (name) => gzipSync(text(name), { level: 6 }).length;

test('the scripts are what the sources give', async () => {
  const made = await bundles();
  assert.deepEqual([...made.keys()].sort(), committed.toSorted());
  for (const [name, script] of made) assert.equal(text(name), script, `${name}: run node theme/static/search/bundle.mjs`);
});

test('search.js is at most 27.1 kB on the wire, what is seldom needed at most 5 kB', () => {
  assert.ok(wire('search.js') <= 27_100, `search.js: ${wire('search.js')}`);
  for (const name of committed) if (name !== 'search.js') assert.ok(wire(name) <= 5_000, `${name}: ${wire(name)}`);
});

test('the scripts need no eval and write no HTML', () => {
  for (const name of committed) {
    for (const word of ['eval(', 'new Function', 'innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'import(']) assert.ok(!text(name).includes(word), `${name}: ${word}`);
  }
});
