#!/usr/bin/env node
/**
 * Asks the search index of a built site, through the very engine that readers' browsers run.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesIn } from './files.mjs';
import { Engine } from './src/engine.js';
import { SearchError } from './src/errors.js';

const HELP = `usage: node theme/static/search/cli.mjs OUTPUT QUERY [--limit N] [--json]

Asks the search index of the site built in OUTPUT. The query language is that of docs/query-language.md.

  --limit N  at most so many hits (10)
  --json     {"total": n, "exact": n, "hits": [{"url", "title", "score"}]} instead of lines
  --help     this text

Exit status: 0 answered (also with no hit), 1 the index is missing or damaged, 2 wrong use.`;

/** @param {string[]} argv */
async function main(argv) {
  /** @type {ReturnType<typeof read>} */
  let given;
  try {
    given = read(argv);
  } catch (error) {
    return fail(2, error);
  }
  if (given.help) return console.log(HELP);
  try {
    const answer = await ask(given.output, given.query, given.limit);
    console.log(given.json ? JSON.stringify(answer) : asLines(answer));
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    fail(1, error);
  }
}

/** @param {string[]} argv */
function read(argv) {
  const options = /** @type {const} */ ({ limit: { type: 'string', default: '10' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const { help = false, json = false } = values;
  if (!help && positionals.length !== 2) throw new Error(`OUTPUT and QUERY are needed, ${positionals.length} arguments were given`);
  if (!/^\d{1,9}$/.test(values.limit)) throw new Error(`--limit takes a number, not "${values.limit}"`);
  return { output: positionals[0], query: positionals[1], limit: Number(values.limit), json, help };
}

/**
 * @param {string} output
 * @param {string} query
 * @param {number} limit
 */
async function ask(output, query, limit) {
  const engine = await Engine.open(filesIn(join(output, 'search')));
  const { total, full: exact, hits } = await engine.search({ text: query, limit, exact: true });
  const articles = await Promise.all(hits.map(({ doc }) => engine.article(doc)));
  return { total, exact, hits: hits.map(({ score, partial }, i) => ({ url: articles[i].url, title: articles[i].title, score, ...(partial ? { partial } : {}) })) };
}

/** @param {Awaited<ReturnType<typeof ask>>} answer */
function asLines({ total, hits }) {
  const lines = hits.map(({ url, title, score, partial }) => `${score.toFixed(3)}  ${title}  ${url}${partial ? '  (some of the words)' : ''}`);
  return [...lines, `${total} found`].join('\n');
}

/**
 * @param {number} status
 * @param {unknown} error
 */
function fail(status, error) {
  console.error(`search: ${error instanceof Error ? error.message : error}${status === 2 ? '\nTry --help.' : ''}`);
  process.exitCode = status;
}

await main(process.argv.slice(2));
