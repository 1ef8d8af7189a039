/**
 * Queries: what the tree of a parsed text asks of the index, brought into Whoosh's normal form.
 */
import { accented, analyse, cut, fold, isGram, isWeak } from './analysis.js';
import { daysBetween, daysOf } from './days.js';
import { normalize } from './normal.js';
import { parse } from './syntax.js';
import { MAX_QUERY, tag } from './tags.js';

/** @typedef {import('./tags.js').Node} Node */
/** @typedef {import('./tags.js').GroupNode} GroupNode */
/** @typedef {import('./manifest.js').Manifest} Manifest */

/**
 * `field` is a field's id.
 * @typedef {{ op: 'term', field: number, key: string, boost: number }} Term
 * @typedef {{ op: 'phrase', field: number, keys: string[], slop: number, boost: number }} Phrase
 * @typedef {{ op: 'prefix' | 'wildcard', field: number, text: string, boost: number }} Pattern
 * @typedef {{ op: 'fuzzy', field: number, text: string, distance: number, letters: number, boost: number }} Fuzzy
 * @typedef {{ op: 'range', field: number, start: string | null, end: string | null, afterStart: boolean, beforeEnd: boolean, boost: number }} Range
 * @typedef {{ op: 'dates', from: number, to: number, boost: number }} Dates
 * @typedef {{ op: 'every' }} Every all documents
 * @typedef {{ op: 'and' | 'or', subs: Query[], boost: number }} Compound
 * @typedef {{ op: 'not', sub: Query }} Not
 * @typedef {{ op: 'andnot' | 'andmaybe', subs: [Query, Query] }} Binary
 * @typedef {{ op: 'none' }} Nothing
 * @typedef {Pattern | Fuzzy | Range} Expanding stands for several keys
 * @typedef {Term | Phrase | Expanding} Leaf
 * @typedef {Leaf | Dates | Every | Compound | Not | Binary | Nothing} Query
 */

/**
 * A text, understood.
 * @typedef {object} Question
 * @property {Query} query
 * @property {Query | null} some any of the words, for a question that is two or more words and nothing else
 */

const MAX_DISTANCE = 2;
const MAX_VALUE = 200;
/** What telephones make of quotation marks. */
const QUOTES = /[“-„«»]/g;
/** After a space: a question mark alone on a word is a pattern. */
const QUESTION_MARK = /(?<=\s)(\S*?)\?+\s*$/u;
/** @type {Nothing} */
const NONE = { op: 'none' };

export class Asker {
  /** @param {Manifest} manifest */
  constructor(manifest) {
    this.stemmers = manifest.stemmers.length ? manifest.stemmers : ['none'];
    this.keepsStops = false;
    /** @type {Map<string, { id: number, exact: boolean }>} */
    this.fields = new Map(manifest.fields.map(({ name, kind }, id) => [name, { id, exact: kind === 'exact' }]));
    const defaults = manifest.fields.filter(({ boost }) => boost > 0).map(({ name, boost }) => ({ name, boost: boost / 1000 }));
    this.names = { fields: new Set([...this.fields.keys(), 'date']), defaults };
    this.halfTyped = new RegExp(`(?:^|(?<=[\\s(]))(?:AND|OR|NOT|ANDNOT|ANDMAYBE|(?:${[...this.names.fields].join('|')}):)[\\s(]*$`, 'u');
  }

  /**
   * Never throws: what cannot be understood is left out.
   * @param {string} text
   * @param {import('./filters.js').Place} [where] which of the default fields to look in
   * @returns {Question}
   */
  ask(text, where = 'everywhere') {
    const defaults = this.names.defaults.filter(({ name }) => where === 'everywhere' || (name === 'comments') === (where === 'comments'));
    const whole = this.completed(text);
    const understood = () => normalize(this.build(parse(whole, { ...this.names, defaults })) ?? NONE);
    let query = understood();
    if (query.op === 'none' && this.stemmers.length > 1) {
      // nothing but stop words, though not of every language
      this.keepsStops = true;
      query = understood();
      this.keepsStops = false;
    }
    const words = this.plainWords(whole);
    return { query, some: words.length > 1 ? this.some(words, defaults) : null };
  }

