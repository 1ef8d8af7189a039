/**
 * The search files of a folder on a disk, for programs that run in Node.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SearchError, damaged } from './src/errors.js';
import { fileOf } from './src/shard.js';

const MANIFEST = /^backfileSearch\.manifest\((\{.*\}),"([^"]*)"\);\n?$/s;
const SHARD = /^backfileSearch\.shard\("([^"]*)",(\d{1,9}),"([A-Za-z0-9+/=]*)"\);\n?$/;

/**
 * @param {string} folder the folder `search` of a site
 * @returns {import('./src/library.js').Source}
 */
export function filesIn(folder) {
  return {
    async manifest() {
      const match = MANIFEST.exec(await read(folder, 'manifest.js'));
      if (!match) throw damaged('manifest.js', 'it is not a whole manifest script');
      try {
        return { value: JSON.parse(match[1]), crc: match[2] };
      } catch {
        throw damaged('manifest.js', 'its contents are not JSON');
      }
    },
    async shard(name) {
      const match = SHARD.exec(await read(folder, fileOf(name)));
      if (!match) throw damaged(fileOf(name), 'it is not a whole shard script');
      return { name: match[1], size: Number(match[2]), base64: match[3] };
    },
    async stemmer(name) {
      const { language } = await import(`./src/stemmers/${name}.js`);
      return language;
    },
  };
}

/**
 * @param {string} folder
 * @param {string} file
 */
async function read(folder, file) {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new SearchError('missing', file, code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`);
  }
}
