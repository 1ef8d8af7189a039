/**
 * The segments as one index: documents in all, keys over all segments, the figures that scores need.
 */
import { Adder } from './matches.js';
import { fieldStats, idf } from './score.js';
import { Segment } from './segment.js';
import { Shelf } from './shelf.js';

/** @typedef {import('./manifest.js').Manifest} Manifest */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./matches.js').Match} Match */
/** @typedef {import('./postings.js').Entry} Entry */
/** @typedef {import('./streams.js').Stream} Stream */

/** Keys to keep. */
const KEYS = 5000;
/** Found documents to keep, of all parts of questions together; each takes 12 bytes. */
const MATCHES = 2_000_000;
/** Parts of questions to keep as far as they are known. */
const STREAMS = 64;

/** A key, with what each segment knows of it. */
export class Key {
  /**
   * @param {string} key
   * @param {(Entry | null)[]} entries by segment
   */
  constructor(key, entries) {
    this.key = key;
    this.entries = entries;
  }

  /**
   * @param {number} field
   * @returns {number} documents that hold the key, deleted ones included
   */
  df(field) {
    return this.entries.reduce((sum, entry) => sum + (entry?.df.get(field) ?? 0), 0);
  }
}

export class Index {
  /**
   * @param {Manifest} manifest
   * @param {Library} library
   */
  constructor(manifest, library) {
    this.manifest = manifest;
    this.documents = 0;
    this.segments = manifest.segments.map((info) => {
      const segment = new Segment(info, this.documents, manifest.fields, library);
      this.documents += info.docs;
      return segment;
    });
    this.scoring = { k1: manifest.scoring.k1 / 1000, b: manifest.scoring.b / 1000 };
    this.fields = manifest.fields.map((field, id) => ({
      ...field,
      ...fieldStats(this.segments.reduce((sum, { info }) => sum + info.lengths[id], 0), this.documents, this.scoring),
    }));
    this.adders = this.segments.map(({ info }) => new Adder(info.docs));
    /** @type {Shelf<Key>} */
    this.keys = new Shelf(KEYS, () => 1);
    /** @type {Shelf<Match>} what was found for parts of questions, by segment */
    this.matches = new Shelf(MATCHES, ({ docs }) => docs.length + 50);
    /** @type {Shelf<Stream>} */
    this.streams = new Shelf(STREAMS, () => 1);
  }

  /**
   * @param {string} key
   * @returns {Promise<Key>}
   */
  key(key) {
    return this.keys.get(key, async () => new Key(key, await Promise.all(this.segments.map((segment) => segment.entry(key)))));
  }

  /**
   * @param {Key} key
   * @param {number} field
   */
  weight(key, field) {
    return idf(this.documents, key.df(field));
  }

  /** @param {string} name */
  fieldId(name) {
    return this.manifest.fields.findIndex((field) => field.name === name);
  }

  /** How many blocks of terms there are. */
  get blocks() {
    return this.segments.reduce((sum, { info }) => sum + info.tn, 0);
  }

  /**
   * The segment of a document.
   * @param {number} doc in the whole index
   */
  place(doc) {
    const segment = this.segments.findLast(({ base }) => base <= doc);
    if (!segment) throw new RangeError(`no document ${doc}`);
    return { segment, doc: doc - segment.base };
  }
}
