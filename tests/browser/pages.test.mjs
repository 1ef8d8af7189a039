// Every kind of page: accessible, valid, quiet, self-contained and light, in all the ways people look at it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { COLOUR_RULES, ROOT, axeViolations, htmlFiles, launch, onDisk, openPage, sampleSite, serve } from './helpers.mjs';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
  + "worker-src 'self'; base-uri 'none'; form-action 'self' file:; require-trusted-types-for 'script'; trusted-types backfile";

/** One page of every kind; a pattern stands for the first file that fits. */
const KINDS = {
  home: /^index\.html$/,
  'an article with a thread': /^2013\/10\/10\/the-turbine/,
  'an article with comments not told apart': /^2007\/08\/30\/carnival/,
  'an article without a date': /^undated\/how-to-walk/,
  'an article known by its year': /^2013\/who-painted/,
  dates: /^archives\.html$/,
  'a year': /^2013\/index\.html$/,
  'a month': /^2009\/03\/index\.html$/,
  'a day': /^2009\/03\/12\/index\.html$/,
  downloads: /^downloads\/index\.html$/,
  'all days of the year': /^on-this-day\/index\.html$/,
  'a day of the year': /^on-this-day\/03-12\.html$/,
  authors: /^authors\.html$/,
  'an author': /^author\/nell/,
  sections: /^categories\.html$/,
  'a section': /^category\/harbour/,
  tags: /^tags\.html$/,
  'a tag': /^tag\/birds/,
  'the undated': /^undated\.html$/,
  'what was guessed': /^guesses\.html$/,
  search: /^search\.html$/,
  'a search with results': /^search\.html$/,
  'a page of text': /^pages\/how-to-read/,
};

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

const fileOf = (kind) => {
  const found = files.find((name) => KINDS[kind].test(name));
  assert.ok(found, `the sample has no page of the kind “${kind}”`);
  return found;
};

/** How people look at a page: the colours they set, their screen, the direction of their language. */
const VIEWS = ['light', 'dark'].flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width, dir: 'ltr' })))
  .concat({ colorScheme: 'light', width: 360, dir: 'rtl' });

for (const kind of Object.keys(KINDS)) {
  test(`${kind}: accessible, fitting and silent, light and dark, on a phone and on a desk, from right to left`, async () => {
    const page = await openPage(browser);
    await page.goto(`${server.url}/${fileOf(kind)}${kind === 'a search with results' ? '?q=bridge' : ''}`, { waitUntil: 'networkidle' });
    if (kind === 'a search with results') {
      await page.locator('#search-results > li').first().waitFor();
      const fold = page.locator('#search-refine > summary');
      if (await fold.isVisible()) await fold.click();
      await page.locator('#search-filters .dates').waitFor();
    }
    const wrong = [];
    for (const { colorScheme, width, dir } of VIEWS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate((value) => { document.documentElement.dir = value; }, dir);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const found = [...await axeViolations(page, colorScheme === 'dark' ? COLOUR_RULES : undefined), ...(overflow > 0 ? [`${overflow} px too wide`] : [])];
      const main = await page.locator('main').boundingBox();
      if (main.x < 16 || main.x + main.width > width - 16) found.push(`the text touches the edge: ${main.x}, ${main.width}`);
      wrong.push(...found.map((what) => `${colorScheme}, ${width} px, ${dir}: ${what}`));
    }
    assert.deepEqual([...wrong, ...page.complaints], []);
    await page.context().close();
  });
}

