/**
 * The best of many documents, without sorting them all.
 */

/**
 * @typedef {object} Ranked
 * @property {number} doc in the whole index
 * @property {number} score
 */

/**
 * @param {Ranked} a
 * @param {Ranked} b
 */
export const byScore = (a, b) => b.score - a.score || a.doc - b.doc;

/** Keeps the best `size` of what it is offered: higher score, then lower number. */
export class Top {
  /** @param {number} size */
  constructor(size) {
    this.size = size;
    /** @type {Ranked[]} a heap, the worst on top */
    this.heap = [];
  }

  /**
   * @param {number} doc
   * @param {number} score
   */
  offer(doc, score) {
    const { heap, size } = this;
    if (heap.length < size) {
      heap.push({ doc, score });
      this.up(heap.length - 1);
    } else if (size && (heap[0].score < score || (heap[0].score === score && heap[0].doc > doc))) {
      heap[0] = { doc, score };
      this.down();
    }
  }

  /** The score that a document must beat. */
  get floor() {
    return this.heap.length < this.size || !this.size ? -Infinity : this.heap[0].score;
  }

  /** @returns {Ranked[]} best first */
  sorted() {
    return this.heap.slice().sort(byScore);
  }

  /** @param {number} i */
  up(i) {
    const { heap } = this;
    while (i) {
      const parent = (i - 1) >> 1;
      if (byScore(heap[i], heap[parent]) < 0) return;
      [heap[i], heap[parent]] = [heap[parent], heap[i]];
      i = parent;
    }
  }

  down() {
    const { heap } = this;
    for (let i = 0; ; ) {
      let worst = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && byScore(heap[child], heap[worst]) > 0) worst = child;
      }
      if (worst === i) return;
      [heap[i], heap[worst]] = [heap[worst], heap[i]];
      i = worst;
    }
  }
}
