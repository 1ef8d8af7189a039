// Searching as a reader does: from a web host and from a folder on disk, under the pages' own policy.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ROOT, buildSite, launch, onDisk, openPage, sampleSite, serve } from './helpers.mjs';

const SEEDS = join(process.env.BACKFILE_SHARED ?? join(dirname(ROOT), 'shared'), 'seeds');

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** Types a question into the search page and waits for its answer. */
async function ask(page, address, question) {
  await page.goto(address);
  await page.fill('input[type=search][name=q]', question);
  await page.press('input[type=search][name=q]', 'Enter');
  await page.waitForFunction((q) => new URL(location.href).searchParams.get('q') === q
    && document.querySelector('#search-status')?.textContent?.match(/\d|nothing|no /i), question);
  // Typing and Enter both ask; the page is settled when it no longer says that it is searching.
  await page.waitForTimeout(400);
  await page.waitForFunction(() => /\d|nothing|no /i.test(document.querySelector('#search-status')?.textContent ?? ''));
  return results(page);
}

/** What the page shows: for each result its links (as written, and where they lead), words and marked words. */
async function results(page) {
  return page.$$eval('#search-results > li', (items) => items.map((item) => ({
    links: [...item.querySelectorAll('a[href]')].map((link) => link.href),
    text: item.textContent,
    marks: [...item.querySelectorAll('mark')].map((mark) => mark.textContent),
  })));
}

/** The element that a link into the built site leads to, as its file says. */
async function target(site, base, link) {
  const url = new URL(link);
  const path = url.protocol === 'file:' ? relative(site.output, fileURLToPath(new URL(url.pathname, url))) : relative('/', url.pathname);
  const html = await readFile(join(site.output, path), 'utf8');
  return { path, id: url.hash.slice(1), isThere: html.includes(`id="${decodeURIComponent(url.hash.slice(1))}"`), html };
}

for (const [where, addressOf] of [
  ['a web host', async (site, name) => { const server = await serve(site.output); return { address: `${server.url}/${name}`, close: server.close }; }],
  ['a folder on disk', async (site, name) => ({ address: onDisk(site.output, name), close: async () => {} })],
]) {
  describe(`the sample archive from ${where}`, () => {
    let site, place, page;
    before(async () => {
      site = await sampleSite();
      place = await addressOf(site, 'search.html');
      page = await openPage(browser);
    });
    after(async () => { await place?.close(); await page?.context().close(); await site?.remove(); });

    test('a word is found, the count is told, and its snippet is marked', async () => {
      const found = await ask(page, place.address, 'starlings');
      assert.match(found[0].text, /Forty thousand starlings/);
      assert.ok(found[0].marks.some((mark) => /starling/i.test(mark)));
      assert.match(await page.textContent('#search-status'), new RegExp(String(found.length)));
    });

    test('several words must all be there', async () => {
      const found = await ask(page, place.address, 'swing bridge crack');
      assert.match(found[0].text, /Swing bridge/);
    });

    test('a hit in the comments says so and leads to that comment', async () => {
      const found = await ask(page, place.address, 'thumbnail');
      const link = found[0].links.find((address) => address.includes('#comment-'));
      assert.ok(link, JSON.stringify(found[0]));
      assert.ok(!found[0].links[0].includes('#'), 'the first link is the article');
      const { isThere, id } = await target(site, place.address, link);
      assert.ok(isThere, id);
      await page.goto(link);
      assert.match(await page.textContent(`[id="${id}"]`), /thumbnail/);
    });

    test('what is typed is in the address, and the address alone gives the answer', async () => {
      await ask(page, place.address, 'starlings');
      const again = await openPage(browser);
      await again.goto(page.url());
      await again.waitForSelector('#search-results > li');
      assert.match(await again.textContent('#search-results > li'), /starlings/i);
      assert.equal(await again.inputValue('input[type=search][name=q]'), 'starlings');
      await again.context().close();
    });

    test('markup in a question is text, and nothing complains', async () => {
      await ask(page, place.address, '<img src=x onerror=alert(1)> starlings');
      assert.equal(await page.$('main img'), null);
      assert.deepEqual(page.complaints.filter((line) => !line.startsWith('log')), []);
    });

    test('a question without an answer says that nothing was found', async () => {
      await page.goto(`${place.address}?q=zyzzyvaxx`);
      await page.waitForFunction(() => /no|nothing/i.test(document.querySelector('#search-status')?.textContent ?? ''));
      assert.equal((await results(page)).length, 0);
    });
  });
}

describe('the two extracts of a real page', { skip: existsSync(SEEDS) ? false : `no ${SEEDS}: real data is not part of a clone` }, () => {
  let site, page;
  before(async () => { site = await buildSite([SEEDS]); page = await openPage(browser); });
  after(async () => { await page?.context().close(); await site?.remove(); });

  test('the article and its comments stand apart, and nobody is made up', async () => {
    const [found] = await ask(page, onDisk(site.output, 'search.html'), 'neutrality');
    await page.goto(found.links[0]);
    assert.match(await page.textContent('h1'), /^\s*Ukraine Says Talks With Russia are on Pause, Will Continue Tuesday\s*$/);
    assert.equal(await page.locator('[itemprop=articleBody] p').count(), 7);
    assert.match(await page.textContent('[itemprop=articleBody]'), /neutrality/);
    const comments = page.locator('#comments [itemprop=comment]');
    assert.equal(await comments.count(), 1);
    assert.equal(await comments.locator('[itemprop=text] p').count(), 11);
    assert.match(await comments.locator('[itemprop=text] p').first().textContent(), /^Seriously\?/);
    assert.equal(await comments.locator('[itemprop=author]').count(), 0);
    assert.match(await page.textContent('#comments'), /not (say|tell)|told apart/i);
    assert.match(await page.textContent('main'), /date unknown/i);
  });

  test('a word of the article is found in the article, one of the comments in the comments', async () => {
    const search = onDisk(site.output, 'search.html');
    const [article] = await ask(page, search, 'neutrality');
    assert.ok(article.links.every((link) => !link.includes('#comment-')));
    assert.ok(article.marks.some((mark) => /neutrality/i.test(mark)));
    const [comment] = await ask(page, search, 'Hmmm');
    const link = comment.links.find((address) => address.includes('#comment-'));
    assert.ok(link);
    const { isThere } = await target(site, search, link);
    assert.ok(isThere);
    assert.ok(comment.marks.some((mark) => /hmmm/i.test(mark)));
  });
});
