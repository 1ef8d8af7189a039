/**
 * Filters: what a reader may narrow the results to. They leave scores alone.
 */
import { docsBetween } from './dates.js';
import { daysBetween } from './days.js';

/** @typedef {import('./evaluate.js').Evaluator} Evaluator */

/**
 * All optional. Several values of one facet: any of them. `from` and `to` are days, months or years, both inclusive.
 * @typedef {object} Filters
 * @property {string} [from]
 * @property {string} [to]
 * @property {string[]} [section]
 * @property {string[]} [author]
 * @property {string[]} [tag]
 * @property {Place} [where] where words without a field name are looked for
 */

/** @typedef {typeof PLACES[number]} Place */
export const PLACES = /** @type {const} */ (['everywhere', 'articles', 'comments']);

/** The exact field of each facet. */
export const FACETS = /** @type {const} */ ({ section: 'section_is', author: 'author_is', tag: 'tag_is' });

/** @typedef {keyof typeof FACETS} Facet */

/**
 * The documents that pass, of each segment; null: all.
 * @param {Evaluator} evaluator
 * @param {Filters} filters
 * @param {Facet | 'dates'} [but] a filter to leave out
 * @returns {Promise<(Uint32Array | null)[]>}
 */
export async function passing(evaluator, filters, but) {
  const { segments } = evaluator.index;
  const days = but !== 'dates' && (filters.from || filters.to) ? daysBetween(filters.from ?? null, filters.to ?? null) : null;
  const facets = /** @type {Facet[]} */ (Object.keys(FACETS)).filter((facet) => facet !== but && filters[facet]?.length);
  if (!days && !facets.length) return segments.map(() => null);
  return Promise.all(
    segments.map(async (segment, s) => {
      const lists = await Promise.all(facets.map((facet) => ofValues(evaluator, facet, filters[facet] ?? [], s)));
      if (days) lists.push(await docsBetween(segment, { from: days[0], to: days[1] }));
      return common(lists, segment.info.docs);
    }),
  );
}

/**
 * The documents of any of some values.
 * @param {Evaluator} evaluator
 * @param {Facet} facet
 * @param {string[]} values
 * @param {number} s number of the segment
 */
async function ofValues(evaluator, facet, values, s) {
  const field = evaluator.index.fieldId(FACETS[facet]);
  const terms = values.map((key) => /** @type {const} */ ({ op: 'term', field, key, boost: 1 }));
  return (await evaluator.match({ op: 'or', subs: terms, boost: 1 }, s)).docs;
}

/**
 * @param {Uint32Array[]} lists
 * @param {number} documents
 */
function common(lists, documents) {
  if (lists.length === 1) return lists[0];
  const counts = new Uint8Array(documents);
  for (const docs of lists) for (const doc of docs) counts[doc]++;
  return lists[0].filter((doc) => counts[doc] === lists.length);
}
