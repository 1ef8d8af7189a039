/**
 * Pictures of every kind of page for docs/screenshots: `npm run screenshots`. Not a test: they are for looking at.
 *
 * The fonts are those of the machine; install fonts-urw-base35 (Palatino) to see what most readers see.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, buildContent, htmlFiles, launch, onDisk, sampleSite, serve } from './helpers.mjs';

const PHONE = { width: 360, height: 720 };
const TABLET = { width: 768, height: 800 };
const DESK = { width: 1280, height: 860 };

/** name, page, what to add to its address, screen, colours. */
const PICTURES = [
  ['home', /^index\.html$/, '', DESK, 'light'],
  ['home-dark-360', /^index\.html$/, '', PHONE, 'dark'],
  ['article', /nineteen-parking/, '', { width: 1280, height: 1760 }, 'light'],
  ['article-dark-360', /the-turbine/, '', PHONE, 'dark'],
  ['comments', /the-turbine/, '#comment-c5', DESK, 'light'],
  ['comments-dark-360', /the-turbine/, '#comment-c28', PHONE, 'dark'],
  ['comments-not-told-apart', /carnival-heron/, '#comments', DESK, 'light'],
  ['dates', /^archives\.html$/, '', DESK, 'light'],
  ['month-360', /^2009\/03\/index\.html$/, '', PHONE, 'light'],
  ['year-768', /^2013\/index\.html$/, '', TABLET, 'light'],
  ['day-dark-360', /^2009\/03\/12\/index\.html$/, '', PHONE, 'dark'],
  ['on-this-day-768', /^on-this-day\/index\.html$/, '', TABLET, 'light'],
  ['author-768', /^author\/nell/, '', TABLET, 'light'],
  ['tags-360', /^tags\.html$/, '', PHONE, 'light'],
  ['downloads-768', /^downloads\/index\.html$/, '', TABLET, 'light'],
  ['guesses-dark-768', /^guesses\.html$/, '', TABLET, 'dark'],
  ['undated', /^undated\.html$/, '', DESK, 'light'],
  ['sections-dark', /^categories\.html$/, '', DESK, 'dark'],
  ['search', /^search\.html$/, '?q=bridge', DESK, 'light'],
  ['search-dark-360', /^search\.html$/, '?q=bridge', PHONE, 'dark'],
];

const folder = join(ROOT, 'docs', 'screenshots');
await mkdir(folder, { recursive: true });
const site = await sampleSite();
const [server, browser, files] = [await serve(site.output), await launch(), await htmlFiles(site.output)];
try {
  for (const [name, pattern, rest, viewport, colorScheme] of PICTURES) {
    const file = files.find((path) => pattern.test(path));
    if (!file) throw new Error(`no page fits ${pattern}`);
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(`${server.url}/${file}${rest}`, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
  // The sample has no thread long enough for several pages, and is in English.
  for (const [name, pattern, viewport, setting] of [
    ['comments-page-2-768', /\.comments-2\.html$/, TABLET, 'BACKFILE_COMMENTS_PER_PAGE=10'],
    ['dates-arabic-768', /^archives\.html$/, TABLET, 'DEFAULT_LANG="ar"'],
  ]) {
    const output = await mkdtemp(join(tmpdir(), 'backfile-pictures-'));
    await buildContent(join(ROOT, 'content'), output, setting);
    const page = await browser.newPage({ viewport });
    await page.goto(onDisk(output, (await htmlFiles(output)).find((path) => pattern.test(path))));
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
    await rm(output, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  await server.close();
  await site.remove();
}
