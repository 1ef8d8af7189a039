/**
 * The search files as classic scripts of a page: the same from a web host and from `file://`.
 *
 * A script calls `backfileSearch.shard(...)` or `backfileSearch.manifest(...)` while it runs. A script that loads without
 * calling is damaged (a file cut short is a syntax error and loads all the same); one that does not load is missing.
 */
import { SearchError, damaged } from './errors.js';
import { fileOf } from './shard.js';

/** @typedef {import('./library.js').Source} Source */
/** @typedef {import('./shard.js').Wrapped} Wrapped */

/**
 * What a script's call leaves for the page.
 * @typedef {{ value: unknown, crc: unknown }} Manifest
 */

const PATIENCE = 30_000; // milliseconds for one file
const ALLOWED = /^(?:manifest\.js(?:\?\d+)?|x\/[0-9a-f]{16}\/[a-z]\d{1,9}\.js)$/;

/** @type {WeakMap<Element, unknown>} */
const calls = new WeakMap();

/** @param {unknown} value */
function called(value) {
  const script = document.currentScript;
  if (script) calls.set(script, value);
}

/** What the scripts call. */
export function listen() {
  Object.assign(globalThis, {
    backfileSearch: {
      /** @type {(name: string, size: number, base64: string) => void} */
      shard: (name, size, base64) => called({ name, size, base64 }),
      /** @type {(value: unknown, crc: unknown) => void} */
      manifest: (value, crc) => called({ value, crc }),
    },
  });
}

/**
 * @param {string} folder URL of the folder `search`, with a slash at its end
 * @returns {Source}
 */
export function scriptsIn(folder) {
  const address = addresses(folder);
  return {
    async manifest(again) {
      const manifest = () => load('manifest.js', address(again ? `manifest.js?${Date.now()}` : 'manifest.js'));
      return /** @type {Manifest} */ (await manifest());
    },
    async shard(name) {
      return /** @type {Wrapped} */ (await load(fileOf(name), address(fileOf(name))));
    },
  };
}

/**
 * From a file's name to what `script.src` takes: under `require-trusted-types-for 'script'` only a policy can make that,
 * and ours makes nothing but the names of search files.
 * @param {string} folder
 * @returns {(file: string) => string}
 */
function addresses(folder) {
  /** @param {string} file */
  const createScriptURL = (file) => {
    if (!ALLOWED.test(file)) throw new TypeError(`${file} is no search file`);
    return folder + file;
  };
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy: (name: string, rules: object) => { createScriptURL: (file: string) => string } } }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const policy = trustedTypes?.createPolicy('backfile', { createScriptURL });
  return policy ? (file) => policy.createScriptURL(file) : createScriptURL;
}

/**
 * @param {string} file for messages
 * @param {string} address
 * @returns {Promise<unknown>} what the script handed over
 */
function load(file, address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const timer = setTimeout(() => end(new SearchError('slow', file, `it did not come within ${PATIENCE / 1000} seconds`)), PATIENCE);
    /** @param {SearchError | null} error */
    const end = (error) => {
      clearTimeout(timer);
      script.remove();
      if (error) reject(error);
      else resolve(calls.get(script));
    };
    script.onload = () => end(calls.has(script) ? null : damaged(file, 'it was loaded and does not hold what it should (cut short?)'));
    script.onerror = () => end(new SearchError('missing', file, 'it is missing or cannot be reached'));
    script.src = address;
    document.head.append(script);
  });
}
