/**
 * The basic types of the format (docs/shard-format.md, section 3), read from left to right.
 */
import { damaged } from './errors.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const ENCODER = new TextEncoder();
const MAX_UINT = 2 ** 53;

/** A place in the payload of a shard. Reading past the end is damage and says so. */
export class Cursor {
  /**
   * @param {Uint8Array} data
   * @param {string} file for messages
   * @param {number} [at]
   * @param {number} [end]
   */
  constructor(data, file, at = 0, end = data.length) {
    this.data = data;
    this.file = file;
    this.at = at;
    this.end = end;
    if (at > end || end > data.length) throw damaged(file, `something at byte ${at} should end at byte ${end} of ${data.length}`);
  }

  /** @returns {number} the next uint */
  uint() {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let scale = 128; scale <= 2 ** 49; scale *= 128) {
      byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value >= MAX_UINT) break;
        return value;
      }
    }
    throw damaged(this.file, `the number that ends at byte ${this.at} is too large`);
  }

  /** @returns {number} */
  byte() {
    if (this.at >= this.end) throw damaged(this.file, `it ends at byte ${this.at}, in the middle of something`);
    return this.data[this.at++];
  }

  /**
   * @param {number} count
   * @returns {Uint8Array}
   */
  bytes(count) {
    const end = this.at + count;
    if (end > this.end) throw damaged(this.file, `${count} bytes from byte ${this.at} go past its end`);
    const found = this.data.subarray(this.at, end);
    this.at = end;
    return found;
  }

  /**
   * A count of things that take at least `least` bytes each: checked before anything is made for them.
   * @param {number} [least]
   */
  count(least = 1) {
    return this.fits(this.uint(), least);
  }

  /**
   * @param {number} count
   * @param {number} [least]
   */
  fits(count, least = 1) {
    if (count * least > this.end - this.at) throw damaged(this.file, `${count} things cannot stand after byte ${this.at}`);
    return count;
  }

  /**
   * @param {number} count
   * @returns {Uint32Array} uints below 2^32
   */
  uints(count) {
    const found = new Uint32Array(this.fits(count));
    for (let i = 0; i < count; i++) found[i] = this.uint();
    return found;
  }

  /**
   * @param {number} count
   * @returns {Uint32Array} strictly ascending numbers, from their gaps
   */
  gaps(count) {
    const found = new Uint32Array(this.fits(count));
    const { data } = this;
    let last = 0;
    for (let i = 0; i < count; i++) {
      const byte = data[this.at];
      const gap = byte < 128 && this.at < this.end ? (this.at++, byte) : this.uint();
      if (i && !gap) throw damaged(this.file, `numbers before byte ${this.at} do not ascend`);
      last += gap;
      if (last > 0xffffffff) throw damaged(this.file, `a number before byte ${this.at} is too large`);
      found[i] = last;
    }
    return found;
  }

  /** @returns {string} */
  text() {
    return this.decode(this.bytes(this.uint()));
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {string}
   */
  decode(bytes) {
    try {
      return UTF8.decode(bytes);
    } catch {
      throw damaged(this.file, `the text before byte ${this.at} is not UTF-8`);
    }
  }

  /**
   * A part of the same payload.
   * @param {number} size
   */
  part(size) {
    const at = this.at;
    this.bytes(size);
    return new Cursor(this.data, this.file, at, at + size);
  }
}

/**
 * Order of keys: of their UTF-8 bytes, which is that of code points. UTF-16 units put U+FFFF after U+10000.
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
export function compareKeys(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x += x < 0xe000 ? 0x2000 : -0x800;
      y += y < 0xe000 ? 0x2000 : -0x800;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** @type {Uint32Array | undefined} */
let table;

/**
 * CRC-32 as in gzip.
 * @param {string} text
 * @returns {string} eight lower-case hexadecimal digits
 */
export function crc32(text) {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });
  let crc = -1;
  for (const byte of ENCODER.encode(text)) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ((crc ^ -1) >>> 0).toString(16).padStart(8, '0');
}
