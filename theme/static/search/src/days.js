/**
 * Days as the index counts them (docs/shard-format.md, section 10): 1 is 1 January of year 1.
 */

/** @typedef {[from: number, to: number]} Days both inclusive */

const EPOCH = 719163;
const FIRST = 1;
const LAST = 3652059; // 31 December 9999

/**
 * @param {number} year
 * @param {number} month 1 to 13
 * @param {number} day
 */
function ordinal(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86400000 + EPOCH;
}

/**
 * The days of `2013`, `2013-05` or `2013-05-04`; of as much of it as can be read, null when that is nothing.
 * @param {string} text
 * @returns {Days | null}
 */
export function daysOf(text) {
  const match = /(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?/.exec(text);
  if (!match || match[1] === '0000') return null;
  const [year, month = 0, day = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12) return [ordinal(year, 1, 1), ordinal(year + 1, 1, 1) - 1];
  const [first, last] = [ordinal(year, month, 1), ordinal(year, month + 1, 1) - 1];
  return day >= 1 && day <= last - first + 1 ? [first + day - 1, first + day - 1] : [first, last];
}

/**
 * The days of a range; an end that is missing or cannot be read is open.
 * @param {string | null} start
 * @param {string | null} end
 * @param {boolean} [afterStart] the start itself is not meant
 * @param {boolean} [beforeEnd]
 * @returns {Days}
 */
export function daysBetween(start, end, afterStart = false, beforeEnd = false) {
  const from = start ? daysOf(start) : null;
  const to = end ? daysOf(end) : null;
  return [from ? (afterStart ? from[1] + 1 : from[0]) : FIRST, to ? (beforeEnd ? to[0] - 1 : to[1]) : LAST];
}

/**
 * The year of a day.
 * @param {number} day
 */
export const yearOf = (day) => new Date((day - EPOCH) * 86400000).getUTCFullYear();
