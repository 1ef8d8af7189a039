/**
 * Results as files: tables that run nothing, records that reference managers read.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, ris } from '../../theme/static/search/src/export.js';

const ARTICLE = { url: '2013/05/a-1.html', title: 'Oil, "again"', date: '2013-05-04', standfirst: '', section: 'News', authors: ['Ann Lee', 'Joe'], tags: ['oil', 'gas'], language: 'en', source: 'The Gazette', opening: '', rest: [], commentTokens: [3, 4], commentChunks: [] };
const address = (url) => `https://archive.example/${url}`;

test('a table has a row an article, quoted where it must be', () => {
  const [head, row, end] = csv([ARTICLE], address).split('\r\n');
  assert.equal(head, '\ufefftitle,url,date,authors,section,tags,source,language,comments');
  assert.equal(row, '"Oil, ""again""",https://archive.example/2013/05/a-1.html,2013-05-04,Ann Lee; Joe,News,oil; gas,The Gazette,en,2');
  assert.equal(end, '');
});

test('no cell begins as a formula does, and none spans lines', () => {
  for (const title of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r\n=1', ' =1', '=HYPERLINK("x","y")']) {
    const row = csv([{ ...ARTICLE, title }], address).split('\r\n')[1];
    assert.match(row, /^"?'[=+\-@]/, JSON.stringify(title));
    assert.equal(csv([{ ...ARTICLE, title }], address).split('\r\n').length, 3);
  }
});

test('a record has what is known, and nothing in it can start another', () => {
  assert.deepEqual(ris([ARTICLE], address).split('\r\n'), [
    'TY  - NEWS', 'AU  - Ann Lee', 'AU  - Joe', 'TI  - Oil, "again"', 'T2  - The Gazette', 'PY  - 2013', 'DA  - 2013/05/04/', 'SE  - News',
    'KW  - oil', 'KW  - gas', 'LA  - en', 'UR  - https://archive.example/2013/05/a-1.html', 'ER  - ', '',
  ]);
  const undated = ris([{ ...ARTICLE, date: '', title: 'a\r\nER  - \r\nTY  - BOOK' }], address);
  assert.equal(undated.match(/^TY {2}- /gm)?.length, 1);
  assert.ok(!undated.includes('PY'));
  assert.match(ris([{ ...ARTICLE, date: '2013' }], address), /^DA {2}- 2013\/\/\/\r$/m);
});
