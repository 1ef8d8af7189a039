/**
 * Pictures of every kind of page for docs/screenshots: `npm run screenshots`. Not a test: they are for looking at.
 *
 * The fonts are those of the machine; install fonts-urw-base35 (Palatino) to see what most readers see.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, htmlFiles, launch, sampleSite, serve } from './helpers.mjs';

const PHONE = { width: 360, height: 720 };
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
} finally {
  await browser.close();
  await server.close();
  await site.remove();
}