  /**
   * A text without what is only half typed at its end (an operator, the name of a field), or ends a sentence.
   * @param {string} text
   */
  completed(text) {
    // Cut first: sorting a pile of marks costs its height squared.
    let whole = cut(text, MAX_QUERY).normalize('NFC').replace(QUOTES, '"').replace(QUESTION_MARK, '$1');
    for (let before = ''; before !== whole; whole = whole.replace(this.halfTyped, '')) before = whole;
    return whole;
  }

  /**
   * The words of a text that is nothing but words, parentheses and question marks; none for any other.
   * @param {string} text
   * @returns {string[]}
   */
  plainWords(text) {
    /** @type {string[]} */
    const words = [];
    for (const node of tag(text)) {
      if (node.type === 'word') words.push(node.text);
      else if (node.type === 'fieldname' && !this.names.fields.has(node.name)) words.push(node.original);
      else if (!['space', 'open', 'close'].includes(node.type) && !(node.type === 'wild' && node.text === '?')) return [];
    }
    return words.filter((word) => this.ways(word).length);
  }

  /**
   * Any key of some words in any default field; weak words only when there are no others.
   * @param {string[]} words
   * @param {{ name: string, boost: number }[]} defaults
   * @returns {Query}
   */
  some(words, defaults) {
    const strong = words.filter((word) => !isWeak(word, this.stemmers));
    const keys = new Set((strong.length ? strong : words).flatMap((word) => this.ways(word).flat()));
    const subs = Array.from(keys).flatMap((key) =>
      defaults.map(({ name, boost }) => /** @type {Term} */ ({ op: 'term', field: this.fields.get(name)?.id, key, boost })),
    );
    return normalize({ op: 'or', subs, boost: 1 });
  }

  /**
   * The different lists of keys that the stemmers in use give for a text; none is empty. There are none when the text is a stop word
   * of any language in use: its texts could not be found by it.
   * @param {string} text
   */
  ways(text) {
    const lists = this.stemmers.flatMap((stemmer) => Array.from(new Set([text, accented(text, stemmer)]), (way) => analyse(way, stemmer)));
    if (!this.keepsStops && lists.some(({ length }) => !length)) return [];
    return [...new Map(lists.filter(({ length }) => length).map((keys) => [keys.join(' '), keys])).values()];
  }

  /**
   * @param {Node} node
   * @returns {Query | null} null when nothing is left of it
   */
  build(node) {
    switch (node.type) {
      case 'group':
        return this.group(node);
      case 'every':
        return { op: 'every' };
      case 'word':
      case 'wild':
      case 'prefix':
      case 'phrase':
      case 'fuzzy':
      case 'range': {
        if (node.field === 'date') return dates(node);
        const field = this.fields.get(node.field ?? '');
        return field ? (field.exact ? exact(node, field.id) : this.text(node, field.id)) : null;
      }
      default:
        return null;
    }
  }

  /**
   * @param {GroupNode} node
   * @returns {Query | null}
   */
  group({ kind, nodes, boost }) {
    const built = nodes.map((node) => this.build(node));
    if (kind === 'and' || kind === 'or') return { op: kind, subs: built.filter((query) => query !== null), boost };
    const [a, b] = built;
    if (kind === 'not') return a && !isEmpty(a) ? { op: 'not', sub: a } : null;
    if (a && b) return { op: kind, subs: [a, b] };
    return a ?? b ?? null;
  }

