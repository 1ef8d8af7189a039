// Odd but plausible content as readers meet it: both directions on a page, headings in comments, lists of several pages.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { COLOUR_RULES, axeViolations, buildContent, htmlFiles, launch, openPage, serve } from './helpers.mjs';

const filler = (n) => `Title: Story ${n}\nId: s${n}\nDate: 2012-03-04\nAuthors: Ann\nCategory: Ann\nTags: Ann\n\nThe bridge again. ${'Nothing new. '.repeat(30)}\n\n<!-- comments -->\n`;
const CONTENT = {
  arabic: 'Title: جسر الميناء\nId: ar1\nDate: 2010-05-06\nLang: ar\nCategory: أخبار\nAuthors: ليلى حداد; John Smith\nSummary: المجلس وجد المال\n\nهذا نص عن الجسر.\n\n<!-- comments -->\n\n'
    + '<!-- comment a1\nAuthor: أحمد\nDate: 2010-05-06T10:00\n-->\n\nالجسر قديم.\n',
  headings: 'Title: Headings\nId: h1\nDate: 2011-05-06\n\n# One\n\n## Two\n\n<!-- comments -->\n\n<!-- comment h1\nAuthor: Bob\n-->\n\n# Loud\n\n### Less\n\n'
    + `    ${'print("ferry") '.repeat(40)}\n\n<!-- comment h2\nAuthor: Eve\nParent: h1\n-->\n\n> Is that so?\n\nYes.\n`,
  tall: 'Title: A tall picture\nId: t1\nDate: 2008-05-06\n\n![A ladder]({static}/images/tall.svg)\n\n<!-- comments -->\n',
  code: `Title: رموز\nId: k1\nDate: 2009-05-06\nLang: ar\n\nنص \`f(x);\` هنا.\n\n    return x;\n\nثم:\n\n    ${'wide = line; '.repeat(20)}\n\n<!-- comments -->\n\n<!-- comment k1\n-->\n\n    ${'deep = line; '.repeat(20)}\n`,
  ...Object.fromEntries(Array.from({ length: 45 }, (_, n) => [`s${n}`, filler(n)])),
};

