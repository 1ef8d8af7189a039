/**
 * The segments as one index: documents in all, keys over all segments, the figures that scores need.
 */
import { Adder } from './matches.js';
import { fieldStats, idf } from './score.js';
import { Segment } from './segment.js';

/** @typedef {import('./manifest.js').Manifest} Manifest */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./postings.js').Entry} Entry */

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
    this.library = library;
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
    /** @type {Map<string, Promise<Key>>} */
    this.keys = new Map();
  }

  /**
   * @param {string} key
   * @returns {Promise<Key>}
   */
  key(key) {
    let found = this.keys.get(key);
    if (!found) {
      found = Promise.all(this.segments.map((segment) => segment.entry(key))).then((entries) => new Key(key, entries));
      found.catch(() => this.keys.delete(key));
      if (this.keys.size > 5000) this.keys.clear();
      this.keys.set(key, found);
    }
    return found;
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

  /** How many documents can be found. */
  get living() {
    return this.segments.reduce((sum, { info, deleted }) => sum + info.docs - deleted.size, 0);
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