test('from right to left, the bars of the picture stand above their years', async () => {
  const page = await openPage(browser);
  for (const dir of ['ltr', 'rtl']) {
    await page.goto(`${server.url}/archives.html`);
    await page.evaluate((value) => { document.documentElement.dir = value; }, dir);
    const bar = await page.locator('.timeline svg a[href$="2014/06/index.html"] .bar').first().boundingBox();
    const year = await page.locator('.year-axis a[href$="2014/index.html"]').boundingBox();
    assert.ok(bar.x >= year.x && bar.x + bar.width <= year.x + year.width, `${dir}: ${bar.x}, ${year.x}`);
    const century = await page.locator('.year-axis a[href$="2014/index.html"] .century').boundingBox();
    assert.ok(century.x - year.x < year.width / 2 - 1, `${dir}: the year reads 1420`);
  }
  await page.context().close();
});

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate(new FileSystemConfigLoader());
  const config = JSON.parse(await readFile(join(ROOT, '.htmlvalidate.json'), 'utf8'));
  const wrong = [];
  for (const name of files) {
    const report = await validator.validateString(await readFile(join(site.output, name), 'utf8'), name, config);
    for (const { messages } of report.results) {
      wrong.push(...messages.map((m) => `${name}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
    }
  }
  assert.deepEqual(wrong, []);
});

test('every page carries the content policy, and no script or style of its own', async () => {
  for (const name of files) {
    const html = await readFile(join(site.output, name), 'utf8');
    assert.ok(html.includes(`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`), `${name}: policy`);
    assert.doesNotMatch(html, /<script(?![^>]*(?: src=|type="application\/ld\+json"))|<style|\sstyle=|\son[a-z]+="/, name);
  }
});

test('an article with 33 comments weighs at most 40 KB, the style sheet at most 10 KB, packed', async () => {
  const page = gzipSync(await readFile(join(site.output, fileOf('an article with a thread'))), { level: 9 }).length;
  const css = gzipSync(await readFile(join(site.output, 'theme', 'css', 'archive.css')), { level: 9 }).length;
  assert.ok(css <= 10_240, `the style sheet weighs ${css} bytes`);
  assert.ok(page + css <= 40_960, `the page weighs ${page + css} bytes`);
});

test('nothing moves after the first paint', async () => {
  const page = await openPage(browser);
  await page.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map((e) => e.value)))
      .observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${server.url}/${fileOf('an article with a thread')}`, { waitUntil: 'networkidle' });
  assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
  await page.context().close();
});

test('an article reads from a folder on disk as it does from a host, with JavaScript off', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(onDisk(site.output, 'index.html'));
  await page.getByRole('link', { name: /^The turbine on Hallow Down/ }).first().click();
  assert.match(await page.title(), /^The turbine on Hallow Down.* – The Marrowick Packet$/);
  assert.equal(await page.locator('h1').evaluate((h) => getComputedStyle(h).fontWeight), '600', 'the style sheet is not applied');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('with JavaScript off the search page says what works without it', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${server.url}/index.html`);
  await page.getByRole('searchbox').fill('neutrality');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.match(page.url(), /search\.html\?q=neutrality$/);
  assert.match(await page.locator('noscript').innerText(), /needs JavaScript/);
  const [box, note] = [await page.locator('.search-field').boundingBox(), await page.locator('noscript > .note').boundingBox()];
  assert.ok(note.y >= box.y + box.height + 12, 'it does not stick to the box');
  await page.context().close();
});

test('what is folded under an article can be read and touched like the rest', async () => {
  const page = await openPage(browser, { viewport: { width: 800, height: 800 } });
  for (const kind of Object.keys(KINDS).filter((name) => name.startsWith('an article'))) {
    await page.goto(`${server.url}/${fileOf(kind)}`);
    await page.$$eval('details', (all) => { for (const fold of all) fold.open = true; });
    assert.deepEqual(await axeViolations(page), [], kind);
  }
  await page.context().close();
});

test('the weeks of a month stand at even distances', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${fileOf('a month')}`);
  const heights = await page.$$eval('.calendar tbody tr', (rows) => rows.map((row) => row.getBoundingClientRect().height));
  assert.ok(heights.length > 3 && Math.max(...heights) - Math.min(...heights) < 1 && heights[0] >= 24, heights.join(' '));
  await page.context().close();
});

test('on paper there is the text and the conversation, and no furniture', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${fileOf('an article with a thread')}`);
  await page.locator('details.replies').first().evaluate((d) => { d.open = false; });
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['nav', 'form', '.skip', '.colophon']) assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  for (const there of ['h1', '.story .prose', '#comment-c3 .prose']) assert.ok(await page.locator(there).first().isVisible(), there);
  await page.context().close();
});

test('what a reference manager reads of an article is there, its date no finer than known', async () => {
  const page = await openPage(browser);
  const meta = (name) => page.locator(`meta[name="${name}"]`).evaluateAll((all) => all.map((m) => m.content));
  await page.goto(`${server.url}/${fileOf('an article with a thread')}`);
  assert.deepEqual(await meta('citation_author'), ['Idris Kemp', 'Nell Ashdown']);
  assert.deepEqual(await meta('citation_publication_date'), ['2013/10/10']);
  assert.deepEqual(await meta('citation_journal_title'), ['The Marrowick Packet']);
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(data['@type'], 'NewsArticle');
  assert.equal(data.datePublished, '2013-10-10');
  assert.equal(data.commentCount, 33);
  await page.goto(`${server.url}/${fileOf('an article known by its year')}`);
  assert.deepEqual(await meta('citation_publication_date'), ['2013']);
  await page.goto(`${server.url}/${fileOf('an article without a date')}`);
  assert.deepEqual(await meta('citation_publication_date'), []);
  await page.context().close();
});

test('a citation can be taken away as BibTeX, RIS and CSL-JSON', async () => {
  const page = await openPage(browser, { acceptDownloads: true });
  await page.goto(`${server.url}/${fileOf('an article with a thread')}`);
  await page.getByText('Cite this').click();
  const texts = {};
  for (const format of ['BibTeX', 'RIS', 'CSL-JSON']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: format, exact: true }).click()]);
    texts[format] = await readFile(await download.path(), 'utf8');
  }
  assert.match(texts.BibTeX, /^@article\{[\w-]+,\n[^]*author = \{Idris Kemp and Nell Ashdown\},[^]*year = \{2013\},[^]*\n\}\n$/);
  assert.match(texts.RIS, /^TY {2}- NEWS\r\n[^]*AU {2}- Nell Ashdown\r\n[^]*DA {2}- 2013\/10\/10\/\r\n[^]*ER {2}- \r\n$/);
  assert.deepEqual(JSON.parse(texts['CSL-JSON'])[0].issued, { 'date-parts': [[2013, 10, 10]] });
  await page.context().close();
});

test('an article leads to the one before, the one after, and those it shares most with', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${fileOf('an article with a thread')}`);
  const title = await page.locator('h1').innerText();
  await page.locator('a[rel="next"]').click();
  await page.locator('a[rel="prev"]').click();
  assert.equal(await page.locator('h1').innerText(), title);
  await page.locator('.related a', { hasText: 'Forty thousand starlings' }).waitFor();
  await page.context().close();
});
