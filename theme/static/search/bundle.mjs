#!/usr/bin/env node
/**
 * Makes the classic scripts that pages load of the modules in `src`: `search.js`, and what is seldom needed: a `stem-NAME.js` for each
 * language but English, `export.js`, `suggest.js`, `arrive.js` and `highlight.js`. The results are committed, so that building a site takes no npm
 * package; a test checks that they are what the sources give.
 *
 * usage: node theme/static/search/bundle.mjs [--check]
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

export const HERE = dirname(fileURLToPath(import.meta.url));
const BANNER = '// @ts-nocheck\n/* Backfile, search in the browser. AGPL-3.0-or-later. Made of src/ by bundle.mjs: do not edit. */';

/** @returns {Promise<Map<string, string>>} the scripts by name */
export async function bundles() {
  const names = (await readdir(join(HERE, 'src', 'stemmers'))).map((file) => file.slice(0, -3)).filter((name) => name !== 'regions').sort();
  const stems = names.map((name) => [`stem-${name}.js`, `import { language } from './stemmers/${name}.js';\nbackfileSearch.own(language);`]);
  const programs = [
    ['search.js', "import './main.js';"],
    ['arrive.js', "import './arrive.js';"],
    ['export.js', "import { save } from './export.js';\nbackfileSearch.own(save);"],
    ['suggest.js', "import { complete, correct } from './suggest.js';\nbackfileSearch.own({ complete, correct });"],
    ['highlight.js', "import { highlight } from './highlight.js';\nbackfileSearch.own(highlight);"],
  ];
  return new Map(await Promise.all([...programs, ...stems].map(/** @returns {Promise<[string, string]>} */ async ([file, source]) => [file, await script(source, file === 'suggest.js' ? [shared] : [])])));
}

/**
 * What `search.js` has already and shares (see `src/main.js`), for a part that is loaded after it.
 * @type {import('esbuild').Plugin}
 */
const shared = {
  name: 'shared',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(?:analysis|expand)\.js$/ }, ({ path }) => ({ path, namespace: 'shared' }));
    onLoad({ filter: /^/, namespace: 'shared' }, () => ({ contents: 'export const { analyse, distance, fold, isStopWord, rawTokens } = backfileSearch.shared;' }));
  },
};

/**
 * @param {string} contents of a module in `src`
 * @param {import('esbuild').Plugin[]} plugins
 */
async function script(contents, plugins) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(HERE, 'src') },
    absWorkingDir: HERE,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    plugins,
  });
  const { code } = await minify(outputFiles[0].text, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true },
    format: { preamble: BANNER },
  });
  return `${code}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of await bundles()) {
    if (!process.argv.includes('--check')) await writeFile(join(HERE, file), text);
    else if ((await readFile(join(HERE, file), 'utf8')) !== text) {
      console.error(`theme/static/search/${file} is not what src/ gives: run node theme/static/search/bundle.mjs`);
      process.exitCode = 1;
    }
  }
}
