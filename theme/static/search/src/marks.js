/**
 * Which words of a text a question asked for, and the piece of it that shows them best.
 */
import { tokens } from './analysis.js';
import { fits } from './expand.js';

/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./query.js').Leaf} Leaf */

/**
 * A piece of text; pieces are shown one after the other, as text, the marked ones in `<mark>`.
 * @typedef {{ text: string, marked: boolean }} Piece
 */

/**
 * A word of a text that was asked for. `what` tells which part of the question it answers.
 * @typedef {{ start: number, end: number, what: string }} Mark
 */

/** Characters of a snippet, more or less. */
const LENGTH = 240;

/**
 * The leaves of a query that a document can be found by; not those that it must not match.
 * @param {Query} query
 * @returns {Leaf[]}
 */
export function leavesOf(query) {
  switch (query.op) {
    case 'and':
    case 'or':
      return query.subs.flatMap(leavesOf);
    case 'andmaybe':
      return query.subs.flatMap(leavesOf);
    case 'andnot':
      return leavesOf(query.subs[0]);
    case 'not':
    case 'none':
    case 'every':
    case 'dates':
      return [];
    default:
      return [query];
  }
}

/** Words that a link carries. */
const CARRIED = 40;

/**
 * The words of some leaves as links to articles carry them: keys, `oil*`, `o?l`, `oil~1/1`.
 * @param {Leaf[]} leaves
 */
export function carried(leaves) {
  const words = leaves.flatMap((leaf) => {
    switch (leaf.op) {
      case 'term':
        return [leaf.key];
      case 'phrase':
        return leaf.keys;
      case 'prefix':
        return [`${leaf.text}*`];
      case 'wildcard':
        return [leaf.text];
      case 'fuzzy':
        return [`${leaf.text}~${leaf.distance}/${leaf.letters}`];
      default:
        return [];
    }
  });
  return [...new Set(words)].slice(0, CARRIED).join(' ');
}

/** Finds the words that were asked for in one field. */
export class Marker {
  /** @param {Leaf[]} leaves of this field */
  constructor(leaves) {
    this.keys = new Set(leaves.flatMap((leaf) => (leaf.op === 'term' ? [leaf.key] : leaf.op === 'phrase' ? leaf.keys : [])));
    /** @type {((key: string) => boolean)[]} */
    this.tests = leaves.flatMap((leaf) => (leaf.op === 'term' || leaf.op === 'phrase' ? [] : [fits(leaf)]));
  }

  /** @param {string} key */
  wants(key) {
    return this.keys.has(key) || this.tests.some((test) => test(key));
  }

  /**
   * @param {string} text in NFC
   * @param {string} stemmer
   * @returns {Mark[]}
   */
  marks(text, stemmer) {
    if (!this.keys.size && !this.tests.length) return [];
    return tokens(text, stemmer).flatMap((token) => {
      const wanted = token.keys.filter((key) => this.wants(key));
      return wanted.length ? [placed(text, token, wanted)] : [];
    });
  }
}

/**
 * In a run of grams only the grams asked for are marked.
 * @param {string} text
 * @param {import('./analysis.js').Token} token
 * @param {string[]} wanted
 * @returns {Mark}
 */
function placed(text, { word, start, end }, wanted) {
  const whole = { start, end, what: wanted[0] };
  if (end - start !== word.length || !wanted.every((key) => word.includes(key)) || text.slice(start, end).toLowerCase() !== word) return whole;
  const first = Math.min(...wanted.map((key) => word.indexOf(key)));
  const last = Math.max(...wanted.map((key) => word.lastIndexOf(key) + key.length));
  return /^[a-z0-9]/.test(word) ? whole : { start: start + first, end: start + last, what: wanted[0] };
}

/**
 * How much of the question some marks answer.
 * @param {Mark[]} marks
 */
export const variety = (marks) => new Set(marks.map(({ what }) => what)).size;

/**
 * A whole text, with its marks.
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {Piece[]}
 */
export function pieces(text, marks) {
  return between(text, marks, 0, text.length);
}

/**
 * @param {string} text
 * @param {Mark[]} marks
 * @param {number} from
 * @param {number} to
 * @returns {Piece[]}
 */
function between(text, marks, from, to) {
  /** @type {Piece[]} */
  const found = [];
  let at = from;
  for (const { start, end } of marks) {
    if (start < at || end > to) continue;
    if (start > at) found.push({ text: text.slice(at, start), marked: false });
    found.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < to) found.push({ text: text.slice(at, to), marked: false });
  return found;
}

/**
 * The piece of a text that shows most of what was asked for; its beginning when there is nothing to show.
 * @param {string} text
 * @param {Mark[]} marks ascending
 * @param {{ length?: number, inside?: boolean, goesOn?: boolean }} [options] `inside`: something stands before the text; `goesOn`: after it
 * @returns {Piece[]}
 */
export function snippet(text, marks, { length = LENGTH, inside = false, goesOn = false } = {}) {
  const [first, last] = densest(marks, length);
  const spare = length - (last - first);
  const before = Math.round(first - Math.min(spare / 2, 80));
  const from = text.length <= length || before <= 20 ? 0 : wordStart(text, before);
  const to = from + length >= text.length ? text.length : wordEnd(text, Math.max(from + length, last));
  const shown = between(text, marks, from, to);
  if (from > 0 || inside) shown.unshift({ text: '… ', marked: false });
  if (to < text.length || goesOn) shown.push({ text: ' …', marked: false });
  return shown;
}

/**
 * The window that holds most different words, then most words, then comes first.
 * @param {Mark[]} marks
 * @param {number} length
 * @returns {[from: number, to: number]}
 */
function densest(marks, length) {
  /** @type {[number, number]} */
  let window = [0, 0];
  let best = 0;
  /** @type {Map<string, number>} */
  const held = new Map();
  let last = 0;
  marks.forEach((mark, first) => {
    while (last < marks.length && marks[last].end - mark.start <= length) {
      held.set(marks[last].what, (held.get(marks[last].what) ?? 0) + 1);
      last++;
    }
    const worth = held.size * 1000 + (last - first);
    if (last > first && worth > best) {
      best = worth;
      window = [mark.start, marks[last - 1].end];
    }
    const left = (held.get(mark.what) ?? 1) - 1;
    if (left) held.set(mark.what, left);
    else held.delete(mark.what);
    if (last <= first) last = first + 1;
  });
  return window;
}

/**
 * @param {string} text
 * @param {number} at
 */
function wordStart(text, at) {
  const space = text.slice(at, at + 40).search(/\s/);
  if (space >= 0) return at + space + 1;
  return isLowSurrogate(text, at) ? at + 1 : at;
}

/**
 * @param {string} text
 * @param {number} at
 */
function wordEnd(text, at) {
  const space = text.slice(at, at + 40).search(/\s/);
  if (space >= 0) return at + space;
  return isLowSurrogate(text, at) ? at + 1 : at;
}

/**
 * @param {string} text
 * @param {number} at
 */
function isLowSurrogate(text, at) {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000;
}
