// The theme in other languages: words, forms of numbers and months, the direction of the page.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT, axeViolations, launch, openPage, runPython, serve } from './helpers.mjs';

const TEXT = `Title: A title
Id: one
Date: 2009-03-12
Authors: Ada; Bob
Category: News

Some text.

<!-- comments -->

<!-- comment a
Author: Ann
Date: 2009-03-12T10:41
-->

One.

<!-- comment b
Parent: a
-->

Two.

<!-- comment c
-->

Three.
`;

let folder, browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfile-languages-'));
  await mkdir(join(folder, 'content'));
  await writeFile(join(folder, 'content', 'one.md'), TEXT);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The article's page with the site in a language, and with more settings. */
async function articleIn(language, more = '') {
  const settings = join(folder, `${language}.py`);
  const own = await readFile(join(ROOT, 'pelicanconf.py'), 'utf8');
  await writeFile(settings, `${own}\nDEFAULT_LANG = "${language}"\nTHEME = ${JSON.stringify(join(ROOT, 'theme'))}\nPLUGIN_PATHS = [${JSON.stringify(join(ROOT, 'plugins'))}]\n${more}`);
  const output = join(folder, language);
  await runPython(['-m', 'pelican', join(folder, 'content'), '-o', output, '-s', settings, '--fatal', 'errors']);
  const server = await serve(output);
  const page = await openPage(browser);
  await page.goto(`${server.url}/2009/03/12/a-title-one.html`);
  return { page, close: async () => { await page.context().close(); await server.close(); } };
}

for (const [language, date, replies, direction, nothing] of [
  ['en', '12 March 2009', '1 reply', 'ltr', 'Nothing found for “zzzz”.'],
  ['de', '12. März 2009', '1 Antwort', 'ltr', 'Nichts gefunden für „zzzz“.'],
  ['fr', '12 mars 2009', '1 réponse', 'ltr', 'Rien trouvé pour « zzzz ».'],
  ['es', '12 de marzo de 2009', '1 respuesta', 'ltr', 'Nada encontrado para «zzzz».'],
  ['uk', '12 березня 2009', '1 відповідь', 'ltr', 'За запитом «zzzz» нічого не знайдено.'],
  ['ar', '12 مارس 2009', 'رد واحد (1)', 'rtl', 'لا نتائج عن «zzzz».'],
]) {
  test(`${language}: words, dates, numbers and direction are those of the language, in the search too`, async () => {
    const { page, close } = await articleIn(language);
    assert.equal(await page.locator('.kicker time').innerText(), date);
    assert.equal(await page.locator('.replies > summary').evaluate((summary) => summary.firstChild.textContent.trim()), replies);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), direction);
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    assert.deepEqual(await axeViolations(page), []);
    await page.goto(new URL('/search.html?q=zzzz', page.url()).href);
    await page.locator('#search-status', { hasText: nothing }).waitFor();
    assert.deepEqual([...await axeViolations(page), ...page.complaints], []);
    await close();
  });
}

test('from right to left, the number of a page keeps its place beside a date, and an address is read from left to right', async () => {
  const { page, close } = await articleIn('ar', 'BACKFILE_COMMENTS_PER_PAGE = 1\n');
  /** Where a text stands, from the left. */
  const leftOf = (selector, wanted) => page.$eval(selector, (element, text) => {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const at = nodes.currentNode.data.indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(nodes.currentNode, at);
      range.setEnd(nodes.currentNode, at + text.length);
      return range.getBoundingClientRect().left;
    }
    return NaN;
  }, wanted);
  try {
    await page.locator('.about-copy summary').click();
    assert.ok(await leftOf('.about-copy .address', '2009') < await leftOf('.about-copy .address', 'a-title'));
    await page.goto(page.url().replace('.html', '.comments-2.html'));
    assert.ok(await leftOf('.kicker', 'مارس') < await leftOf('.kicker', '12') && await leftOf('.kicker', '12') < await leftOf('.kicker', '2'), await page.locator('.kicker').innerText());
  } finally {
    await close();
  }
});
