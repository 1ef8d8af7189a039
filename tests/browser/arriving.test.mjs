/**
 * From a result to its article: the words that led there are marked, and the marks can be taken away.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeViolations, htmlFiles, launch, onDisk, openPage, sampleSite, serve } from './helpers.mjs';

let site;
let server;
let browser;

before(async () => {
  site = await sampleSite();
  [server, browser] = await Promise.all([serve(site.output), launch()]);
});

after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  await site?.remove();
});

const found = (page) => page.$$eval('main mark', (marks) => marks.map(({ textContent }) => textContent.toLowerCase()));

/** A page with the answer to a query. */
async function asked(base, query, options) {
  const page = await openPage(browser, options);
  await page.goto(`${base}/search.html?q=${encodeURIComponent(query)}`);
  await page.waitForSelector('#search-results > li');
  await page.waitForLoadState('networkidle');
  return page;
}

for (const [where, base] of Object.entries({ 'from a web host': () => server.url, 'from a folder': () => onDisk(site.output, '').replace(/\/$/, '') })) {
  describe(`arriving ${where}`, () => {
    test('the words are marked on the article, one can go through them, and they can be taken away', async () => {
      const page = await asked(base(), 'harbour');
      const clean = await page.getAttribute('#search-results h2 a', 'href');
      assert.ok(clean.endsWith('.html'), 'a copied link carries nothing');
      await page.click('#search-results h2 a');
      await page.waitForSelector('.found-words');
      assert.ok(page.url().endsWith('.html#find=harbour'), page.url());
      const words = await found(page);
      assert.ok(words.length && words.every((word) => word.startsWith('harbour')), words.join(' '));
      assert.match(await page.textContent('.found-words'), new RegExp(`Places marked: ${words.length}`));
      const text = await page.textContent('main .prose');
      if (where === 'from a web host') assert.deepEqual(await axeViolations(page), []); // axe itself asks for files
      await page.click('.found-words button');
      assert.ok(await page.$eval('main mark', (mark) => mark.getBoundingClientRect().top >= 0 && mark.getBoundingClientRect().bottom <= innerHeight));
      await page.click('.found-words button:last-of-type');
      assert.deepEqual(await found(page), []);
      assert.equal(await page.$('.found-words'), null);
      assert.equal(await page.textContent('main .prose'), text);
      assert.ok(!page.url().includes('find='), page.url());
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test('a comment that was found is the target of its link, with its words marked', async () => {
      const page = await asked(base(), 'comments:harbour');
      await page.waitForSelector('.comment-hits a');
      await page.click('.comment-hits a');
      await page.waitForSelector('.found-words');
      assert.match(page.url(), /\.html\?find=harbour#comment-/);
      assert.ok(await page.$eval(':target', (comment) => comment.querySelector('mark') !== null));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test('an article that nobody searched for loads nothing for marks, and hostile words mark nothing', async () => {
      const page = await asked(base(), 'harbour');
      const address = await page.getAttribute('#search-results h2 a', 'href');
      const files = [];
      page.on('request', (request) => files.push(request.url()));
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      assert.ok(!files.some((file) => file.endsWith('highlight.js')), files.join(' '));
      for (const words of ['<img src=x onerror=alert(1)>', '*', '****a', `${'a*'.repeat(30)}b`, '~1/1', 'x'.repeat(5000)]) {
        await page.goto('about:blank');
        await page.goto(`${address}#find=${encodeURIComponent(words)}`);
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await found(page), [], words.slice(0, 40));
        assert.equal(await page.$('main img[src="x"]'), null);
      }
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  });
}

test('without JavaScript an address that carries words is just the article', async () => {
  const page = await asked(server.url, 'harbour');
  const address = await page.getAttribute('#search-results h2 a', 'href');
  await page.context().close();
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await plain.goto(`${address}?find=harbour#find=harbour`);
  assert.ok((await plain.innerText('main')).length > 100);
  assert.deepEqual(await found(plain), []);
  await plain.context().close();
});

test('what gets the focus on a phone does not stand behind the box that leads through the marks', async () => {
  const page = await openPage(browser, { viewport: { width: 360, height: 640 } });
  const name = (await htmlFiles(site.output)).find((file) => /the-turbine/.test(file));
  await page.goto(`${server.url}/${name}?find=wind`);
  await page.waitForSelector('.found-words');
  await page.focus('#comments a');
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
      return [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]].every(([x, y]) => document.elementFromPoint(x, y)?.closest('.found-words'));
    });
    assert.equal(hidden, false, await page.evaluate(() => document.activeElement.textContent));
  }
  await page.context().close();
});
