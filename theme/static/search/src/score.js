/**
 * Scores as Whoosh 2.7.4's BM25F gives them (docs/shard-format.md, sections 3 and 16).
 */

/** The field length that each length byte stands for. */
export const LENGTHS = Float64Array.from({ length: 256 }, (_, byte) => Math.round((1.033 ** byte - 1) * 27));

/**
 * @param {number} documents in the whole index
 * @param {number} df in the whole index
 */
export const idf = (documents, df) => Math.log(documents / (df + 1)) + 1;

/**
 * What BM25 needs to know of a field, whatever the key.
 * @typedef {object} FieldStats
 * @property {number} average tokens of a document in this field
 * @property {Float64Array} norms K1 x ((1 - B) + B x L / avg), by length byte
 */

/**
 * @param {number} tokens in the field, over the whole index
 * @param {number} documents
 * @param {{ k1: number, b: number }} scoring
 * @returns {FieldStats}
 */
export function fieldStats(tokens, documents, { k1, b }) {
  const average = documents ? tokens / documents || 1 : 1;
  return { average, norms: LENGTHS.map((length) => k1 * (1 - b + (b * length) / average)) };
}

/**
 * The score of one key in one field of one document.
 * @param {number} weight idf
 * @param {number} tf
 * @param {number} norm
 * @param {number} k1
 */
export const bm25 = (weight, tf, norm, k1) => weight * ((tf * (k1 + 1)) / (tf + norm));