let folder, browser, server, output;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfile-odd-'));
  output = join(folder, 'output');
  await mkdir(join(folder, 'content'));
  for (const [name, text] of Object.entries(CONTENT)) await writeFile(join(folder, 'content', `${name}.md`), text);
  await mkdir(join(folder, 'content', 'images'));
  await writeFile(join(folder, 'content', 'images', 'tall.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="3000"><path d="M0 0h400v3000H0z"/></svg>');
  await buildContent(join(folder, 'content'), output);
  [server, browser] = await Promise.all([serve(output), launch()]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** A page of the site. */
async function opened(path) {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${path}`);
  return page;
}

/** The search page with an answer. */
async function asked(search) {
  const page = await opened(`search.html${search}`);
  await page.waitForFunction(() => document.querySelector('#search-status').textContent && !document.querySelector('#search-app.busy'));
  return page;
}

/** Where a text stands in an element, from its left edge. */
const leftOf = (locator, text) => locator.evaluate((element, wanted) => {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const at = node.data.indexOf(wanted);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + wanted.length);
    return range.getBoundingClientRect().left;
  }
  return NaN;
}, text);

test('a date beside an Arabic name reads as a date, on an article’s page and among results', async () => {
  const article = await opened('2010/05/06/jsr-lmyn-ar1.html');
  const kicker = article.locator('.kicker');
  assert.ok(await leftOf(kicker, '6') < await leftOf(kicker, 'May') && await leftOf(kicker, 'أخبار') < await leftOf(kicker, '6'));
  await article.locator('.cite summary').click();
  const reference = article.locator('.reference');
  assert.ok(await leftOf(reference, 'ليلى') < await leftOf(reference, 'John'));
  await article.context().close();
  const page = await asked(`?q=${encodeURIComponent('الجسر')}`);
  const hit = page.locator('.comment-hits a').first();
  assert.equal(await hit.innerText(), 'أحمد, 6 May 2010');
  assert.ok(await leftOf(hit, '6') < await leftOf(hit, 'May'));
  await page.context().close();
});

test('of a result only what is in the article’s language is marked as such', async () => {
  const page = await asked(`?q=${encodeURIComponent('الجسر')}`);
  const spoken = (selector) => page.locator(selector).first().evaluate((element) => element.closest('[lang]').lang);
  assert.deepEqual(await Promise.all(['.result h2', '.snippet', '.comment-hits .snippet', '.result .facts'].map(spoken)), ['ar', 'ar', 'ar', 'en']);
  await page.context().close();
});

test('a title in another language says so wherever it stands', async () => {
  for (const [path, place] of [['index.html', '.discussed'], ['archives.html', '.entries'], ['2011/05/06/headings-h1.html', '.neighbours']]) {
    const page = await opened(path);
    const title = page.locator(place).getByText('جسر الميناء').first();
    assert.equal(await title.evaluate((element) => element.closest('[lang]').lang), 'ar', path);
    await page.context().close();
  }
});

test('headings of a text and of a comment stand below those of the page', async () => {
  const page = await opened('2011/05/06/headings-h1.html');
  const headings = await page.$$eval('h1, h2, h3, h4, h5, h6', (all) => all.map(({ localName, textContent }) => `${localName} ${textContent.trim()}`));
  assert.deepEqual(headings.filter((each) => /Headings|One|Two|comment|Bob|Loud|Less/.test(each)), ['h1 Headings', 'h2 One', 'h3 Two', 'h2 2 comments', 'h3 Bob', 'h4 Loud', 'h5 Less']);
  await page.context().close();
});

test('on paper no line of code is cut off, and nothing stands for what is not printed', async () => {
  const page = await opened('2011/05/06/headings-h1.html');
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.$$eval('pre', (all) => all.map((code) => code.scrollWidth > code.clientWidth)), [false]);
  const dots = await page.$$eval('.comment-head .facts > *', (all) => all.filter((part) => part.checkVisibility()).map((part) => getComputedStyle(part, '::after').content));
  assert.deepEqual([...new Set(dots)], ['none']);
  await page.context().close();
});

/** How many dots of the facts below the title are painted: all else in their line is made invisible, and red is looked for on the screen. */
async function dotsSeen(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.facts:not(.opening *) { display: none !important } .facts, .facts * { color: transparent !important; text-decoration: none !important } .facts > ::before, .facts > ::after { color: #f00 !important }');
    document.adoptedStyleSheets = [sheet];
  });
  const [picture, looking] = [(await page.screenshot()).toString('base64'), await browser.newPage()];
  const seen = await looking.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const isRed = (x, y) => data[4 * (y * image.width + x)] > 200 && data[4 * (y * image.width + x) + 1] < 100;
    let count = 0;
    for (let y = 1; y < image.height; y += 1) for (let x = 1; x < image.width; x += 1) count += isRed(x, y) && !isRed(x - 1, y) && !isRed(x, y - 1);
    return count;
  }, picture);
  await looking.close();
  return seen;
}

test('a dot stands between two facts of a line, and none where a line ends or begins', async () => {
  const page = await opened('2010/05/06/jsr-lmyn-ar1.html');
  for (const dir of ['ltr', 'rtl']) {
    await page.evaluate((value) => { document.documentElement.dir = value; }, dir);
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.equal(await page.locator('.opening .facts > *').count(), 2);
    assert.equal(await dotsSeen(page), 1, dir);
    await page.setViewportSize({ width: 200, height: 900 });
    const [first, second] = await page.locator('.opening .facts > *').all();
    assert.ok((await second.boundingBox()).y > (await first.boundingBox()).y + 10, 'the line is broken');
    assert.equal(await dotsSeen(page), 0, dir);
  }
  await page.context().close();
});

test('code is read from left to right in an Arabic text, as large as code in a line, and by keyboard where it is too wide', async () => {
  const page = await opened('2009/05/06/rmwz-k1.html');
  await page.setViewportSize({ width: 360, height: 800 });
  const blocks = await page.$$eval('pre', (all) => all.map((block) => ({
    isWide: block.scrollWidth > block.clientWidth, tabIndex: block.tabIndex, direction: getComputedStyle(block).direction, size: getComputedStyle(block.firstChild).fontSize,
  })));
  const size = await page.$eval('.story p > code', (code) => getComputedStyle(code).fontSize);
  assert.deepEqual(blocks.slice(0, 2), [{ isWide: false, tabIndex: -1, direction: 'ltr', size }, { isWide: true, tabIndex: 0, direction: 'ltr', size }]);
  assert.deepEqual([blocks[2].isWide, blocks[2].tabIndex], [true, 0]);
  const inLine = page.locator('.story p > code');
  assert.ok(await leftOf(inLine, 'f') < await leftOf(inLine, ';'), 'a semicolon stands behind what it ends');
  await page.locator('pre').nth(1).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test('on paper a picture is never higher than a page, and keeps its shape', async () => {
  const page = await opened('2008/05/06/a-tall-picture-t1.html');
  await page.emulateMedia({ media: 'print' });
  const { width, height } = await page.locator('.prose img').boundingBox();
  assert.ok(height <= page.viewportSize().height && Math.abs(height / width - 7.5) < 0.1, `${width} × ${height}`);
  await page.context().close();
});

test('what is quoted in a comment that a link points to can be read in the dark, and what stands in an empty search box anywhere', async () => {
  const page = await openPage(browser, { reducedMotion: 'reduce' });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${server.url}/2011/05/06/headings-h1.html#comment-h2`);
    await page.locator('#comment-h2:target blockquote').waitFor();
    assert.deepEqual(await axeViolations(page, COLOUR_RULES), [], colorScheme);
    const [hint, quiet] = await page.$eval('#q-top', (box) => [getComputedStyle(box, '::placeholder'), getComputedStyle(document.querySelector('.facts'))].map(({ color, opacity }) => `${color} ${opacity}`));
    assert.equal(hint, quiet, colorScheme);
  }
  await page.context().close();
});

