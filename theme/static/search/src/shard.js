/**
 * From the arguments of a shard's script to its payload (docs/shard-format.md, section 4).
 */
import { SearchError, damaged } from './errors.js';

/**
 * What a shard's script hands over.
 * @typedef {object} Wrapped
 * @property {string} name
 * @property {number} size bytes of the raw payload
 * @property {string} base64 of one gzip member
 */

/** The version of the format that this program reads. */
export const VERSION = 2;
const MAX_PAYLOAD = 1 << 24;

/** @param {string} name of a shard */
export const fileOf = (name) => `x/${name}.js`;

/**
 * The payload of a shard, checked: name, length, gzip's CRC, head.
 * @param {string} name the one asked for
 * @param {Wrapped} wrapped
 * @returns {Promise<Uint8Array>}
 */
export async function unwrap(name, wrapped) {
  const file = fileOf(name);
  if (wrapped.name !== name) throw damaged(file, `the file holds ${String(wrapped.name).slice(0, 40)} and not ${name}`);
  const { size } = wrapped;
  if (!Number.isInteger(size) || size < 0) throw damaged(file, 'the length it gives is not a number of bytes');
  if (size > MAX_PAYLOAD) throw damaged(file, `${size} bytes are more than a shard may have`);
  const payload = await gunzip(fromBase64(String(wrapped.base64), file), size, file);
  checkHead(payload, name);
  return payload;
}

/**
 * @param {Uint8Array} payload
 * @param {string} name
 */
function checkHead(payload, name) {
  const file = fileOf(name);
  const kind = name[name.indexOf('/') + 1];
  if (payload[0] !== 0x42 || payload[1] !== 0x46) throw damaged(file, 'it does not start with "BF"');
  if (payload[2] > VERSION) throw tooNew(file, payload[2]);
  if (payload[2] !== VERSION) throw damaged(file, `its format version is ${payload[2]}, expected was ${VERSION}`);
  const found = String.fromCharCode(payload[3]);
  if (found !== kind) throw damaged(file, `it is of kind "${found}", expected was "${kind}"`);
}

/**
 * @param {string} file
 * @param {number} version
 */
export function tooNew(file, version) {
  return new SearchError('newer', file, `this page is older than the index: it reads version ${VERSION} and found ${version}`);
}

/**
 * @param {string} text
 * @param {string} file
 * @returns {Uint8Array<ArrayBuffer>}
 */
function fromBase64(text, file) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw damaged(file, 'its data is not base64');
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * Unpacks at most `size` bytes; more, fewer or a wrong CRC are damage.
 * @param {Uint8Array<ArrayBuffer>} packed
 * @param {number} size
 * @param {string} file
 */
async function gunzip(packed, size, file) {
  const payload = new Uint8Array(size);
  let length = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length <= size) payload.set(value, length);
      length += value.length;
      if (length > size) {
        await reader.cancel();
        break;
      }
    }
  } catch (error) {
    throw damaged(file, `its data cannot be unpacked (${error instanceof Error ? error.message : error})`);
  }
  if (length !== size) throw damaged(file, `${size} bytes were expected and ${length > size ? 'more' : length} found`);
  return payload;
}
