// The conversation under an article: found, folded, linked and read, by mouse, by keyboard and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { htmlFiles, launch, openPage, sampleSite, serve } from './helpers.mjs';

let site, server, browser, files;
before(async () => {
  site = await sampleSite();
  server = await serve(site.output);
  browser = await launch();
  files = await htmlFiles(site.output);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
});

/** Opens the first page whose name fits the pattern, at a fragment if one is given. */
async function visit(pattern, { hash = '', ...options } = {}) {
  const page = await openPage(browser, options);
  const name = files.find((file) => pattern.test(file));
  assert.ok(name, `no page fits ${pattern}`);
  await page.goto(`${server.url}/${name}${hash}`);
  return page;
}

test('every comment is an element of schema.org’s kind, with its text, its author and its time', async () => {
  const page = await visit(/the-turbine/);
  const comments = page.locator('#comments article[id^="comment-"][itemprop="comment"][itemscope][itemtype="https://schema.org/Comment"]');
  assert.equal(await comments.count(), 33);
  const first = comments.first();
  assert.equal(await first.locator('> header [itemprop="author"] [itemprop="name"]').innerText(), 'Marta K.');
  assert.match(await first.locator('> [itemprop="text"]').innerText(), /^One turbine\./);
  assert.equal(await first.locator('> header time[itemprop="dateCreated"]').getAttribute('datetime'), '2013-10-10T06:41:00Z');
  await page.context().close();
});

test('replies nest to an indent of four, and deeper ones say whom they answer', async () => {
  const page = await visit(/the-turbine/);
  const depth = (id) => page.locator(`#comment-${id}`).evaluate((element) => {
    let depth = 0;
    for (let at = element.parentElement; at; at = at.parentElement) if (at.matches('.comment')) depth += 1;
    return depth;
  });
  assert.deepEqual(await Promise.all(['c2', 'c3', 'c4', 'c5', 'c6', 'c10', 'c11'].map(depth)), [0, 1, 2, 3, 4, 4, 4]);
  const answer = page.locator('#comment-c11 > header').getByRole('link', { name: 'in reply to Priya S.' });
  await answer.click();
  assert.match(page.url(), /#comment-c10$/);
  await page.context().close();
});

test('a thread folds and unfolds by keyboard', async () => {
  const page = await visit(/the-turbine/);
  const fold = page.locator('#comment-c2 > details > summary');
  await fold.focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#comment-c3').isVisible(), false);
  await page.keyboard.press('Space');
  assert.equal(await page.locator('#comment-c3').isVisible(), true);
  await page.context().close();
});

test('a link into a folded thread opens it, without JavaScript', async () => {
  const page = await visit(/the-turbine/, { javaScriptEnabled: false });
  await page.locator('#comment-c12 > details > summary').click();
  assert.equal(await page.locator('#comment-c14').isVisible(), false);
  await page.goto(`${page.url().split('#')[0]}#comment-c14`);
  await page.locator('#comment-c14').waitFor({ state: 'visible', timeout: 5000 });
  await page.context().close();
});

test('the comment that a link points to stands out and is in view', async () => {
  const page = await visit(/the-turbine/, { hash: '#comment-c29' });
  const text = page.locator('#comment-c29 > .prose');
  const colour = (element) => getComputedStyle(element).backgroundColor;
  await page.waitForFunction(() => getComputedStyle(document.querySelector('#comment-c29 > .prose')).backgroundColor !== 'rgba(0, 0, 0, 0)');
  assert.notEqual(await text.evaluate(colour), await page.locator('#comment-c1 > .prose').evaluate(colour));
  const box = await text.boundingBox();
  assert.ok(box.y >= 0 && box.y < 900, `the comment is at ${box.y} px`);
  await page.context().close();
});

test('a comment written from right to left is set from right to left', async () => {
  const page = await visit(/the-turbine/);
  assert.equal(await page.locator('#comment-c26 > .prose').evaluate((e) => getComputedStyle(e).direction), 'rtl');
  assert.equal(await page.locator('#comment-c27 > .prose').evaluate((e) => getComputedStyle(e).direction), 'ltr');
  await page.context().close();
});

test('a reader without a name is not given one', async () => {
  const page = await visit(/the-turbine/);
  assert.equal(await page.locator('#comment-c24 h3').first().innerText(), 'name unknown');
  await page.context().close();
});

test('comments that the source does not tell apart are shown as such and not counted', async () => {
  const page = await visit(/carnival-heron/);
  assert.equal(await page.locator('#comments h2').innerText(), 'Readers’ comments, not told apart');
  assert.match(await page.locator('#comments > .note').innerText(), /neither where one reader’s comment ends/);
  assert.equal(await page.locator('#comments article.block').count(), 1);
  await page.context().close();
});

test('from the home page to what Dilys P. wrote on 12 March 2009, by links alone', async () => {
  const page = await visit(/^index\.html$/);
  await page.getByRole('link', { name: 'Dates', exact: true }).click();
  await page.getByRole('link', { name: '2009-03: 1', exact: true }).click();
  await page.getByRole('link', { name: '12: 1 article' }).click();
  await page.getByRole('link', { name: '8 comments' }).click();
  const hers = page.locator('#comments article', { has: page.locator('> header', { hasText: 'Dilys P' }) });
  await hers.locator('> header').getByRole('link', { name: '12 March 2009, 20:57' }).click();
  assert.match(page.url(), /#comment-[\w-]+$/);
  assert.match(await hers.locator('> .prose').innerText(), /fifty-two crabs/);
  await page.context().close();
});
