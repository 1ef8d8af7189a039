/**
 * When the documents of a segment were published (docs/shard-format.md, section 10).
 */
import { Cursor } from './bytes.js';
import { damaged } from './errors.js';
import { constant } from './matches.js';

/** @typedef {import('./segment.js').Segment} Segment */
/** @typedef {import('./query.js').Dates} Dates */

/**
 * Documents that follow each other and have the same date; day 0: undated.
 * @typedef {object} Run
 * @property {number} day
 * @property {number} span further days that the date can also mean
 * @property {number} first document
 * @property {number} count
 */

/** @type {WeakMap<Uint8Array, Run[]>} */
const opened = new WeakMap();

/**
 * @param {Segment} segment
 * @returns {Promise<Run[]>}
 */
export async function runsOf(segment) {
  const { payload, file } = await segment.shard('n', 0);
  let runs = opened.get(payload);
  if (!runs) opened.set(payload, (runs = readRuns(payload, file, segment.info.docs)));
  return runs;
}

/**
 * @param {Uint8Array} payload of an n shard
 * @param {string} file
 * @param {number} documents
 * @returns {Run[]}
 */
function readRuns(payload, file, documents) {
  const cursor = new Cursor(payload, file, 4);
  let [day, first] = [0, 0];
  const runs = Array.from({ length: cursor.count(3) }, () => {
    day += cursor.uint();
    const run = { day, span: cursor.uint(), first, count: cursor.uint() };
    first += run.count;
    return run;
  });
  if (first !== documents) throw damaged(file, `it has dates for ${first} documents, the segment has ${documents}`);
  return runs;
}

/**
 * The documents whose date is certainly inside a range of days.
 * @param {Segment} segment
 * @param {{ from: number, to: number }} days
 * @returns {Promise<Uint32Array>}
 */
export async function docsBetween(segment, { from, to }) {
  const inside = (await runsOf(segment)).filter(({ day, span }) => day > 0 && from <= day && day + span <= to);
  const docs = new Uint32Array(inside.reduce((sum, { count }) => sum + count, 0));
  let i = 0;
  for (const { first, count } of inside) for (let n = 0; n < count; n++) docs[i++] = first + n;
  return docs;
}

/**
 * @param {Segment} segment
 * @param {Dates} query
 */
export async function daysMatch(segment, query) {
  return constant(await docsBetween(segment, query), query.boost);
}
