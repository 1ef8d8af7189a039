// Archives of unusual shapes: nothing in them, nothing dated, a day's worth, half a century.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { ROOT, axeViolations, buildContent, htmlFiles, launch, openPage, serve } from './helpers.mjs';

const article = (id, head = '') => `Title: Article ${id}\nId: ${id}\n${head}\nSome text.\n\n<!-- comments -->\n`;
const many = (count, head) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, article(`a${n}`, head(n))]));

const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(8);

const SHAPES = {
  'nothing at all': {},
  'only articles without a date': many(3, () => ''),
  'one day': many(2, () => 'Date: 2001-05-06\n'),
  'dates of every precision': many(5, (n) => ['Published: 1999\n', 'Published: 1999-04\n', 'Date: 1999-04-05\n', 'Published: 1999-04~\n', 'Published: 1998?\n'][n]),
  'words without an end': {
    long: `Title: https://paper.example/archive/2010/02/${'an_address_without_blanks_'.repeat(3)}\nId: long\nDate: 2010-02-03\nSummary: ${LONG}\nAuthors: ${LONG}; Ada\n`
      + `Category: ${LONG}\nTags: ${LONG}; b\n\nA ${LONG} text.\n\n<!-- comments -->\n\n<!-- comment c1\nAuthor: ${LONG}\nDate: 2010-02-03T10:00\n-->\n\n${LONG}\n`
      + '\n<!-- comment c2\nAuthor: Bob\nParent: c1\n-->\n\nYes.\n',
    next: 'Title: Short\nId: next\nDate: 2010-02-04\nAuthors: Ada\n\nA text.\n\n<!-- comments -->\n',
  },
  'tables, wide and narrow': {
    t: 'Title: Tables\nId: t\nDate: 2010-02-03\n\n'
      + `${['| ', '| :', '| '].map((mark, row) => Array.from({ length: 12 }, (_, n) => (row === 1 ? `${mark}---: ` : `${mark}number ${n}00 `)).join('') + '|').join('\n')}\n\n`
      + '> |  |  |\n> | --- | --- |\n> | no | head |\n\n<!-- comments -->\n\n<!-- comment c1 -->\n\na | b\n--- | ---\n1 | 2\n',
  },
  'fifteen years': many(15, (n) => `Date: ${2000 + n}-03-04\n`),
  'a hundred and sixty years': many(160, (n) => `Date: ${1850 + n}-03-04\n`),
  'fifty years, with lists of several pages': many(150, (n) => `Date: ${1950 + (n % 50)}-03-04\nAuthors: Author ${n % 2 || n > 48 ? 1 : 12}\nCategory: All\n`),
};

let folder, browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfile-shapes-'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