test('Arabic is not slanted', async () => {
  const page = await opened('2010/05/06/jsr-lmyn-ar1.html');
  assert.equal(await page.locator('.standfirst').evaluate((element) => getComputedStyle(element).fontStyle), 'normal');
  await page.context().close();
});

test('no two pages have the same title: not an author, a section and a tag of one name, nor the pages of a list', async () => {
  const titles = new Map();
  for (const name of await htmlFiles(output)) {
    const [, title] = /<title>([^<]*)</.exec(await readFile(join(output, name), 'utf8'));
    titles.set(title, [...(titles.get(title) ?? []), name]);
  }
  assert.deepEqual([...titles.values()].filter((names) => names.length > 1), []);
  assert.ok(titles.has('Ann – Authors – Page 2 – The Marrowick Packet'), [...titles.keys()].join('\n'));
});

test('that nothing was found is said once', async () => {
  const page = await asked('?q=zzzzz');
  await page.waitForTimeout(300);
  assert.equal((await page.locator('#search-app').innerText()).match(/Nothing found/g).length, 1);
  assert.equal(await page.isHidden('#search-nothing'), true);
  await page.context().close();
});

test('suggestions that do not arrive take nothing away from what was found out', async () => {
  const page = await openPage(browser);
  await page.route(/suggest\.js/, (route) => route.abort());
  await page.goto(`${server.url}/search.html?q=bridgf`);
  await page.locator('#search-status', { hasText: 'Nothing found' }).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.textContent('#search-status'), 'Nothing found for “bridgf”.');
  assert.equal(await page.isHidden('#search-error'), true);
  await page.context().close();
});

test('who asks for more results by keyboard goes on at the first that is new', async () => {
  const page = await asked('?q=bridge');
  await page.focus('#search-more');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('.result'));
  const place = await page.evaluate(() => [...document.querySelectorAll('.result')].indexOf(document.activeElement.closest('.result')));
  assert.deepEqual([place, await page.locator('.result').count()], [10, 20]);
  await page.context().close();
});

test('Back from a result leads to the same results, at the same place', async () => {
  const page = await asked('?q=bridge&show=40');
  const link = page.locator('#search-results > li h2 a').nth(35);
  await link.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 1000);
  await link.click();
  await page.waitForURL(/s\d+\.html/);
  await page.goBack();
  await page.waitForFunction((place) => Math.abs(scrollY - place) < 2, before);
  assert.equal(await page.inputValue('#search-app input[type=search]'), 'bridge');
  assert.equal(await page.locator('#search-results > li').count(), 40);
  await page.context().close();
});