  /**
   * @param {Extract<Node, { field: string | null }>} node
   * @param {number} field
   * @returns {Query | null}
   */
  text(node, field) {
    switch (node.type) {
      case 'word':
        return oneOf(this.ways(node.text).map((keys) => word(field, keys, node.boost)));
      case 'phrase':
        return oneOf(this.ways(node.text).map((keys) => phrase(field, keys, node.slop, node.boost)));
      case 'fuzzy':
        return oneOf(this.ways(node.text).map((keys) => fuzzy(field, keys, node)));
      case 'range': {
        const [start, end] = [node.start, node.end].map((text) => (text ? fold(text.trim()) : null));
        return { op: 'range', field, start, end, afterStart: node.afterStart, beforeEnd: node.beforeEnd, boost: 1 };
      }
      default:
        return pattern(node.type === 'prefix' ? 'prefix' : 'wildcard', fold(node.text.trim()), field, node.boost);
    }
  }
}

/**
 * A word that gives several keys is a phrase; a single character of a script without spaces is a prefix.
 * @param {number} field
 * @param {string[]} keys
 * @param {number} boost
 * @returns {Query}
 */
function word(field, keys, boost) {
  const [key] = keys;
  if (keys.length === 1 && isGram(key) && Array.from(key).length === 1) return { op: 'prefix', field, text: key, boost };
  return phrase(field, keys, 1, boost);
}

/**
 * @param {number} field
 * @param {string[]} keys
 * @param {number} slop
 * @param {number} boost
 * @returns {Query}
 */
function phrase(field, keys, slop, boost) {
  return keys.length === 1 ? { op: 'term', field, key: keys[0], boost } : { op: 'phrase', field, keys, slop, boost };
}

/**
 * @param {number} field
 * @param {string[]} keys
 * @param {Extract<Node, { type: 'fuzzy' }>} node
 * @returns {Query}
 */
function fuzzy(field, keys, { distance, letters, boost }) {
  if (keys.length > 1) return phrase(field, keys, 1, boost);
  return { op: 'fuzzy', field, text: keys[0], distance: Math.min(distance, MAX_DISTANCE), letters: Math.max(letters, 1), boost };
}

/**
 * @param {Query[]} ways
 * @returns {Query | null}
 */
function oneOf(ways) {
  if (ways.length < 2) return ways[0] ?? null;
  return { op: 'or', subs: ways, boost: 1 };
}

/**
 * @param {'prefix' | 'wildcard'} op
 * @param {string} text
 * @param {number} field
 * @param {number} boost
 * @returns {Query | null}
 */
function pattern(op, text, field, boost) {
  if (/^\**$/.test(text)) return { op: 'every' };
  return { op, text, field, boost };
}

/**
 * @param {Extract<Node, { field: string | null }>} node
 * @param {number} field of kind exact
 * @returns {Query | null}
 */
function exact(node, field) {
  if (node.type === 'range') {
    const [start, end] = [node.start, node.end].map((text) => (text ? value(text) : null));
    return { op: 'range', field, start, end, afterStart: node.afterStart, beforeEnd: node.beforeEnd, boost: 1 };
  }
  const text = value(node.text);
  if (node.type === 'prefix' || node.type === 'wild') return pattern(node.type === 'prefix' ? 'prefix' : 'wildcard', text, field, node.boost);
  return { op: 'term', field, key: text, boost: node.boost };
}

/**
 * A value as it is a key of an exact field.
 * @param {string} text
 */
function value(text) {
  return cut(text.trim().replace(/\s+/gu, ' '), MAX_VALUE).trimEnd();
}

/**
 * @param {Extract<Node, { field: string | null }>} node
 * @returns {Query | null}
 */
function dates(node) {
  if (node.type === 'wild' && /^\*+$/.test(node.text)) return { op: 'every' };
  const days = node.type === 'range' ? daysBetween(node.start, node.end, node.afterStart, node.beforeEnd) : daysOf(node.text);
  return days && { op: 'dates', from: days[0], to: days[1], boost: node.type === 'range' ? 1 : node.boost };
}

/** @param {Query} query */
const isEmpty = (query) => (query.op === 'and' || query.op === 'or') && !query.subs.length;
