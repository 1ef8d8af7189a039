// Texts written against us: what strangers put into titles, names, addresses and threads stays text.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { ROOT, buildContent, htmlFiles, launch, openPage, serve } from './helpers.mjs';

const ATTACK = `"><img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'{{ 7*7 }}`;
const DEEP = 1500;

const article = (head, comments = '') => `${head}\n\nA first paragraph of some words.\n\n<script>globalThis.hacked=1</script> [a](javascript:globalThis.hacked=1)\n\n<!-- comments -->\n${comments}`;

const attacked = article(
  `Title: ${ATTACK}\nId: attack\nDate: 2010-02-03\nAuthors: ${ATTACK};\nCategory: ${ATTACK}\nTags: ${ATTACK};\n`
  + `Summary: ${ATTACK}\nAuthor-Note: ${ATTACK}\nOriginal-Url: javascript:globalThis.hacked=1`,
  `\n<!-- comment c1\nAuthor: ${JSON.stringify(ATTACK).replaceAll('>', '\\u003e')}\nAuthor-Url: "javascript:globalThis.hacked=1"\n-->\n\n`
  + `<img src=x onerror=globalThis.hacked=1> </article></section>\n`,
);

/** A chain of replies, each to the one before. */
const deep = article('Title: A long quarrel\nId: deep\nDate: 2010-02-04', Array.from({ length: DEEP }, (_, n) => (
  `\n<!-- comment d${n}\nAuthor: ${n % 2 ? 'Ann' : 'Bob'}\n${n ? `Parent: d${n - 1}\n` : ''}-->\n\nNo, number ${n}.\n`)).join(''));

/** Two comments that answer each other, and one that answers nobody who is there. */
const tangled = article('Title: A tangle\nId: tangle\nDate: 2010-02-05',
  '\n<!-- comment a\nParent: b\n-->\n\nFirst.\n\n<!-- comment b\nParent: a\n-->\n\nSecond.\n\n<!-- comment c\nParent: gone\n-->\n\nThird.\n');

let folder, output, server, browser, files;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfile-hostile-'));
  const content = join(folder, 'content');
  output = join(folder, 'output');
  await mkdir(content);
  for (const [name, text] of Object.entries({ attacked, deep, tangled })) await writeFile(join(content, `${name}.md`), text);
  await buildContent(content, output);
  server = await serve(output);
  browser = await launch();
  files = await htmlFiles(output);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test('no page runs what a title, a name, an address or a comment brings', async () => {
  const page = await openPage(browser);
  const searched = files.filter((name) => name !== 'search.html');
  for (const name of searched) {
    await page.goto(`${server.url}/${name.split('/').map(encodeURIComponent).join('/')}`);
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined, name);
    assert.equal(await page.locator('a[href^="javascript:" i], img[onerror]').count(), 0, name);
  }
  assert.deepEqual(page.complaints, [], 'the content policy had something to stop');
  await page.context().close();
});

test('the attack is shown as the text it is', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${files.find((name) => name.startsWith('2010/02/03/'))}`);
  assert.equal(await page.locator('h1').innerText(), ATTACK);
  assert.equal(await page.locator('#comment-c1 h3').innerText(), ATTACK);
  assert.match(await page.locator('#comment-c1 > .prose').innerText(), /<img src=x onerror=.*<\/article><\/section>/);
  await page.context().close();
});

test('every page of it is valid HTML, a quarrel of 1,500 replies included', async () => {
  const validator = new HtmlValidate(new FileSystemConfigLoader());
  const config = JSON.parse(await readFile(join(ROOT, '.htmlvalidate.json'), 'utf8'));
  for (const name of files) {
    const report = await validator.validateString(await readFile(join(output, name), 'utf8'), name, config);
    assert.deepEqual(report.results.flatMap(({ messages }) => messages.map((m) => `${name}:${m.line} ${m.message}`)), []);
  }
});

test('a quarrel of 1,500 replies is whole, and no deeper on the page than four', async () => {
  const page = await openPage(browser);
  const seen = [];
  for (const name of files.filter((file) => file.startsWith('2010/02/04/') && file.includes('deep'))) {
    await page.goto(`${server.url}/${name}`);
    seen.push(...await page.locator('.comment').evaluateAll((all) => all.map((comment) => comment.id)));
    assert.equal(await page.locator('.comment .comment .comment .comment .comment .comment').count(), 0);
  }
  assert.equal(seen.length, DEEP);
  assert.equal(new Set(seen).size, DEEP);
  await page.goto(`${server.url}/${files.find((name) => /^2010\/02\/04\/.*deep\.html$/.test(name))}#comment-d${DEEP - 1}`);
  await page.locator(`#comment-d${DEEP - 1}:target > header`).getByRole('link', { name: /in reply to/ }).click();
  assert.match(page.url(), new RegExp(`#comment-d${DEEP - 2}$`));
  await page.context().close();
});

test('comments that answer each other or nobody are all there, and the page says what is wrong', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/${files.find((name) => name.startsWith('2010/02/05/'))}`);
  assert.deepEqual((await page.locator('.comment > .prose').allInnerTexts()).sort(), ['First.', 'Second.', 'Third.']);
  await page.locator('#comment-c header', { hasText: 'the comment it answers is missing' }).waitFor();
  await page.locator('.comment header', { hasText: 'what it answers is unclear' }).first().waitFor();
  await page.context().close();
});
