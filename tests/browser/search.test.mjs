/**
 * The search page in a real browser: from a web host and from a folder, with its Content-Security-Policy in force.
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT, axeViolations, launch, onDisk, openPage, sampleSite, serve } from './helpers.mjs';

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

/** Waits until the search page is at rest. */
async function rested(page) {
  await page.waitForFunction(() => {
    const app = document.querySelector('#search-app');
    const told = document.querySelector('#search-status').textContent || !document.querySelector('#search-error').hidden;
    return told && !app.classList.contains('busy');
  });
}

/** A page with the answer to a query string. */
async function asked(base, search, options) {
  const page = await openPage(browser, options);
  await page.goto(`${base}/search.html${search}`);
  await rested(page);
  return page;
}

const links = (page) => page.$$eval('#search-results > li', (items) => items.map((item) => item.querySelector('a').getAttribute('href')));
const status = (page) => page.textContent('#search-status');

const ORIGINS = { 'from a web host': () => server.url, 'from a folder': () => onDisk(site.output, '').replace(/\/$/, '') };

for (const [where, base] of Object.entries(ORIGINS)) {
  describe(`searching ${where}`, () => {
    test('a query in the address is answered, with the words marked, and nothing is complained of', async () => {
      const page = await asked(base(), '?q=harbour');
      assert.match(await status(page), /^\d+ results$/);
      assert.equal(await page.getAttribute('#search-status', 'role'), 'status');
      const urls = await links(page);
      assert.ok(urls.length > 1);
      for (const url of urls) assert.ok(url.startsWith(`${base()}/`) && url.endsWith('.html'), url);
      const marks = await page.$$eval('#search-results mark', (all) => all.map(({ textContent }) => textContent.toLowerCase()));
      assert.ok(marks.length >= urls.length && marks.every((word) => word.startsWith('harbour')), marks.join(' '));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test('a hit in a comment is shown under its article and links to that comment', async () => {
      const page = await asked(base(), '?q=comments%3Aclock');
      const hit = page.locator('.comment-hits > li').first();
      await hit.waitFor();
      assert.match((await hit.locator('mark').first().textContent()).toLowerCase(), /^clock/);
      const address = await hit.locator('a').getAttribute('href');
      assert.match(address, /#comment-/);
      await hit.locator('a').click();
      await page.waitForURL(/#comment-/);
      const target = await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.textContent.toLowerCase());
      assert.ok(target?.includes('clock'));
      await page.context().close();
    });

    test('what is typed is searched for and kept in the address; what is sent can be undone', async () => {
      const page = await asked(base(), '?q=harbour');
      const before = await links(page);
      await page.fill('#search-app input[type=search]', 'bridge');
      await page.waitForURL(/\?q=bridge$/);
      await page.press('#search-app input[type=search]', 'Enter');
      for (const typed of ['clo', 'clock']) {
        await page.fill('#search-app input[type=search]', typed);
        await page.waitForURL(new RegExp(`\\?q=${typed}$`));
      }
      await page.press('#search-app input[type=search]', 'Enter');
      await page.goBack();
      await page.waitForURL(/\?q=bridge$/);
      await rested(page);
      assert.equal(await page.inputValue('#search-app input[type=search]'), new URL(page.url()).searchParams.get('q'));
      assert.ok(before.length);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  });
}

test('half-typed questions never show an error', async () => {
  const page = await asked(server.url, '?q=harbour');
  const text = 'title:(harbour OR "swing bridge"~2^2) NOT date:[2006 to 2012] cloc* ~^';
  for (let length = 1; length <= text.length; length += 3) {
    await page.fill('#search-app input[type=search]', text.slice(0, length));
    await page.waitForTimeout(5);
  }
  await page.fill('#search-app input[type=search]', text);
  await page.waitForURL((url) => url.searchParams.get('q') === text);
  await rested(page);
  assert.equal(await page.isHidden('#search-error'), true, await page.textContent('#search-error'));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('markup in a question is text', async () => {
  const page = await asked(server.url, `?q=${encodeURIComponent('zzzz <img src=x onerror=document.title=1>')}&section=${encodeURIComponent('<b>x</b>')}`);
  await page.waitForSelector('#search-nothing:not([hidden])');
  assert.equal(await page.$$eval('#search-app img, #search-app b', (all) => all.length), 0);
  assert.match(await status(page), /<img src=x/);
  assert.match(await page.textContent('#search-chips'), /<b>x<\/b>/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('words that no index has are told apart from words that no text has', async () => {
  for (const [question, told] of [['the', true], ['of the', true], ['zzzz the', false], ['the harbour', false]]) {
    const page = await asked(server.url, `?q=${encodeURIComponent(question)}`);
    assert.equal(await page.isVisible('#search-left'), told, question);
    await page.context().close();
  }
});

test('words that go on from what is typed are offered', async () => {
  const page = await asked(server.url, '?q=bridge');
  await page.fill('#search-app input[type=search]', 'harb');
  await page.waitForSelector('#search-words option[value="harbour"]', { state: 'attached' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('nothing found: another spelling and fewer filters are offered, and work', async () => {
  const page = await asked(server.url, '?q=harbuor');
  await page.getByRole('button', { name: 'Did you mean: harbour' }).click();
  await page.waitForURL(/\?q=harbour$/);
  await page.waitForSelector('#search-results > li');
  await page.goto(`${server.url}/search.html?q=harbour&from=1950&to=1951`);
  await page.getByRole('button', { name: /^Without the filter/ }).click();
  await page.waitForURL(/\?q=harbour$/);
  await page.waitForSelector('#search-results > li');
  await page.context().close();
});

test('who takes away a filter or follows an offer by keyboard goes on at what was found, not at the top of the page', async () => {
  for (const [search, button] of [['?q=harbuor', '#search-nothing button'], ['?q=harbour&from=1950&to=1951', '#search-nothing button'], ['?q=harbour&from=2006', '.chip button']]) {
    const page = await asked(server.url, search);
    await page.locator(button).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?q=harbour$/);
    await rested(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'search-status', search);
    await page.locator('#search-results > li').first().waitFor();
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement?.matches('#search-results > li:first-child h2 a')), search);
    assert.equal(await page.inputValue('#search-app input[type=search]'), 'harbour');
    await page.context().close();
  }
});

for (const [screen, viewport] of Object.entries({ 'a wide screen': { width: 1280, height: 900 }, 'a phone': { width: 360, height: 700 } })) {
  test(`on ${screen} filters can be worked by keyboard, show exact counts, and stay in the address`, async () => {
    const page = await asked(server.url, '?q=harbour+OR+bridge+OR+clock', { viewport });
    if (await page.locator('#search-refine > summary').isVisible()) {
      assert.equal(await page.locator('#search-filters').isVisible(), false);
      await page.focus('#search-refine > summary');
      await page.keyboard.press('Enter');
    }
    const box = page.locator('#search-filters fieldset', { hasText: 'Section' }).locator('input[type=checkbox]').first();
    await box.waitFor();
    const label = box.locator('xpath=..');
    const count = Number(await label.locator('.count').textContent());
    const name = await label.locator('bdi').textContent();
    await box.focus();
    await page.keyboard.press('Space');
    await page.waitForURL((url) => url.searchParams.get('section') === name);
    await page.waitForFunction((n) => document.querySelector('#search-status').textContent.startsWith(`${n} result`), count);
    assert.equal(await page.locator('.chip').count(), 1);
    const bar = page.locator('.histogram a').first();
    await bar.waitFor();
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=\d{4}&to=\d{4}/);
    await rested(page);
    assert.deepEqual(await axeViolations(page), []);
    await page.locator('.chip button').first().click();
    await page.waitForURL((url) => !url.searchParams.has('section'));
    await page.selectOption('#search-sort', 'newest');
    await page.waitForURL(/sort=newest/);
    await page.check('#search-where-comments');
    await page.waitForURL(/in=comments/);
    await rested(page);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

describe('a copy that is damaged', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backfile-broken-'));
    await cp(site.output, folder, { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The paths of the shards of a kind. */
  async function shards(kind) {
    const names = await readdir(join(folder, 'search', 'x'), { recursive: true });
    return names.filter((name) => new RegExp(`[/\\\\]${kind}\\d+\\.js$`).test(name)).sort().map((name) => join(folder, 'search', 'x', name));
  }

  const DAMAGE = {
    'cut short': (whole) => whole.subarray(0, Math.floor(whole.length / 2)),
    'of other contents': () => Buffer.from('void 0;\n'),
    'with a flipped byte': (whole) => { const copy = Buffer.from(whole); copy[Math.floor(copy.length / 2)] ^= 1; return copy; },
    'that is missing': () => null,
  };
  for (const [what, spoil] of Object.entries(DAMAGE)) {
    for (const kind of ['manifest', 't']) {
      test(`${kind === 't' ? 'a shard' : 'a manifest'} ${what} is told, and nothing hangs`, async () => {
        const files = kind === 't' ? await shards('t') : [join(folder, 'search', 'manifest.js')];
        const whole = await Promise.all(files.map((file) => readFile(file)));
        await Promise.all(files.map((file, i) => (spoil(whole[i]) ? writeFile(file, spoil(whole[i])) : rm(file))));
        const page = await openPage(browser);
        await page.goto(onDisk(folder, 'search.html') + '?q=harbour');
        await page.waitForSelector('#search-error:not([hidden])');
        const told = await page.textContent('#search-error .what');
        assert.match(told, kind === 't' ? /search\/x\/[0-9a-f]{16}\/t\d+\.js/ : /search\/manifest\.js/);
        assert.match(told, what === 'that is missing' ? /is missing/ : /damaged/);
        assert.ok(await page.textContent('#search-error .remedy'));
        assert.equal(await page.locator('#search-app.busy').count(), 0);
        await page.context().close();
        await Promise.all(files.map((file, i) => writeFile(file, whole[i])));
      });
    }
  }

  test('a damaged text spoils only its own result', async () => {
    const [file] = await shards('d');
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, 100));
    const page = await openPage(browser);
    await page.goto(onDisk(folder, 'search.html') + '?q=*');
    await rested(page);
    for (let shown = 10; await page.isVisible('#search-more'); shown += 10) {
      await page.click('#search-more');
      await page.waitForFunction((n) => document.querySelectorAll('#search-results > li').length > n, shown);
    }
    const items = await page.$$eval('#search-results > li', (all) => all.map(({ textContent }) => textContent));
    assert.ok(items.some((text) => /cannot be shown/.test(text)));
    assert.ok(items.some((text) => !/cannot be shown/.test(text)));
    await page.context().close();
    await writeFile(file, whole);
  });
});

test('a page that was open while the site was built anew finds its way to the new index', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'backfile-rebuilt-'));
  await cp(site.output, folder, { recursive: true });
  const replace = async (index) => {
    await rm(join(folder, 'search'), { recursive: true });
    await cp(join(ROOT, 'tests', 'vectors', 'search', index), join(folder, 'search'), { recursive: true });
  };
  await replace('small');
  const rebuilt = await serve(folder);
  const page = await asked(rebuilt.url, '?q=oil');
  assert.match(await status(page), /^1 result$/);
  await replace('several');
  await page.fill('#search-app input[type=search]', 'changed');
  await page.waitForFunction(() => /Changed harbour/.test(document.querySelector('#search-results').textContent));
  assert.equal(await page.isHidden('#search-error'), true);
  await page.context().close();
  await rebuilt.close();
  await rm(folder, { recursive: true });
});

test('a page whose script does not come says so, and no other page does', async () => {
  const late = (page) => page.locator('#search-late');
  const cut = await openPage(browser);
  await cut.route(/search\/search\.js/, (route) => route.abort());
  const [whole, unscripted] = [await asked(server.url, '?q=harbour'), await openPage(browser, { javaScriptEnabled: false })];
  for (const page of [cut, unscripted]) await page.goto(`${server.url}/search.html?q=harbour`);
  assert.equal(await late(cut).isVisible(), false, 'not at once: it may be on its way');
  const before = await cut.locator('.answers').boundingBox();
  await late(cut).waitFor({ state: 'visible', timeout: 8000 });
  assert.match(await late(cut).innerText(), /^The search has not arrived yet\. .* reload the page\.$/);
  assert.deepEqual(await axeViolations(cut), []);
  assert.equal(await late(whole).isVisible(), false);
  assert.equal(await late(unscripted).isVisible(), false);
  assert.equal(before.y, (await unscripted.locator('.answers').boundingBox()).y - (await unscripted.locator('noscript').boundingBox()).height, 'it takes no room before');
  for (const page of [cut, whole, unscripted]) await page.context().close();
});

test('without JavaScript the page says so and leads elsewhere', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${server.url}/search.html?q=harbour`);
  assert.match(await page.textContent('noscript'), /JavaScript/);
  await page.context().close();
});

test('scripts that are no search files cannot be loaded through the page’s policy', async () => {
  const page = await asked(server.url, '?q=harbour');
  const refused = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.src = 'theme/search/search.js';
      return 'set';
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, 'TypeError');
  await page.context().close();
});

test('/ leads to the box, as long as the reader wants it to', async () => {
  const page = await asked(server.url, '?q=harbour');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
  await page.keyboard.press('/');
  assert.equal(await focused(), 'q');
  await page.keyboard.type('a/b');
  assert.equal(await page.inputValue('input[name=q]'), 'a/b', 'within the box it is a letter');
  await page.uncheck('#search-slash');
  await page.keyboard.press('/');
  assert.notEqual(await focused(), 'q');
  await page.reload();
  await rested(page);
  assert.equal(await page.isChecked('#search-slash'), false);
  await page.keyboard.press('/');
  assert.notEqual(await focused(), 'q');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

for (const [where, base] of Object.entries(ORIGINS)) {
  test(`results are saved as tables and records, ${where}`, async () => {
    const page = await asked(base(), '?q=harbour');
    const count = Number.parseInt(await status(page), 10);
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#search-export button:text("${name}")`)]);
      assert.equal(download.suggestedFilename(), `results.${name.toLowerCase()}`);
      return readFile(await download.path(), 'utf8');
    };
    const rows = (await saved('CSV')).trimEnd().split('\r\n');
    assert.equal(rows.length, count + 1);
    assert.ok(rows[0].startsWith('\ufefftitle,url,date,'));
    assert.ok(rows.every((row, i) => !i || row.includes(`${base()}/`)));
    assert.equal((await saved('RIS')).match(/^TY {2}- NEWS/gm).length, count);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('how many results are shown is part of the address', async () => {
  const page = await asked(server.url, '?q=the*');
  const before = (await links(page)).length;
  if (await page.isVisible('#search-more')) {
    await page.click('#search-more');
    await page.waitForFunction((n) => document.querySelectorAll('#search-results > li').length > n, before);
    assert.match(page.url(), /show=20/);
    await page.reload();
    await rested(page);
    assert.ok((await links(page)).length > before);
  }
  await page.goto(`${server.url}/search.html?q=harbour&show=nonsense`);
  await rested(page);
  assert.ok((await links(page)).length);
  await page.context().close();
});
