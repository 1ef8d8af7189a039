// Every hostile text of tests/vectors/hostile, by way of every kind of source, in Chromium: no script runs, no dialog opens,
// the content policy has nothing to report, nothing is asked of another host; in search, too.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT, buildContent, htmlFiles, launch, openPage, runPython, serve } from './helpers.mjs';

const FOLDER = join(ROOT, 'tests', 'vectors', 'hostile');
const AT_ONCE = 4;
const PARSED_AT_ONCE = 100;

/** What is no harm: an image or a page that a text names and that is not there, on our own host. */
const HARMLESS = /404|^failed: http:\/\/127\.0\.0\.1|Failed to load resource/;

let folder, output, server, browser, files, vectors, allowed;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfile-vectors-'));
  output = join(folder, 'output');
  const [sources, content] = [join(folder, 'sources'), join(folder, 'content')];
  await runPython([join(ROOT, 'tests', 'python', 'hostile.py'), sources]);
  await runPython(['-m', 'backfile', 'import', sources, '--content', content]);
  await buildContent(content, output, 'BACKFILE_COMMENTERS=true', 'BACKFILE_CITATIONS="page"');
  [server, browser, files] = await Promise.all([serve(output), launch(), htmlFiles(output)]);
  const lists = (await readdir(FOLDER)).filter((name) => name.endsWith('.json') && name !== 'allowed.json').sort();
  const read = await Promise.all(lists.map(async (name) => JSON.parse(await readFile(join(FOLDER, name), 'utf8')).vectors));
  vectors = [...new Set(read.flat())];
  allowed = JSON.parse(await readFile(join(FOLDER, 'allowed.json'), 'utf8'));
});
after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A page of which `wrong()` tells every dialog, report, request elsewhere and script of a stranger since it was last asked. */
async function watched() {
  const page = await openPage(browser);
  const seen = [];
  page.on('dialog', (dialog) => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('popup', (popup) => seen.push(`popup: ${popup.url()}`));
  page.on('download', (download) => seen.push(`download: ${download.url()}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`report: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const wrong = async () => {
    const own = await page.evaluate(() => 'hacked' in globalThis || 'polluted' in {});
    const found = [...seen, ...page.complaints.filter((line) => !HARMLESS.test(line)), ...(own ? ['a script ran'] : [])];
    seen.length = page.complaints.length = 0;
    return found;
  };
  return { page, wrong };
}

/** Runs `work` over some things, several pages at once; returns what it said of each. */
async function overAll(things, work) {
  const said = [];
  const queue = [...things];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    const { page, wrong } = await watched();
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await work(page, next);
      said.push(...(await wrong()).map((line) => `${next}: ${line}`));
    }
    await page.context().close();
  }));
  return said;
}

/** Told of a page's DOM: what it holds and may not. Runs in the browser. */
const INSPECT = (document, { page, prose, schemes, meta }) => {
  const found = [];
  const look = (element, list) => {
    const names = list[element.localName];
    if (!names) found.push(`<${element.localName}>`);
    for (const { name } of element.attributes) if (!names?.includes(name)) found.push(`<${element.localName} ${name}>`);
    for (const name of ['href', 'src', 'action']) {
      const address = element.getAttribute(name);
      if (address === null) continue;
      // As a browser reads it: seen from an address that no page has.
      const url = URL.canParse(address, 'https://here.invalid/a/') ? new URL(address, 'https://here.invalid/a/') : null;
      const [, said] = /^[\0-\x20]*([a-z][a-z\d+.-]*):/i.exec(address) ?? [];
      // What a browser cannot read as an address leads nowhere; its scheme counts as it is written.
      const scheme = said ? (url?.protocol.slice(0, -1) ?? said.toLowerCase()) : url && url.host !== 'here.invalid' ? '//' : '';
      if (!schemes[element.localName]?.includes(scheme)) found.push(`<${element.localName} ${name}="${address}">`);
    }
    if (element.localName === 'meta' && element.httpEquiv && !meta.includes(element.httpEquiv)) found.push(`<meta ${element.httpEquiv}>`);
  };
  for (const element of document.querySelectorAll('*')) look(element, page);
  for (const element of document.querySelectorAll('.prose *')) look(element, prose);
  return found;
};

test('Chromium reads every page as allowed elements, attributes and schemes, and nothing else', async () => {
  assert.ok(vectors.length >= 400 && files.length > vectors.length);
  const context = await browser.newContext();
  const page = await context.newPage();
  const source = `globalThis.inspect = ${INSPECT}`;
  await page.evaluate(source);
  const control = await page.evaluate((list) => globalThis.inspect(new DOMParser().parseFromString('<p onclick=x><a href=//y><base><iframe>', 'text/html'), list), allowed);
  assert.deepEqual(control.sort(), ['<a href="//y">', '<base>', '<iframe>', '<p onclick>']);
  for (let at = 0; at < files.length; at += PARSED_AT_ONCE) {
    const texts = await Promise.all(files.slice(at, at + PARSED_AT_ONCE).map(async (name) => [name, await readFile(join(output, name), 'utf8')]));
    const wrong = await page.evaluate(([list, pages]) => pages.flatMap(([name, text]) => (
      globalThis.inspect(new DOMParser().parseFromString(text, 'text/html'), list).map((line) => `${name}: ${line}`))), [allowed, texts]);
    assert.deepEqual(wrong, []);
  }
  await context.close();
});

