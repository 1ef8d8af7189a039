/**
 * What the reader asks for, as the page's address holds it: `?q=oil&section=News&from=2012&sort=newest`.
 */

import { PLACES } from '../filters.js';

/** @typedef {import('../engine.js').Request} Request */
/** @typedef {import('../filters.js').Facet} Facet */
/** @typedef {import('../filters.js').Filters} Filters */
/** @typedef {import('../filters.js').Place} Place */
/** @typedef {import('../order.js').Order} Order */

/**
 * @typedef {object} State
 * @property {string} q
 * @property {string} from
 * @property {string} to
 * @property {string[]} section
 * @property {string[]} author
 * @property {string[]} tag
 * @property {Place} where
 * @property {Order} sort
 * @property {number} show results
 */

export const FACET_NAMES = /** @type {Facet[]} */ (['section', 'author', 'tag']);
export const ORDERS = /** @type {Order[]} */ (['relevance', 'newest', 'oldest', 'discussed']);
const MAX_VALUES = 50;
/** Results shown at once. */
export const STEP = 10;
const MAX_SHOWN = 1000;

/**
 * @param {string} search the address from its question mark on
 * @returns {State}
 */
export function read(search) {
  const given = new URLSearchParams(search);
  const one = (/** @type {string} */ name) => given.get(name) ?? '';
  const many = (/** @type {string} */ name) => [...new Set(given.getAll(name).filter(Boolean))].slice(0, MAX_VALUES);
  return {
    q: one('q'),
    from: one('from'),
    to: one('to'),
    section: many('section'),
    author: many('author'),
    tag: many('tag'),
    where: PLACES.find((place) => place === one('in')) ?? 'everywhere',
    sort: ORDERS.find((order) => order === one('sort')) ?? 'relevance',
    show: Math.min(Math.max(Math.ceil(Number(one('show')) / STEP) * STEP || STEP, STEP), MAX_SHOWN),
  };
}

/**
 * @param {State} state
 * @returns {string} the address from its question mark on
 */
export function write(state) {
  const given = new URLSearchParams();
  for (const name of /** @type {const} */ (['q', 'from', 'to'])) if (state[name]) given.append(name, state[name]);
  for (const name of FACET_NAMES) for (const value of state[name]) given.append(name, value);
  if (state.where !== 'everywhere') given.append('in', state.where);
  if (state.sort !== 'relevance') given.append('sort', state.sort);
  if (state.show > STEP) given.append('show', String(state.show));
  return `?${given}`;
}

/** @param {State} state */
export function isFiltered({ from, to, section, author, tag, where }) {
  return Boolean(from || to || section.length || author.length || tag.length || where !== 'everywhere');
}

/** @param {State} state */
export const isEmpty = (state) => !state.q.trim() && !isFiltered(state);

/**
 * What to ask the engine. Filters without words: everything that passes.
 * @param {State} state
 * @returns {Request}
 */
export function request({ q, from, to, section, author, tag, where, sort, show }) {
  return { text: q.trim() ? q : '*', limit: show, order: sort, filters: { from, to, section, author, tag, where } };
}
