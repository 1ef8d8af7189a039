/**
 * The list of results as a file: CSV for tables, RIS for reference managers.
 */
import { element } from './page/dom.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./engine.js').Request} Request */
/** @typedef {import('./store.js').Article} Article */

/** @typedef {'csv' | 'ris'} Form */

const COLUMNS = ['title', 'url', 'date', 'authors', 'section', 'tags', 'source', 'language', 'comments'];

/**
 * Hands the reader the file.
 * @param {Engine} engine
 * @param {Request} request
 * @param {Form} form
 * @param {(url: string) => string} address of an article
 */
export async function save(engine, request, form, address) {
  const { hits } = await engine.search(request);
  const articles = await Promise.all(hits.map(({ doc }) => engine.article(doc)));
  const [text, type] = form === 'csv' ? [csv(articles, address), 'text/csv'] : [ris(articles, address), 'application/x-research-info-systems'];
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element('a', { href, download: `results.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * @param {Article[]} articles
 * @param {(url: string) => string} address
 */
export function csv(articles, address) {
  const rows = articles.map(({ title, url, date, authors, section, tags, source, language, commentTokens }) =>
    [title, address(url), date, authors.join('; '), section, tags.join('; '), source, language, String(commentTokens.length)],
  );
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/**
 * A cell that no table program takes for a formula.
 * @param {string} text
 */
function cell(text) {
  const plain = oneLine(text);
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @param {Article[]} articles
 * @param {(url: string) => string} address
 */
export function ris(articles, address) {
  return articles.map((article) => `${[...fields(article, address)].map(([name, value]) => `${name}  - ${oneLine(value)}\r\n`).join('')}ER  - \r\n`).join('\r\n');
}

/**
 * @param {Article} article
 * @param {(url: string) => string} address
 * @returns {Generator<[string, string]>}
 */
function* fields({ title, url, date, authors, section, tags, source, language }, address) {
  yield ['TY', 'NEWS'];
  for (const name of authors) yield ['AU', name];
  yield ['TI', title];
  if (source) yield ['T2', source];
  const [, year, month = '', day = ''] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date) ?? [];
  if (year) yield ['PY', year];
  if (year) yield ['DA', `${year}/${month}/${day}/`];
  if (section) yield ['SE', section];
  for (const tag of tags) yield ['KW', tag];
  if (language) yield ['LA', language];
  yield ['UR', address(url)];
}

/** @param {string} text */
// eslint-disable-next-line no-control-regex -- control characters are what is meant
const oneLine = (text) => text.replace(/[\s\x00-\x1f\x7f]+/g, ' ').trim();
