/**
 * What the browser tests share: a real build of the sample archive, a web server for it, and Chromium.
 *
 * Environment: BACKFILE_PYTHON (a Python with the project's dependencies; else .venv/bin/python),
 * CHROMIUM (a browser; else Debian's), BACKFILE_SITE (an output folder to test as it is, instead of building).
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);

/** The project's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

/** The Python that has the project's dependencies. */
export function python() {
  const found = [process.env.BACKFILE_PYTHON, join(ROOT, '.venv', 'bin', 'python')].find((path) => path && existsSync(path));
  if (!found) throw new Error('No Python for the tests: run `make test`, or set BACKFILE_PYTHON.');
  return found;
}

/** Runs a Python module of the project in its root and returns what it printed. */
export async function runPython(args, options = {}) {
  const path = [join(ROOT, 'plugins'), process.env.PYTHONPATH].filter(Boolean).join(delimiter);
  return run(python(), args, { cwd: ROOT, maxBuffer: 1 << 26, ...options, env: { ...process.env, PYTHONPATH: path } });
}

/**
 * Imports some sources and builds them with the project's own commands, in a temporary folder.
 * Returns { root, content, output, remove }.
 */
export async function buildSite(sources = [join(ROOT, 'sources')]) {
  const root = await mkdtemp(join(tmpdir(), 'backfile-site-'));
  const [content, output] = [join(root, 'content'), join(root, 'output')];
  await runPython(['-m', 'backfile', 'import', ...sources, '--content', content]);
  await cp(join(ROOT, 'content', 'pages'), join(content, 'pages'), { recursive: true });
  await buildContent(content, output);
  return { root, content, output, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Renders a content folder with the project's settings, some of them changed (`NAME=value`). */
export async function buildContent(content, output, ...settings) {
  const changed = settings.length ? ['-e', ...settings] : [];
  await runPython(['-m', 'pelican', content, '-o', output, '-s', 'pelicanconf.py', '--fatal', 'errors', ...changed]);
}

/** The sample archive's output folder: BACKFILE_SITE as it is, or a fresh build. */
export async function sampleSite() {
  const given = process.env.BACKFILE_SITE;
  return given ? { output: given, remove: async () => {} } : buildSite();
}

/** Serves a folder on a free port of 127.0.0.1. Returns { url, close }. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    if (!file.startsWith(normalize(folder) + sep)) return response.writeHead(403).end();
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`no such file: ${path}`);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}

/** The address of a file of the site on disk, as a visitor with a USB stick has it. */
export const onDisk = (output, path) => pathToFileURL(join(output, path)).href;

/** Starts Chromium; `options` go to Playwright's launch. */
export async function launch(options = {}) {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = places.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('No Chromium: install Debian’s (apt-get install chromium) or set CHROMIUM.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'], ...options });
}

/** A new page whose console messages, errors and requests to other hosts are collected in `page.complaints`. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => page.complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => page.complaints.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Leaving a page ends what it still asks for: not a fault of the page.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') page.complaints.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => { if (response.status() >= 400) page.complaints.push(`${response.status()}: ${response.url()}`); });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|file:|data:|blob:)/.test(request.url())) page.complaints.push(`other host: ${request.url()}`);
  });
  return page;
}

const AXE = readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules of axe-core that depend on colours: all that a second colour scheme can break. */
export const COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** What axe-core finds wrong on the page, a line each: rule, element, why. */
export async function axeViolations(page, runOnly = TAGS) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), runOnly);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary.replaceAll('\n', ' ')})`));
}

/** All HTML files of a built site, relative to it, sorted. */
export async function htmlFiles(output) {
  const names = await readdir(output, { recursive: true });
  return names.filter((name) => name.endsWith('.html')).map((name) => name.split(sep).join('/')).sort();
}
