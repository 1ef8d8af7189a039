/**
 * Queries: what the tree of a parsed text asks of the index, brought into Whoosh's normal form.
 */
import { analyse, fold, isGram, keysOf, rawTokens } from './analysis.js';
import { daysBetween, daysOf } from './days.js';
import { normalize } from './normal.js';
import { parse } from './syntax.js';

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
 * @typedef {{ op: 'every', boost: number }} Every
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
 * @property {Query | null} some the same words, any of them: for a question of two or more plain words
 */

/** @type {Nothing} */
const NONE = { op: 'none' };

export class Asker {
  /** @param {Manifest} manifest */
  constructor(manifest) {
    this.stemmers = manifest.stemmers.length ? manifest.stemmers : ['none'];
    /** @type {Map<string, { id: number, exact: boolean }>} */
    this.fields = new Map(manifest.fields.map(({ name, kind }, id) => [name, { id, exact: kind === 'exact' }]));
    const defaults = manifest.fields.filter(({ boost }) => boost > 0).map(({ name, boost }) => ({ name, boost: boost / 1000 }));
    this.names = { fields: new Set([...this.fields.keys(), 'date']), defaults };
  }

  /**
   * Never throws: what cannot be understood is left out.
   * @param {string} text
   * @param {'everywhere' | 'articles' | 'comments'} [where] which of the default fields to look in
   * @returns {Question}
   */
  ask(text, where = 'everywhere') {
    const defaults = this.names.defaults.filter(({ name }) => where === 'everywhere' || (name === 'comments') === (where === 'comments'));
    const tree = parse(text.normalize('NFC'), { ...this.names, defaults });
    const query = normalize(this.build(tree) ?? NONE);
    const some = isPlain(tree) && query.op === 'and' ? normalize({ op: 'or', subs: query.subs, boost: 1 }) : null;
    return { query, some };
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
        return { op: 'every', boost: 1 };
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
    return a ?? b;
  }

  /**
   * @param {Extract<Node, { field: string | null }>} node
   * @param {number} field
   * @returns {Query | null}
   */
  text(node, field) {
    switch (node.type) {
      case 'word':
        return this.word(node.text, field, node.boost);
      case 'phrase':
        return this.phrase(node.text, field, node.slop, node.boost);
      case 'fuzzy':
        return this.fuzzy(node, field);
      case 'range': {
        const [start, end] = [node.start, node.end].map((text) => (text ? fold(text) : null));
        return { op: 'range', field, start, end, afterStart: node.afterStart, beforeEnd: node.beforeEnd, boost: 1 };
      }
      default:
        return pattern(node.type === 'prefix' ? 'prefix' : 'wildcard', fold(node.text), field, node.boost);
    }
  }

  /**
   * A word is the OR of what each stemmer makes of it; several tokens are a phrase.
   * @param {string} text
   * @param {number} field
   * @param {number} boost
   * @returns {Query | null}
   */
  word(text, field, boost) {
    const folded = rawTokens(text).map(({ raw }) => fold(raw));
    if (folded.length === 1 && isGram(folded[0]) && Array.from(folded[0]).length === 1) {
      return { op: 'prefix', field, text: folded[0], boost };
    }
    return this.phrase(text, field, 1, boost);
  }

  /**
   * @param {string} text
   * @param {number} field
   * @param {number} slop
   * @param {number} boost
   * @returns {Query | null}
   */
  phrase(text, field, slop, boost) {
    /** @type {Map<string, Query>} */
    const ways = new Map();
    for (const stemmer of this.stemmers) {
      const keys = analyse(text, stemmer);
      if (keys.length === 1) ways.set(keys[0], { op: 'term', field, key: keys[0], boost });
      else if (keys.length) ways.set(keys.join(' '), { op: 'phrase', field, keys, slop, boost });
    }
    return oneOf([...ways.values()]);
  }

  /**
   * @param {Extract<Node, { type: 'fuzzy' }>} node
   * @param {number} field
   * @returns {Query | null}
   */
  fuzzy({ text, distance, letters, boost }, field) {
    const folded = fold(text);
    const keys = new Set(this.stemmers.flatMap((stemmer) => keysOf(folded, stemmer).slice(0, 1)));
    const near = Math.min(distance, 2);
    return oneOf(Array.from(keys, (key) => ({ op: 'fuzzy', field, text: key, distance: near, letters: Math.max(letters, 1), boost })));
  }
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
  if (text === '*') return { op: 'every', boost };
  return { op, text, field, boost };
}

/**
 * @param {Extract<Node, { field: string | null }>} node
 * @param {number} field
 * @returns {Query | null}
 */
function exact(node, field) {
  if (node.type === 'range') return null;
  const boost = node.boost;
  const text = Array.from(node.text.trim().replace(/\s+/gu, ' ')).slice(0, 200).join('');
  if (node.type === 'prefix' || node.type === 'wild') return pattern(node.type === 'prefix' ? 'prefix' : 'wildcard', text, field, boost);
  return text ? { op: 'term', field, key: text, boost } : null;
}

/**
 * @param {Extract<Node, { field: string | null }>} node
 * @returns {Query | null}
 */
function dates(node) {
  if (node.type === 'wild' && node.text === '*') return { op: 'every', boost: node.boost };
  const days = node.type === 'range' ? daysBetween(node.start, node.end, node.afterStart, node.beforeEnd) : daysOf(node.text);
  return days && { op: 'dates', from: days[0], to: days[1], boost: node.type === 'range' ? 1 : node.boost };
}

/** @param {Query} query */
const isEmpty = (query) => (query.op === 'and' || query.op === 'or') && !query.subs.length;

/**
 * Whether a question is words alone: no operator, field, phrase or pattern.
 * @param {GroupNode} tree
 */
function isPlain({ kind, nodes }) {
  return (
    kind === 'and' &&
    nodes.every((node) => node.type === 'group' && node.kind === 'or' && node.boost === 1 && node.nodes.every((leaf) => leaf.type === 'word'))
  );
}
