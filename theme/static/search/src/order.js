/**
 * Orders other than by score (docs/shard-format.md, sections 10 and 12).
 */
import { COMMENTS, columnOf } from './columns.js';
import { runsOf } from './dates.js';
import { byScore } from './top.js';

/** @typedef {import('./segment.js').Segment} Segment */
/** @typedef {import('./top.js').Ranked} Ranked */

/** @typedef {'relevance' | 'newest' | 'oldest' | 'discussed'} Order */

/**
 * Puts documents in order.
 * @param {Segment[]} segments
 * @param {Order} order
 * @param {Ranked[]} found
 * @returns {Promise<Ranked[]>}
 */
export async function ordered(segments, order, found) {
  if (order === 'relevance') return found.sort(byScore);
  const values = await valuesOf(segments, order, found);
  const sign = order === 'oldest' ? 1 : -1;
  return found.sort((a, b) => {
    const [x, y] = [values.get(a.doc) ?? 0, values.get(b.doc) ?? 0];
    if (x === y) return sign * (a.doc - b.doc);
    if (order !== 'discussed' && (!x || !y)) return x ? -1 : 1; // the undated are last in both directions
    return sign * (x - y);
  });
}

/**
 * The number that each document is ordered by.
 * @param {Segment[]} segments
 * @param {Exclude<Order, 'relevance'>} order
 * @param {Ranked[]} found
 */
async function valuesOf(segments, order, found) {
  /** @type {Map<number, number>} */
  const values = new Map();
  await Promise.all(
    segments.map(async (segment) => {
      const { base, info } = segment;
      const docs = Uint32Array.from(found.filter(({ doc }) => doc >= base && doc < base + info.docs), ({ doc }) => doc - base).sort();
      const numbers = order === 'discussed' ? await columnOf(segment, COMMENTS, docs) : await daysOfDocs(segment, docs);
      docs.forEach((doc, i) => values.set(base + doc, numbers[i]));
    }),
  );
  return values;
}

/**
 * @param {Segment} segment
 * @param {Uint32Array} docs ascending
 */
async function daysOfDocs(segment, docs) {
  const runs = await runsOf(segment);
  let run = 0;
  return docs.map((doc) => {
    while (run + 1 < runs.length && runs[run + 1].first <= doc) run++;
    return runs[run].day;
  });
}
