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
 * The days of `2013`, `2013-05` or `2013-05-04`; null for anything else.
 * @param {string} text
 * @returns {Days | null}
 */
export function daysOf(text) {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text.trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (year < 1 || (match[2] && (month < 1 || month > 12))) return null;
  if (!match[2]) return [ordinal(year, 1, 1), ordinal(year + 1, 1, 1) - 1];
  const [first, last] = [ordinal(year, month, 1), ordinal(year, month + 1, 1) - 1];
  if (!match[3]) return [first, last];
  return day >= 1 && day <= last - first + 1 ? [first + day - 1, first + day - 1] : null;
}

/**
 * The days of a range, either end open (null or empty); null when an end is no date.
 * @param {string | null} start
 * @param {string | null} end
 * @param {boolean} [afterStart] the start itself is not meant
 * @param {boolean} [beforeEnd]
 * @returns {Days | null}
 */
export function daysBetween(start, end, afterStart = false, beforeEnd = false) {
  /** @type {Days | null} */
  const from = start ? daysOf(start) : [FIRST, FIRST];
  /** @type {Days | null} */
  const to = end ? daysOf(end) : [LAST, LAST];
  if (!from || !to) return null;
  return [afterStart && start ? from[1] + 1 : from[0], beforeEnd && end ? to[0] - 1 : to[1]];
}

/**
 * The year of a day.
 * @param {number} day
 */
export const yearOf = (day) => new Date((day - EPOCH) * 86400000).getUTCFullYear();
