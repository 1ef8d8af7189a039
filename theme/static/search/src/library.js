/**
 * The shards of an index: fetched once, checked, and kept while there is room.
 */
import { SearchError } from './errors.js';
import { readManifest } from './manifest.js';
import { unwrap } from './shard.js';

/** @typedef {import('./shard.js').Wrapped} Wrapped */
/** @typedef {import('./manifest.js').Manifest} Manifest */

/**
 * Where the files come from: scripts in a page, files for a program. A source fails with a SearchError.
 * @typedef {object} Source
 * @property {(again: boolean) => Promise<{ value: unknown, crc: unknown }>} manifest `again`: not from a cache
 * @property {(name: string) => Promise<Wrapped>} shard
 */

const ROOM = 48 << 20;

export class Library {
  /**
   * @param {Source} source
   * @param {(name: string, bytes: number) => void} [onShard] told of each shard that was fetched
   */
  constructor(source, onShard = () => {}) {
    this.source = source;
    this.onShard = onShard;
    /** @type {Map<string, { payload: Promise<Uint8Array>, bytes: number }>} */
    this.shelf = new Map();
    this.held = 0;
  }

  /**
   * @param {boolean} [again]
   * @returns {Promise<Manifest>}
   */
  async manifest(again = false) {
    const { value, crc } = await this.source.manifest(again);
    return readManifest(value, crc);
  }

  /**
   * @param {string} id of a segment or store
   * @param {string} kind
   * @param {number} number
   * @returns {Promise<Uint8Array>} the payload of a shard
   */
  shard(id, kind, number) {
    const name = `${id}/${kind}${number}`;
    const found = this.shelf.get(name);
    if (found) {
      this.shelf.delete(name);
      this.shelf.set(name, found);
      return found.payload;
    }
    const entry = { payload: this.fetch(name), bytes: 0 };
    this.shelf.set(name, entry);
    entry.payload.then(
      (payload) => this.keep(name, entry, payload.length),
      () => this.shelf.get(name) === entry && this.shelf.delete(name),
    );
    return entry.payload;
  }

  /** @param {string} name */
  async fetch(name) {
    const wrapped = await this.source.shard(name);
    this.onShard(name, wrapped.base64?.length ?? 0);
    return unwrap(name, wrapped);
  }

  /**
   * @param {string} name
   * @param {{ bytes: number }} entry
   * @param {number} bytes
   */
  keep(name, entry, bytes) {
    if (this.shelf.get(name) !== entry) return;
    entry.bytes = bytes;
    this.held += bytes;
    for (const [old, { bytes: size }] of this.shelf) {
      if (this.held <= ROOM) break;
      if (!size || old === name) continue;
      this.shelf.delete(old);
      this.held -= size;
    }
  }
}

/**
 * Whether an error can mean that the site was built anew while this page was open.
 * @param {unknown} error
 */
export function maybeReplaced(error) {
  return error instanceof SearchError && (error.trouble === 'missing' || error.trouble === 'damaged') && error.file !== 'manifest.js';
}
