/**
 * Endings of other languages in a real browser: the page loads the stemmers that the index needs, and no others.
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT, launch, onDisk, openPage, runPython, sampleSite, serve } from './helpers.mjs';

const ARTICLES = [
  ['de', 'Die neuen Häuser der Straße', 'Der Bürgermeister eröffnete die Häuser.'],
  ['fr', 'Les élections municipales', "L'élection a été publiée."],
  ['uk', 'Вибори міського голови', 'Вибори відбулися.'],
  ['en', 'The houses were opened', 'The mayor opened the houses.'],
];
/** What is asked, and the languages in which it is found. */
const ASKED = [['haus', ['de']], ['strassen', ['de']], ['election', ['fr']], ['publie', ['fr']], ['Вибори', ['uk']], ['виборів', []], ['вибор*', ['uk']], ['house', ['en']], ['die', ['de']]];

let folder, browser, server, output;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfile-tongues-'));
  output = join(folder, 'output');
  const lines = ARTICLES.map(([language, title, text]) => JSON.stringify({ id: language, title, text, language, published: '2013-05-04' }));
  await writeFile(join(folder, 'articles.jsonl'), `${lines.join('\n')}\n`);
  await runPython(['-m', 'backfile', 'import', join(folder, 'articles.jsonl'), '--content', join(folder, 'content')]);
  await cp(join(ROOT, 'content', 'pages'), join(folder, 'content', 'pages'), { recursive: true });
  await runPython(['-m', 'pelican', join(folder, 'content'), '-o', output, '-s', 'pelicanconf.py', '--fatal', 'errors']);
  [server, browser] = await Promise.all([serve(output), launch()]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  await rm(folder, { recursive: true, force: true });
});

for (const [where, base] of Object.entries({ 'a web host': () => server.url, 'a folder': () => onDisk(output, '').replace(/\/$/, '') })) {
  test(`words are found by the endings of their language, from ${where}`, async () => {
    const page = await openPage(browser);
    for (const [query, languages] of ASKED) {
      await page.goto(`${base()}/search.html?q=${encodeURIComponent(query)}`);
      await page.waitForFunction(() => document.querySelector('#search-status').textContent && !document.querySelector('#search-app.busy'));
      const found = await page.$$eval('#search-results > li', (items) => items.map((item) => item.querySelector('h2').lang));
      if (query !== 'die') assert.deepEqual(found, languages, query);
      else assert.deepEqual(found, [], 'a stop word of German that no other text has');
    }
    await page.goto(`${base()}/search.html?q=haus`);
    await page.click('#search-results a');
    await page.waitForSelector('.found-words');
    assert.deepEqual(await page.$$eval('main mark', (marks) => [...new Set(marks.map(({ textContent }) => textContent))]), ['Häuser']);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('an archive in English loads no stemmer', async () => {
  const site = await sampleSite();
  const page = await openPage(browser);
  const files = [];
  page.on('request', (request) => files.push(request.url()));
  await page.goto(`${onDisk(site.output, 'search.html')}?q=harbour`);
  await page.waitForSelector('#search-results > li');
  assert.ok(!files.some((file) => /stem-/.test(file)), files.join(' '));
  await page.context().close();
  await site.remove();
});
