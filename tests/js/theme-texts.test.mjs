// What the theme hands to the search page in other languages is what the page asks for.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { TEXTS as MARK_TEXTS } from '../../theme/static/search/src/highlight.js';
import { TEXTS } from '../../theme/static/search/src/page/texts.js';

test('the theme translates every text of the search page and of marks, from the same English', async () => {
  const template = await readFile(new URL('../../theme/templates/search_texts.html', import.meta.url), 'utf8');
  const [, page, marks] = template.split(/^{% set /m);
  const handed = (part) => Object.fromEntries([...part.matchAll(/^ {2}'(\w+)': _\('(.*)'\),$/gm)].map(([, key, text]) => [key, text.replaceAll("\\'", "'")]));
  assert.deepEqual(handed(page), { ...TEXTS });
  assert.deepEqual(handed(marks), { ...MARK_TEXTS });
});
