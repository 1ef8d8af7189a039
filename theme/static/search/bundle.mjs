#!/usr/bin/env node
/**
 * Makes `search.js`, the one classic script that pages load, of the modules in `src`. The result is committed, so that building
 * a site takes no npm package; a test checks that it is what the sources give.
 *
 * usage: node theme/static/search/bundle.mjs [--check]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

const HERE = dirname(fileURLToPath(import.meta.url));
export const TARGET = join(HERE, 'search.js');
const BANNER = '// @ts-nocheck\n/* Backfile, search in the browser. AGPL-3.0-or-later. Made of src/ by bundle.mjs: do not edit. */';

/** @returns {Promise<string>} the script */
export async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'src', 'main.js')],
    absWorkingDir: HERE,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
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
  const script = await bundle();
  if (process.argv.includes('--check')) {
    if ((await readFile(TARGET, 'utf8')) !== script) {
      console.error('theme/static/search/search.js is not what src/ gives: run node theme/static/search/bundle.mjs');
      process.exitCode = 1;
    }
  } else await writeFile(TARGET, script);
}
