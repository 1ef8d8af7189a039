/**
 * What the tests of the search engine share: the vectors, engines over folders, Python beside them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesIn } from '../../theme/static/search/files.mjs';
import { Engine } from '../../theme/static/search/src/engine.js';

/** The project's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const VECTORS = join(ROOT, 'tests', 'vectors', 'search');
export const SEARCH = join(ROOT, 'theme', 'static', 'search');

/** A file of vectors: `name.json`, or another file as text. */
export function vectors(name) {
  return JSON.parse(readFileSync(join(VECTORS, `${name}.json`), 'utf8'));
}

/** The engine over a folder of search files. */
export function open(folder) {
  return Engine.open(filesIn(folder));
}

/** Everything that a reader may be shown: questions of all kinds, their articles and comments, filters. */
export async function useAll(folder) {
  const engine = await open(folder);
  const shown = [];
  for (const text of ['oil', '"oil prices"', 'mini*', 'date:2013', '*', 'oil~']) {
    const { total, hits } = await engine.search({ text, exact: true, limit: 20 });
    shown.push([text, total, hits]);
    for (const { doc } of hits) {
      const article = await engine.article(doc);
      const { store } = engine.record(doc);
      const parts = await Promise.all(Array.from({ length: article.rest.length / 2 }, (_, part) => store.part(article, part)));
      const comments = await Promise.all(Array.from({ length: article.commentChunks.length / 3 }, (_, chunk) => store.comments(article, chunk)));
      shown.push([article, parts, comments]);
    }
  }
  shown.push(await engine.overview({ text: 'oil' }), await engine.search({ text: '*', order: 'discussed', exact: true }));
  return JSON.stringify(shown);
}

/** The Python that has the project's dependencies, or null. */
export const PYTHON = [process.env.BACKFILE_PYTHON, join(ROOT, '.venv', 'bin', 'python')].find((path) => path && existsSync(path)) ?? null;

/** Why a test that compares with Python is skipped, or false. */
export const NO_PYTHON = PYTHON ? false : 'no Python with the dependencies: run `make test`, or set BACKFILE_PYTHON';

/** Runs a Python program over this project's package and gives what it printed. */
export function python(program, { input = '', args = [] } = {}) {
  const path = [join(ROOT, 'plugins'), process.env.PYTHONPATH].filter(Boolean).join(delimiter);
  const env = { ...process.env, PYTHONPATH: path };
  return execFileSync(PYTHON, ['-c', program, ...args], { input, env, cwd: ROOT, maxBuffer: 1 << 28, encoding: 'utf8' });
}

/** Pseudo-random numbers that are the same in each run: `next()` is in [0, 1). */
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)] };
}
