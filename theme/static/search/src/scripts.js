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
const SEARCH_FILE = /^(?:manifest\.js(?:\?\d+)?|x\/[0-9a-f]{16}\/[a-z]\d{1,9}\.js)$/;
const OWN_FILE = /^(?:stem-[a-z]+|highlight|export|suggest)\.js$/;

/** @type {WeakMap<Element, unknown>} */
const calls = new WeakMap();

/** @param {unknown} value */
function called(value) {
  const script = document.currentScript;
  if (script) calls.set(script, value);
}

/**
 * What the scripts call: search files with their contents, parts of this program with what they are.
 * @param {Record<string, Function>} [shared] what such a part uses of this program, instead of bringing it again
 */
export function listen(shared = {}) {
  Object.assign(globalThis, {
    backfileSearch: {
      /** @type {(name: string, size: number, base64: string) => void} */
      shard: (name, size, base64) => called({ name, size, base64 }),
      /** @type {(value: unknown, crc: unknown) => void} */
      manifest: (value, crc) => called({ value, crc }),
      own: called,
      shared,
    },
  });
}

/**
 * @param {string} folder URL of the folder `search`, with a slash at its end
 * @param {string} own URL of this program's own folder
 * @returns {Source & { own: (file: string) => Promise<unknown> }}
 */
export function scriptsIn(folder, own) {
  const address = addresses(folder, own);
  /** @type {Map<string, Promise<unknown>>} */
  const parts = new Map();
  /** @param {string} file a part of this program that is seldom needed */
  const part = (file) => {
    const loading = parts.get(file) ?? load(file, address(file));
    parts.set(file, loading);
    loading.catch(() => parts.delete(file));
    return loading;
  };
  return {
    own: part,
    async stemmer(name) {
      return /** @type {import('./languages.js').Language} */ (await part(`stem-${name}.js`));
    },
    async manifest(again) {
      const script = document.getElementById('search-manifest');
      const value = !again && script ? await brought(script) : undefined;
      return /** @type {Manifest} */ (value ?? (await load('manifest.js', address(again ? `manifest.js?${Date.now()}` : 'manifest.js'))));
    },
    async shard(name) {
      return /** @type {Wrapped} */ (await load(fileOf(name), address(fileOf(name))));
    },
  };
}

/**
 * From a file's name to what `script.src` takes: under `require-trusted-types-for 'script'` only a policy can make that,
 * and ours makes nothing but the names of search files and of parts of this program.
 * @param {string} folder
 * @param {string} own
 * @returns {(file: string) => string}
 */
function addresses(folder, own) {
  /** @param {string} file */
  const createScriptURL = (file) => {
    if (OWN_FILE.test(file)) return own + file;
    if (!SEARCH_FILE.test(file)) throw new TypeError(`${file} is no search file`);
    return folder + file;
  };
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy: (name: string, rules: object) => { createScriptURL: (file: string) => string } } }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const policy = trustedTypes?.createPolicy('backfile', { createScriptURL });
  return policy ? (file) => policy.createScriptURL(file) : createScriptURL;
}

/**
 * What a script of the page itself hands over, which comes beside this one and runs after it.
 * @param {Element} script
 * @returns {Promise<unknown>} undefined when it does not come
 */
async function brought(script) {
  if (!calls.has(script) && document.readyState !== 'complete') {
    await new Promise((resolve) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', resolve);
      addEventListener('load', resolve);
    });
  }
  return calls.get(script);
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