for (const [shape, texts] of Object.entries(SHAPES)) {
  describe(shape, () => {
    const place = () => join(folder, shape.replaceAll(/\W+/g, '-'));
    let output, server;
    before(async () => {
      output = join(place(), 'output');
      await mkdir(join(place(), 'content'), { recursive: true });
      for (const [name, text] of Object.entries(texts)) await writeFile(join(place(), 'content', `${name}.md`), text);
      await buildContent(join(place(), 'content'), output);
      server = await serve(output);
    });
    after(() => server?.close());

    test('no page is wider than a phone', async () => {
      const page = await openPage(browser);
      await page.setViewportSize({ width: 360, height: 800 });
      const wide = [];
      for (const name of (await htmlFiles(output)).slice(0, 40)) {
        await page.goto(`${server.url}/${name}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) wide.push(`${name}: ${overflow} px`);
      }
      assert.deepEqual(wide, []);
      await page.context().close();
    });

    test('all its pages are valid and every link of theirs leads somewhere', async () => {
      const validator = new HtmlValidate(new FileSystemConfigLoader());
      const config = JSON.parse(await readFile(join(ROOT, '.htmlvalidate.json'), 'utf8'));
      const files = await htmlFiles(output);
      const known = new Set(files);
      const wrong = [];
      for (const name of files) {
        const html = await readFile(join(output, name), 'utf8');
        const report = await validator.validateString(html, name, config);
        wrong.push(...report.results.flatMap(({ messages }) => messages.map((m) => `${name}:${m.line} ${m.message}`)));
        for (const [, href] of html.matchAll(/href="([^"#?:]+\.html)/g)) {
          const path = new URL(href, `http://x/${name}`).pathname.slice(1);
          if (!known.has(path)) wrong.push(`${name}: no page ${path}`);
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('its first page and its page of dates open without a word in the console', async () => {
      const page = await openPage(browser);
      for (const name of ['index.html', 'archives.html', 'undated.html']) await page.goto(`${server.url}/${name}`);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    if (shape.startsWith('only')) {
      test('its first page lists them', async () => {
        const page = await openPage(browser);
        await page.goto(`${server.url}/index.html`);
        assert.deepEqual(await page.locator('.entry :is(h2, h3)').allInnerTexts(), ['Article a0', 'Article a1', 'Article a2']);
        assert.equal(await page.locator('section:not(:has(a))').count(), 0);
        await page.goto(`${server.url}/archives.html`);
        assert.equal(await page.locator('table').count(), 0);
        await page.context().close();
      });
    }

    if (shape.startsWith('fifteen')) {
      test('a finger meets one year alone under the picture, and none runs into the next when letters are set apart', async () => {
        const page = await openPage(browser);
        for (const width of [320, 360, 560]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(`${server.url}/archives.html`);
          assert.deepEqual(await axeViolations(page, { type: 'rule', values: ['target-size'] }), [], `${width} px`);
          await page.locator('.year-axis').evaluate((axis) => { axis.style.letterSpacing = '0.12em'; });
          const boxes = await page.$$eval('.year-axis a', (all) => all.map((year) => year.getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top })));
          for (const [n, one] of boxes.entries()) for (const other of boxes.slice(n + 1)) assert.ok(one.right <= other.left || Math.abs(one.top - other.top) > 20, `${width} px`);
        }
        await page.context().close();
      });
    }

    if (shape.startsWith('a hundred')) {
      test('the years under the picture are read in one line, and Tab does not stop at each bar of the search’s', async () => {
        const page = await openPage(browser);
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(`${server.url}/index.html`);
          assert.deepEqual(await page.locator('.year-axis a').allInnerTexts().then((all) => all.map((text) => text.replaceAll('\n', ''))), ['1850', '1900', '1950', '2000']);
          for (const year of await page.locator('.year-axis a').all()) assert.ok((await year.boundingBox()).height < 40);
        }
        await page.goto(`${server.url}/search.html?q=article`);
        await page.locator('.histogram a').nth(150).waitFor();
        assert.equal(await page.locator('.histogram a:not([tabindex="-1"])').count(), 0);
        await page.context().close();
      });
    }

    if (shape.startsWith('fifty')) {
      test('the years under the picture stand below their bars, and none covers another', async () => {
        const page = await openPage(browser);
        await page.goto(`${server.url}/index.html`);
        const bar = await page.locator('.timeline svg a[href$="/1975/index.html"] .bar').first().boundingBox();
        const years = await page.locator('.year-axis a').all();
        const boxes = await Promise.all(years.map((year) => year.boundingBox()));
        const label = await page.locator('.year-axis a[href$="/1975/index.html"]').boundingBox();
        assert.ok(Math.abs((bar.x + bar.width / 2) - (label.x + label.width / 2)) < 3, `${bar.x} and ${label.x}`);
        for (let n = 1; n < boxes.length; n += 1) assert.ok(boxes[n].x >= boxes[n - 1].x + boxes[n - 1].width);
        await page.context().close();
      });

      test('the pages of one author do not stand where another author’s page is', async () => {
        const page = await openPage(browser);
        await page.goto(`${server.url}/author/author-1.html`);
        await page.getByRole('link', { name: 'Next page' }).click();
        assert.equal(await page.locator('h1').innerText(), 'Author 1');
        await page.goto(`${server.url}/author/author-12.html`);
        assert.equal(await page.locator('h1').innerText(), 'Author 12');
        await page.context().close();
      });
    }
  });
}
