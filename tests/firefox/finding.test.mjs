/**
 * Searching and arriving in Firefox, from a web host and from a folder: what Chromium shows in tests/browser, in short.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { onDisk, sampleSite, serve } from '../browser/helpers.mjs';

const FIREFOX = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));
/** As readers have it: without what automation is advised to change of pages from a folder. */
const PREFERENCES = { 'remote.prefs.recommended': false, 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false };

let site;
let server;
let browser;

before(async () => {
  assert.ok(FIREFOX, 'No Firefox: run `make test-firefox`, or set FIREFOX.');
  site = await sampleSite();
  server = await serve(site.output);
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, extraPrefsFirefox: PREFERENCES });
});

after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  await site?.remove();
});

/** A new page whose errors are collected in `complaints`. */
async function opened(address) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address);
  return { page, complaints };
}

/** Waits until a query is answered and nothing more is fetched. */
const rested = (page) => page.waitForFunction(() => document.querySelector('#search-status').textContent && !document.querySelector('#search-app.busy'));

for (const [where, base] of Object.entries({ 'a web host': () => server.url, 'a folder': () => onDisk(site.output, '').replace(/\/$/, '') })) {
  describe(`in Firefox, from ${where}`, () => {
    test('a query is answered, with its words marked; another can be typed', async () => {
      const { page, complaints } = await opened(`${base()}/search.html?q=harbour`);
      await rested(page);
      assert.match(await page.$eval('#search-status', ({ textContent }) => textContent), /^\d+ results$/);
      const marks = await page.$$eval('#search-results mark', (all) => all.map(({ textContent }) => textContent.toLowerCase()));
      assert.ok(marks.length && marks.every((word) => word.startsWith('harbour')), marks.join(' '));
      await page.$eval('#search-app input[type=search]', (input) => { input.value = ''; });
      await page.type('#search-app input[type=search]', '"swing bridge"');
      await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === '"swing bridge"');
      await rested(page);
      assert.ok(await page.$('#search-results mark'));
      assert.deepEqual(complaints, []);
      await page.close();
    });

    test('the form of another page leads to the answer, which leads to an article with its words marked', async () => {
      const { page, complaints } = await opened(`${base()}/index.html`);
      await page.type('form input[type=search]', 'harbour');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      await page.waitForSelector('#search-results > li');
      await Promise.all([page.waitForNavigation(), page.click('#search-results h2 a')]);
      await page.waitForSelector('.found-words');
      assert.ok((await page.$$('main mark')).length);
      await page.click('.found-words button:last-of-type');
      assert.equal((await page.$$('main mark')).length, 0);
      assert.deepEqual(complaints, []);
      await page.close();
    });

    test('a comment that was found is the target of its link', async () => {
      const { page, complaints } = await opened(`${base()}/search.html?q=comments:harbour`);
      await page.waitForSelector('.comment-hits a');
      await Promise.all([page.waitForNavigation(), page.click('.comment-hits a')]);
      await page.waitForSelector('.found-words');
      assert.ok(await page.$eval(':target', (comment) => comment.querySelector('mark') !== null));
      assert.deepEqual(complaints, []);
      await page.close();
    });
  });
}
