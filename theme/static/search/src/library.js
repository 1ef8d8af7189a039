/**
 * The shards of an index: fetched once, checked, and kept while there is room.
 */
import { SearchError } from './errors.js';
import { isKnown, learn } from './languages.js';
import { readManifest } from './manifest.js';
import { Shelf } from './shelf.js';
import { unwrap } from './shard.js';

/** @typedef {import('./languages.js').Language} Language */
/** @typedef {import('./shard.js').Wrapped} Wrapped */
/** @typedef {import('./manifest.js').Manifest} Manifest */

/**
 * Where the files come from: scripts in a page, files for a program. A source fails with a SearchError.
 * @typedef {object} Source
 * @property {(again: boolean) => Promise<{ value: unknown, crc: unknown }>} manifest `again`: not from a cache
 * @property {(name: string) => Promise<Wrapped>} shard
 * @property {(name: string) => Promise<Language>} stemmer
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
    /** @type {Shelf<Uint8Array>} */
    this.shelf = new Shelf(ROOM, ({ length }) => length);
  }

  /**
   * @param {boolean} [again]
   * @returns {Promise<Manifest>}
   */
  async manifest(again = false) {
    const { value, crc } = await this.source.manifest(again);
    const manifest = readManifest(value, crc);
    await Promise.all(manifest.stemmers.map((name) => this.stemmer(name)));
    return manifest;
  }

  /**
   * Loads what is known of a language, if it is not here.
   * @param {string} name of the stemmer
   */
  async stemmer(name) {
    if (!isKnown(name)) learn(name, await this.source.stemmer(name));
  }

  /**
   * @param {string} id of a segment or store
   * @param {string} kind
   * @param {number} number
   * @returns {Promise<Uint8Array>} the payload of a shard
   */
  shard(id, kind, number) {
    const name = `${id}/${kind}${number}`;
    return this.shelf.get(name, () => this.fetch(name));
  }

  /** @param {string} name */
  async fetch(name) {
    const wrapped = await this.source.shard(name);
    this.onShard(name, wrapped.base64?.length ?? 0);
    return unwrap(name, wrapped);
  }
}

/**
 * Whether an error can mean that the site was built anew while this page was open.
 * @param {unknown} error
 */
export function maybeReplaced(error) {
  return error instanceof SearchError && (error.trouble === 'missing' || error.trouble === 'damaged') && error.file !== 'manifest.js';
}
