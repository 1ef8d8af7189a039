/**
 * The manifest (docs/shard-format.md, section 5), checked once when it comes.
 */
import { crc32 } from './bytes.js';
import { SearchError, damaged } from './errors.js';
import { exists } from './languages.js';
import { VERSION, tooNew } from './shard.js';

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {'text' | 'exact'} kind
 * @property {number} boost in thousandths; above 0: a default field
 */

/**
 * @typedef {object} SegmentInfo
 * @property {string} id
 * @property {number} docs
 * @property {number[]} lengths tokens of each field
 * @property {string[]} t separators
 * @property {string[]} w separators
 * @property {number} tn
 * @property {number} l
 * @property {number} p
 * @property {number} q
 * @property {number} wn
 * @property {number} c
 * @property {number[]} map triples store, first, count
 * @property {number[]} deleted gaps
 */

/**
 * @typedef {object} StoreInfo
 * @property {string} id
 * @property {number} docs
 * @property {number} per
 * @property {number} d
 * @property {number} x
 */

/**
 * @typedef {object} Manifest
 * @property {number} generation
 * @property {string} language
 * @property {string[]} stemmers
 * @property {{ k1: number, b: number }} scoring thousandths
 * @property {Field[]} fields
 * @property {SegmentInfo[]} segments
 * @property {StoreInfo[]} stores
 */

const FILE = 'manifest.js';
const MAX_DOCS = 2 ** 31;

/**
 * @param {unknown} value what the script handed over
 * @param {unknown} crc
 * @returns {Manifest}
 */
export function readManifest(value, crc) {
  const raw = /** @type {Record<string, unknown>} */ (value);
  if (raw?.format !== 'backfile-search') throw damaged(FILE, 'it is no manifest');
  if (typeof raw.version === 'number' && raw.version > VERSION) throw tooNew(FILE, raw.version);
  if (raw.version !== VERSION) throw damaged(FILE, `its format version is ${String(raw.version).slice(0, 20)}, expected was ${VERSION}`);
  const found = crc32(JSON.stringify(value));
  if (crc !== found) throw damaged(FILE, `its CRC is ${found}, expected was ${String(crc).slice(0, 20)}`);
  const manifest = /** @type {Manifest} */ ({ ...raw });
  const strange = [manifest.stemmers].flat().find((name) => !exists(name));
  if (strange !== undefined) throw new SearchError('newer', FILE, `it needs the stemmer ${String(strange).slice(0, 20)}, which this page does not have`);
  check(Array.isArray(manifest.fields) && manifest.fields.length <= 30 && manifest.fields.every((field) => typeof field?.name === 'string'), 'fields');
  check(Array.isArray(manifest.stemmers) && Array.isArray(manifest.stores), 'stemmers and stores');
  check(manifest.scoring?.k1 >= 0 && manifest.scoring.b >= 0 && manifest.scoring.b <= 1000, 'scoring');
  check(Array.isArray(manifest.segments), 'segments');
  manifest.segments = manifest.segments.map((segment) => ({ ...segment, t: separators(segment.t), w: separators(segment.w) }));
  for (const store of manifest.stores) checkStore(store);
  for (const segment of manifest.segments) checkSegment(segment, manifest);
  return manifest;
}

/**
 * @param {unknown} condition
 * @param {string} what
 */
function check(condition, what) {
  if (!condition) throw damaged(FILE, `${what}: not what it should be`);
}

/** @param {unknown} value */
const isCount = (value) => Number.isInteger(value) && /** @type {number} */ (value) >= 0 && /** @type {number} */ (value) < MAX_DOCS;

/** @param {unknown} id */
const isId = (id) => typeof id === 'string' && /^[0-9a-f]{16}$/.test(id);

/** @param {StoreInfo} store */
function checkStore(store) {
  check(isId(store?.id) && isCount(store.docs) && isCount(store.d) && isCount(store.x) && store.per > 0, `store ${store?.id}`);
}

/**
 * Separators stand without what they begin with as the one before does: how much that is says a character in front.
 * @param {unknown} coded
 * @returns {string[]}
 */
function separators(coded) {
  check(Array.isArray(coded), 'separators');
  let before = '';
  return /** @type {unknown[]} */ (coded).map((text) => {
    check(typeof text === 'string' && text.charCodeAt(0) - 48 <= before.length, 'separators');
    return (before = before.slice(0, /** @type {string} */ (text).charCodeAt(0) - 48) + /** @type {string} */ (text).slice(1));
  });
}

/**
 * @param {SegmentInfo} segment
 * @param {Manifest} manifest
 */
function checkSegment(segment, { fields, stores }) {
  const what = `segment ${segment?.id}`;
  check(isId(segment?.id), what);
  for (const key of /** @type {const} */ (['docs', 'tn', 'l', 'p', 'q', 'wn', 'c'])) check(isCount(segment[key]), `${what}, ${key}`);
  check(Array.isArray(segment.lengths) && segment.lengths.length === fields.length && segment.lengths.every(Number.isSafeInteger), `${what}, lengths`);
  check(Array.isArray(segment.map), `${what}, map`);
  check(segment.t.length === Math.max(segment.tn - 1, 0) && segment.w.length === Math.max(segment.wn - 1, 0), `${what}, separators`);
  let mapped = 0;
  for (let i = 0; i < segment.map.length; i += 3) {
    const [store, first, count] = segment.map.slice(i, i + 3);
    check(stores[store] && first + count <= stores[store].docs, `${what}, map`);
    mapped += count;
  }
  check(mapped === segment.docs, `${what}, map`);
  check(Array.isArray(segment.deleted) && segment.deleted.every(isCount), `${what}, deleted`);
}
