/**
 * Whoosh's normal form of a query: groups in groups of the same kind are merged, what stands twice counts once, what is
 * nothing goes away. Scores depend on it, so it is done the same way.
 */

/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./query.js').Compound} Compound */

/** @type {Query} */
const NONE = { op: 'none' };

/**
 * @param {Query} query
 * @returns {Query}
 */
export function normalize(query) {
  switch (query.op) {
    case 'and':
    case 'or':
      return compound(query);
    case 'not': {
      const sub = normalize(query.sub);
      return sub.op === 'none' ? NONE : { op: 'not', sub };
    }
    case 'andnot':
    case 'andmaybe': {
      const [a, b] = query.subs.map(normalize);
      if (a.op === 'none') return NONE;
      return b.op === 'none' ? a : { op: query.op, subs: [a, b] };
    }
    default:
      return query;
  }
}

/**
 * @param {Compound} query
 * @returns {Query}
 */
function compound({ op, subs, boost }) {
  /** @type {Map<string, Query>} */
  const parts = new Map();
  for (const sub of subs.map(normalize)) {
    if (sub.op === 'none') continue;
    const merged = sub.op === op ? sub.subs.map((part) => withBoost(part, boostOf(part) * sub.boost)) : [sub];
    for (const part of merged) {
      const identity = JSON.stringify(part);
      if (!parts.has(identity)) parts.set(identity, part);
    }
  }
  if (!parts.size) return NONE;
  const [first] = parts.values();
  if (parts.size > 1) return { op, subs: [...parts.values()], boost };
  return boost === 1 && boostOf(first) === 1 ? first : withBoost(first, boostOf(first) * boost);
}

/** @param {Query} query */
const boostOf = (query) => ('boost' in query ? query.boost : 1);

/**
 * A query with another boost. ANDNOT and ANDMAYBE have none of their own and hand it on to their sides, where it takes the
 * place of the boost that was there: so does Whoosh.
 * @param {Query} query
 * @param {number} boost
 * @returns {Query}
 */
function withBoost(query, boost) {
  if (query.op === 'andnot') return { op: query.op, subs: [withBoost(query.subs[0], boost), query.subs[1]] };
  if (query.op === 'andmaybe') return { op: query.op, subs: [withBoost(query.subs[0], boost), withBoost(query.subs[1], boost)] };
  return 'boost' in query ? { ...query, boost } : query;
}
