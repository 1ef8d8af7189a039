// A thread of several pages, with a comment that was taken out: found by links, by old addresses, and from a search.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { COLOUR_RULES, ROOT, axeViolations, buildContent, htmlFiles, launch, onDisk, openPage, serve } from './helpers.mjs';

const PAGE = /long000001\.html$/;
let root, output, server, browser, files;

/** An article with so many comments, a few of them replies; the seventh was taken out. */
function article(count) {
  const comments = Array.from({ length: count }, (_, n) => {
    const head = n === 7 ? ['Removed: At the writer’s request'] : [`Author: Reader ${n}`, `Date: 2009-03-${String(1 + (n >> 1)).padStart(2, '0')}T10:00`];
    if (n % 3 === 2) head.push(`Parent: c${n - 1}`);
    return `<!-- comment c${n}\n${head.join('\n')}\n-->\n\nWhat reader ${n} said of whimbrel${n}.\n`;
  });
  return `Title: A long conversation\nId: long000001\nDate: 2009-03-01\nCategory: Harbour\n\nThe text.\n\n<!-- comments -->\n\n${comments.join('\n')}`;
}

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'backfile-threads-'));
  output = join(root, 'output');
  await mkdir(join(root, 'content'));
  await writeFile(join(root, 'content', 'a.md'), article(45));
  await buildContent(join(root, 'content'), output, 'BACKFILE_COMMENTS_PER_PAGE=12', 'BACKFILE_COMMENTERS=true');
  server = await serve(output);
  browser = await launch();
  files = (await htmlFiles(output)).filter((name) => name.includes('long000001'));
});
after(async () => {
  await browser?.close();
  await server?.close();
  await rm(root, { recursive: true, force: true });
});

const first = () => files.find((name) => PAGE.test(name));

for (const where of ['a web host', 'a folder on disk']) {
  test(`from ${where}, the article's address with any comment's anchor leads to that comment`, async () => {
    const page = await openPage(browser);
    const address = where === 'a web host' ? `${server.url}/${first()}` : onDisk(output, first());
    for (const n of [0, 13, 30, 44]) {
      await page.goto('about:blank');
      await page.goto(`${address}?from=search#comment-c${n}`);
      await page.locator(`#comment-c${n}:target`).waitFor();
      assert.match(page.url(), /\?from=search#comment-c\d+$/, 'what else the address says is kept');
    }
    await page.goto(`${address}#comment-nobody`);
    assert.match(page.url(), /long000001\.html#comment-nobody$/, 'what is nowhere leads nowhere');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('a search leads to a comment on a later page', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/search.html?q=whimbrel40`);
  await page.locator('#search-results .comment-hits a').first().click();
  await page.locator('#comment-c40:target').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('with JavaScript off, the numbers lead through all comments, and a reader’s list to each', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${server.url}/${first()}`);
  const seen = new Set();
  for (let number = 1; ; number += 1) {
    for (const id of await page.locator('#comments article').evaluateAll((all) => all.map((a) => a.id))) seen.add(id);
    const next = page.locator('#comments nav').first().getByRole('link', { name: `Page ${number + 1}`, exact: true });
    if (!await next.count()) break;
    await next.click();
  }
  assert.equal(seen.size, 45);
  await page.goto(`${server.url}/commenters.html`);
  await page.getByRole('link', { name: 'Reader 44', exact: true }).click();
  await page.getByRole('link', { name: 'A long conversation' }).click();
  assert.match(await page.locator('#comment-c44').innerText(), /whimbrel44/);
  await page.context().close();
});

test('every page of a thread is accessible, valid and silent', async () => {
  const validator = new HtmlValidate(new FileSystemConfigLoader());
  const config = JSON.parse(await readFile(join(ROOT, '.htmlvalidate.json'), 'utf8'));
  const page = await openPage(browser);
  const wrong = [];
  assert.ok(files.length > 2, files.join(' '));
  for (const name of files) {
    const report = await validator.validateString(await readFile(join(output, name), 'utf8'), name, config);
    wrong.push(...report.results.flatMap(({ messages }) => messages.map((m) => `${name}:${m.line} ${m.ruleId}: ${m.message}`)));
    await page.goto(`${server.url}/${name}`);
    for (const [colorScheme, width, dir] of [['light', 360, 'ltr'], ['dark', 1280, 'ltr'], ['light', 360, 'rtl']]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate((value) => { document.documentElement.dir = value; }, dir);
      wrong.push(...(await axeViolations(page, colorScheme === 'dark' ? COLOUR_RULES : undefined)).map((what) => `${name}: ${what}`));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) wrong.push(`${name}: ${overflow} px too wide`);
    }
  }
  assert.deepEqual([...wrong, ...page.complaints], []);
  await page.context().close();
});

test('a comment that was taken out keeps its place and its address, and says nothing', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${first()}#comment-c7`);
  const gone = page.locator('#comment-c7');
  assert.match(await gone.innerText(), /At the writer’s request/);
  assert.equal(await gone.locator('#comment-c8').count(), 1, 'its replies stay under it');
  assert.equal(await gone.locator('> [itemprop]').count(), 0);
  await page.context().close();
});
