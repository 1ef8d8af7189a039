/**
 * Counts of what was found: by section, author, tag, year, and how much of it in comments.
 */
import { Cursor } from './bytes.js';
import { runsOf } from './dates.js';
import { yearOf } from './days.js';
import { FACETS } from './filters.js';

/** @typedef {import('./evaluate.js').Evaluator} Evaluator */
/** @typedef {import('./filters.js').Facet} Facet */
/** @typedef {import('./segment.js').Segment} Segment */

/** @typedef {{ value: string, count: number }} Count */
/** @typedef {{ year: number, count: number }} Bar */

/** Values of a facet that are counted: those that most documents have. */
const VALUES = 20;

/**
 * The values of a facet that most documents have.
 * @param {Segment[]} segments
 * @param {number} field
 * @returns {Promise<string[]>}
 */
async function commonValues(segments, field) {
  /** @type {Map<string, number>} */
  const totals = new Map();
  for (const segment of segments) {
    const { payload, file } = await segment.shard('f', 0);
    const cursor = new Cursor(payload, file, 4);
    for (let facets = cursor.count(3); facets; facets--) {
      const id = cursor.uint();
      cursor.uint();
      for (let listed = cursor.count(2); listed; listed--) {
        const value = cursor.text();
        const df = cursor.uint();
        if (id === field) totals.set(value, (totals.get(value) ?? 0) + df);
      }
    }
  }
  const sorted = Array.from(totals).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return sorted.slice(0, VALUES).map(([value]) => value);
}

/**
 * How many of some documents each common value of a facet has; values that none has are left out.
 * @param {Evaluator} evaluator
 * @param {Facet} facet
 * @param {Uint32Array[]} found documents of each segment
 * @param {string[]} chosen values to count in any case
 * @returns {Promise<Count[]>}
 */
export async function countFacet(evaluator, facet, found, chosen) {
  const { segments } = evaluator.index;
  const field = evaluator.index.fieldId(FACETS[facet]);
  if (field < 0) return [];
  const values = [...new Set([...chosen, ...(await commonValues(segments, field))])];
  const held = found.map((docs, s) => flags(docs, segments[s].info.docs));
  const counts = await Promise.all(
    values.map(async (value) => {
      let count = 0;
      const { entries } = await evaluator.index.key(value);
      for (const [s, segment] of segments.entries()) {
        const entry = entries[s];
        for (const list of entry ? await segment.lists(entry) : []) list.get(field)?.docs.forEach((doc) => (count += held[s][doc]));
      }
      return { value, count };
    }),
  );
  return counts.filter(({ value, count }) => count || chosen.includes(value)).sort((a, b) => b.count - a.count);
}

/**
 * 1 for each of some documents.
 * @param {Uint32Array} docs
 * @param {number} documents
 */
export function flags(docs, documents) {
  const held = new Uint8Array(documents);
  for (const doc of docs) held[doc] = 1;
  return held;
}

/**
 * How many of some documents each year has, by the year their date begins in; years between that have none are there, too.
 * @param {Segment[]} segments
 * @param {Uint32Array[]} found documents of each segment
 * @returns {Promise<{ bars: Bar[], undated: number }>}
 */
export async function histogram(segments, found) {
  /** @type {Map<number, number>} */
  const years = new Map();
  let undated = 0;
  for (const [s, segment] of segments.entries()) {
    const docs = found[s];
    let i = 0;
    for (const { day, first, count } of await runsOf(segment)) {
      const before = i;
      while (i < docs.length && docs[i] < first + count) i++;
      if (i === before) continue;
      if (day) years.set(yearOf(day), (years.get(yearOf(day)) ?? 0) + i - before);
      else undated += i - before;
    }
  }
  const [first, last] = [Math.min(...years.keys()), Math.max(...years.keys())];
  const bars = years.size ? Array.from({ length: last - first + 1 }, (_, n) => ({ year: first + n, count: years.get(first + n) ?? 0 })) : [];
  return { bars, undated };
}
