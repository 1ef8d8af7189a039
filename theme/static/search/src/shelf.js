/**
 * What was made once and is kept while there is room: the longest unused goes first.
 */

/** @template T */
export class Shelf {
  /**
   * @param {number} room
   * @param {(value: T) => number} size of a value, in the units of the room
   */
  constructor(room, size) {
    this.room = room;
    this.size = size;
    this.held = 0;
    /** @type {Map<string, { value: Promise<T>, size: number }>} */
    this.entries = new Map();
  }

  /**
   * @param {string} name
   * @param {() => Promise<T>} make what failed is made again the next time
   * @returns {Promise<T>}
   */
  get(name, make) {
    const { entries } = this;
    const entry = entries.get(name) ?? { value: make(), size: 0 };
    const isNew = !entries.delete(name);
    entries.set(name, entry);
    if (isNew) {
      entry.value.then(
        (value) => entries.get(name) === entry && this.keep(entry, this.size(value)),
        () => entries.get(name) === entry && entries.delete(name),
      );
    }
    return entry.value;
  }

  /**
   * @param {{ size: number }} entry
   * @param {number} size
   */
  keep(entry, size) {
    entry.size = size;
    this.held += size;
    for (const [name, old] of this.entries) {
      if (this.held <= this.room) break;
      if (!old.size || old === entry) continue; // not made yet, or just made
      this.entries.delete(name);
      this.held -= old.size;
    }
  }
}