test('no page runs, reports or loads anything', async () => {
  const pages = files.filter((name) => /^(?:undated|\d{4})\/|^[^/]*\.html$|^(?:author|tag|category|commenter)\/[^/]*0\.html$/.test(name));
  assert.ok(pages.length > vectors.length);
  assert.deepEqual(await overAll(pages, async (page, name) => {
    await page.goto(`${server.url}/${name}`, { waitUntil: 'domcontentloaded' });
  }), []);
});

/** Waits until the search page is at rest. */
const rested = (page) => page.waitForFunction(() => {
  const app = document.querySelector('#search-app');
  const told = document.querySelector('#search-status').textContent || !document.querySelector('#search-error').hidden;
  return told && !app.classList.contains('busy');
});

/**
 * Asks one question after the other, each as the page's address, and says what in the answers is not text. Runs in the browser.
 * @returns {Promise<{ wrong: string[], answered: number }>}
 */
const ASK = async (queries) => {
  const [app, status, error] = ['#search-app', '#search-status', '#search-error'].map((name) => document.querySelector(name));
  const input = app.querySelector('input[type=search]');
  const known = ['A', 'B', 'BDI', 'BUTTON', 'DIV', 'H2', 'H3', 'LI', 'MARK', 'OL', 'OPTION', 'P', 'SPAN', 'TIME', 'UL'];
  const wrong = [];
  let answered = 0;
  for (const query of queries) {
    history.replaceState(null, '', `?${new URLSearchParams({ q: query })}`);
    dispatchEvent(new PopStateEvent('popstate'));
    const until = Date.now() + 60_000;
    do await new Promise((resolve) => { setTimeout(resolve, 4); });
    while ((app.classList.contains('busy') || (!status.textContent && error.hidden)) && Date.now() < until);
    if (Date.now() >= until) wrong.push(`no answer to ${query}`);
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));  // now words are offered
    answered += document.querySelector('#search-results > li') !== null;
    for (const element of document.querySelectorAll('#search-results *, #search-words *, #search-chips *, #search-error *')) {
      if (!known.includes(element.tagName)) wrong.push(`${query}: <${element.tagName}>`);
      for (const { name } of element.attributes) if (/^(?:on|style|src)/.test(name)) wrong.push(`${query}: ${name}`);
      if (element.href && new URL(element.href).origin !== location.origin) wrong.push(`${query}: ${element.href}`);
    }
  }
  return { wrong, answered };
};

test('what is searched for, suggested and found is text, whatever it is', async () => {
  // The words of a vector alone find it, so that results and snippets show it.
  const words = vectors.filter((_, at) => at % 5 === 0).map((vector) => vector.match(/[\p{L}\d]{2,}/gu)?.slice(0, 3).join(' '));
  const queries = [...vectors, ...words].filter((query) => query?.trim());
  let answered = 0;
  const said = await overAll(Array.from({ length: AT_ONCE }, (_, turn) => turn), async (page, turn) => {
    await page.goto(`${server.url}/search.html?q=ferry`);
    await rested(page);
    const told = await page.evaluate(`(${ASK})(${JSON.stringify(queries.filter((_, at) => at % AT_ONCE === turn))})`);
    assert.deepEqual(told.wrong, []);
    answered += told.answered;
  });
  assert.deepEqual(said, []);
  assert.ok(answered > vectors.length / 3, `${answered} answers`);
});

test('addresses that bring a vector are answered or refused, and nothing more', async () => {
  const article = files.find((name) => /^20\d\d\/\d\d\/\d\d\//.test(name));
  const addresses = vectors.filter((_, at) => at % 8 === 0).flatMap((vector, at) => {
    const given = encodeURIComponent(vector);
    const search = `search.html?q=${at % 2 ? given : 'ferry'}&section=${given}&author=${given}&tag=${given}&from=${given}&to=${given}&in=${given}&sort=${given}&show=${given}&${given}=1`;
    return [at % 2 ? `${search}#${given}` : search, at % 2 ? `${article}?find=${given}` : `${article}#find=${given}`];
  });
  assert.deepEqual(await overAll(addresses, async (page, address) => {
    await page.goto(`${server.url}/${address}`, { waitUntil: 'load' });
    if (address.startsWith('search')) await rested(page);
  }), []);
});
