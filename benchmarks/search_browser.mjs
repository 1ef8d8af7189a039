/**
 * What searching costs in Chromium: bytes and round trips of first and second queries, time of hot ones. Called by search.py.
 *
 * usage: node benchmarks/search_browser.mjs   with {"folder", "engine": "backfile" | "pagefind", "queries"} on standard input
 *
 * Bytes are those that the server sends, headers included, for everything but the page itself; it compresses as hosts do. Each response is
 * held back for a moment, so that what is asked for together also comes together: a round trip is a request that began after another had ended.
 * When it began the page tells; of Pagefind's worker, which a page does not see into, the server does: there a request is no new round trip when it may
 * have waited for one of the browser's six connections.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { ROOT, launch } from '../tests/browser/helpers.mjs';

const DELAY = 100; // milliseconds: much more than a busy machine takes between two requests that belong together
const CONNECTIONS = 6; // of a browser to a host
const STILL = 500; // milliseconds without a request
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json' };
const SCRIPTS = join(ROOT, 'theme', 'static', 'search');
const compressed = promisify(gzip);

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types backfile";
const PAGES = {
  '/search.html': `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}"><title>Search</title></head>
<body><div id="search-app" data-root="."><form><input type="search" name="q"></form><details><div id="search-filters" hidden></div></details>
<ul id="search-chips" hidden></ul><p id="search-status" role="status"></p><div id="search-error" hidden></div><ol id="search-results"></ol>
<div id="search-nothing" hidden></div><button id="search-more" hidden></button></div>
<script src="scripts/search.js" defer></script><script id="search-manifest" src="search/manifest.js" defer></script></body></html>`,
  '/hot.html': '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Hot</title><script src="scripts/hot.js"></script></html>',
  '/pagefind.html': `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Search</title><ol id="search-results"></ol>
<script type="module" src="scripts/pagefind-page.js"></script></html>`,
};
const PAGEFIND = `
import * as pagefind from '/pagefind/pagefind.js';
globalThis.ask = async (query) => {
  const { results } = await pagefind.search(query);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  document.getElementById('search-results').replaceChildren(...shown.map(({ excerpt }) => Object.assign(document.createElement('li'), { innerHTML: excerpt })));
  globalThis.shownAt = Date.now();
};
globalThis.hot = async (query) => {
  const start = performance.now();
  const { results } = await pagefind.search(query, { filters: {} });
  await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return performance.now() - start;
};
await pagefind.options({});
const query = new URLSearchParams(location.search).get('q');
if (query) await ask(query);
`;
const HOT = `
import { Engine } from './engine.js';
import { Reader } from './reader.js';
import { listen, scriptsIn } from './scripts.js';
import { Shelf } from './shelf.js';
listen();
const opened = Engine.open(scriptsIn(new URL('search/', location.href).href, ''));
globalThis.hot = async (text) => {
  const engine = await opened;
  // What was found for earlier questions is forgotten; the files are not.
  for (const name of ['matches', 'streams']) engine.index[name] = new Shelf(engine.index[name].room, engine.index[name].size);
  const start = performance.now();
  const answer = await engine.search({ text, exact: true });
  await engine.overview({ text }, true);
  const reader = new Reader(engine, engine.question({ text }));
  await Promise.all(answer.hits.map(({ doc }) => reader.show(doc)));
  return performance.now() - start;
};
`;

const bundles = async () => {
  const { outputFiles } = await build({ stdin: { contents: HOT, resolveDir: join(SCRIPTS, 'src') }, bundle: true, format: 'iife', target: 'es2022', write: false });
  return { '/scripts/hot.js': outputFiles[0].text, '/scripts/pagefind-page.js': PAGEFIND, '/scripts/search.js': await readFile(join(SCRIPTS, 'search.js'), 'utf8') };
};

/** Serves a folder, compressed as hosts do it. */
async function serve(folder, made) {
  const packed = new Map();
  /** @type {{ path: string, start: number, end: number, bytes: number, trip: number }[]} */
  const log = [];
  const body = async (path) => {
    if (!packed.has(path)) {
      const plain = made[path] ?? (await readFile(join(folder, normalize(path))));
      const isText = /\.(?:html|js|json)$/.test(path);
      packed.set(path, [isText ? await compressed(plain, { level: 6 }) : plain, isText]);
    }
    return packed.get(path);
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    const entry = { path, start: Date.now(), end: Infinity, bytes: 0, trip: 1 };
    const open = log.filter(({ end }) => end === Infinity);
    const before = open.length >= CONNECTIONS - 1 ? open.map(({ trip }) => trip - 1) : log.filter(({ end }) => end <= entry.start).map(({ trip }) => trip);
    entry.trip = 1 + Math.max(0, ...before);
    if (!path.endsWith('.html') && path !== '/favicon.ico') log.push(entry);
    const { socket } = response;
    const { bytesWritten } = socket;
    response.on('finish', () => Object.assign(entry, { end: Date.now(), bytes: socket.bytesWritten - bytesWritten }));
    try {
      const [bytes, isText] = await body(path);
      setTimeout(() => {
        response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-length': bytes.length, 'cache-control': 'max-age=600', ...(isText ? { 'content-encoding': 'gzip' } : {}) }).end(bytes);
      }, DELAY);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { log, url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

/** A page that tells when results are shown; Pagefind's tells by itself. */
async function watched(context) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    performance.setResourceTimingBufferSize(5000);
    const watch = new MutationObserver((changes) => {
      const isShown = changes.some(({ target, addedNodes }) => target.id === 'search-results' && addedNodes.length);
      if (isShown || document.querySelector('#search-status')?.textContent.startsWith('Nothing')) globalThis.shownAt ??= Date.now();
    });
    watch.observe(document, { subtree: true, childList: true, characterData: true });
  });
  return page;
}

/** Waits until nothing has been asked for in a while. */
async function quiet(log) {
  while (log.some(({ end }) => end > Date.now() - STILL)) await new Promise((resolve) => setTimeout(resolve, DELAY));
}

/** Bytes and round trips of what was sent until the results were shown. */
async function cost(page, log) {
  await page.waitForFunction(() => globalThis.shownAt !== undefined, null, { timeout: 120_000 });
  await quiet(log);
  const shownAt = await page.evaluate(() => globalThis.shownAt);
  const sent = log.filter(({ end }) => end <= shownAt);
  const kinds = {};
  for (const { path, bytes } of sent) {
    const kind = /\/x\/[0-9a-f]+\/([a-z])\d+\.js$/.exec(path)?.[1] ?? path.split(/[/.]/).at(-1);
    kinds[kind] = (kinds[kind] ?? 0) + bytes;
  }
  const seen = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) => ({ path: new URL(name).pathname, start: startTime, end: responseEnd, trip: 1 })));
  const paths = new Set(sent.map(({ path }) => path));
  const requests = seen.filter(({ path }) => paths.delete(path)).sort((a, b) => a.start - b.start);
  for (const request of requests) request.trip = 1 + Math.max(0, ...requests.filter(({ end }) => end <= request.start).map(({ trip }) => trip));
  const trips = Math.max(0, ...(paths.size ? sent : requests).map(({ trip }) => trip));
  const bytes = sent.reduce((sum, { bytes }) => sum + bytes, 0);
  // Texts further down that have the words come after the results stand; counts do, too, but not from these files.
  const texts = log.filter(({ path, end }) => end > shownAt && /\/x\/[0-9a-f]+\/x\d+\.js$/.test(path));
  return { bytes, marked: texts.reduce((sum, { bytes }) => sum + bytes, bytes), trips, files: sent.length, kinds };
}

