/**
 * The script that pages load is made of the sources, and stays small.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { TARGET, bundle } from '../../theme/static/search/bundle.mjs';

test('search.js is what the sources give', async () => {
  assert.equal(readFileSync(TARGET, 'utf8'), await bundle(), 'run node theme/static/search/bundle.mjs');
});

test('search.js is at most 26 kB on the wire', () => {
  assert.ok(gzipSync(readFileSync(TARGET), { level: 6 }).length <= 26_000);
});

test('search.js needs no eval and writes no HTML', () => {
  const script = readFileSync(TARGET, 'utf8');
  for (const word of ['eval(', 'new Function', 'innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'import(']) assert.ok(!script.includes(word), word);
});