async function main() {
  const { folder, engine, queries } = JSON.parse(await text(process.stdin));
  const server = await serve(folder, { ...PAGES, ...(await bundles()) });
  const browser = await launch();
  const start = engine === 'pagefind' ? 'pagefind.html' : 'search.html';
  const ask = async (page, query) => {
    await page.evaluate(() => { globalThis.shownAt = undefined; });
    server.log.length = 0;
    if (engine === 'pagefind') await page.evaluate((query) => globalThis.ask(query), query);
    else {
      await page.fill('input', query);
      await page.press('input', 'Enter');
    }
    return { query, ...(await cost(page, server.log)) };
  };
  const measured = { cold: [], warm: [], hot: [] };
  for (const [i, query] of queries.entries()) {
    const context = await browser.newContext();
    const page = await watched(context);
    server.log.length = 0;
    await page.goto(`${server.url}/${start}?q=${encodeURIComponent(query)}`);
    measured.cold.push({ query, ...(await cost(page, server.log)) });
    measured.warm.push(await ask(page, queries[(i + 1) % queries.length]));
    await context.close();
  }
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.url}/${engine === 'pagefind' ? 'pagefind.html' : 'hot.html'}`);
  await page.waitForFunction(() => globalThis.hot);
  for (const times of [1, 3]) {
    for (let i = 0; i < times; i++) {
      for (const query of queries) {
        const time = await page.evaluate((query) => globalThis.hot(query), query);
        if (times === 3) measured.hot.push({ query, time });
      }
    }
  }
  console.log(JSON.stringify(measured));
  await browser.close();
  server.close();
}

async function text(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

await main();
