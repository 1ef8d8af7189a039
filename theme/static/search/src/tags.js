/**
 * Cuts what was typed into the pieces of the query language: the taggers of Whoosh 2.7.4's default plugins, in their order.
 *
 * At each place the first pattern that matches makes a piece; what lies between pieces is a word.
 */

/**
 * A piece of a query, or a group of pieces. `field` null: no field was named.
 * @typedef {{ type: 'word' | 'wild' | 'prefix', text: string, field: string | null, boost: number, quoted?: boolean }} WordNode
 * @typedef {{ type: 'phrase', text: string, slop: number, field: string | null, boost: number }} PhraseNode
 * @typedef {{ type: 'fuzzy', text: string, distance: number, letters: number, field: string | null, boost: number }} FuzzyNode
 * @typedef {WordNode | PhraseNode | FuzzyNode} TextNode
 * @typedef {{ type: 'range', start: string | null, end: string | null, afterStart: boolean, beforeEnd: boolean, field: string | null }} RangeNode
 * @typedef {{ type: 'fieldname', name: string, original: string }} FieldNode
 * @typedef {{ type: 'fuzziness', distance: number, letters: number, original: string }} FuzzinessNode
 * @typedef {{ type: 'boost', value: number, original: string }} BoostNode
 * @typedef {{ type: 'operator', makes: Kind }} OperatorNode
 * @typedef {{ type: 'space' | 'open' | 'close' | 'every' }} MarkNode
 * @typedef {'and' | 'or' | 'not' | 'andnot' | 'andmaybe'} Kind
 * @typedef {{ type: 'group', kind: Kind, nodes: Node[], boost: number }} GroupNode
 * @typedef {TextNode | RangeNode | FieldNode | FuzzinessNode | BoostNode | OperatorNode | MarkNode | GroupNode} Node
 */

/** Queries are cut to this many characters: patterns are tried at every place. */
export const MAX_QUERY = 2000;

// Python's classes for text, which JavaScript's \w and \s are not.
const W = '[\\p{L}\\p{N}_]';
const NOT_W = '[^\\p{L}\\p{N}_]';
const S = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const NOT_S = '[^\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const END = '(?=\\n?$)';

/** @param {string} source */
const pattern = (source) => new RegExp(source, 'uy');

/**
 * @param {Kind} makes
 * @returns {() => OperatorNode}
 */
const operator = (makes) => () => ({ type: 'operator', makes });

/** @param {'word' | 'wild'} type */
const textual = (type) => (/** @type {RegExpExecArray} */ match) => word(match.groups?.text ?? '', type);

/**
 * @param {string} text
 * @param {'word' | 'wild' | 'prefix'} [type]
 * @returns {WordNode}
 */
export function word(text, type = 'word') {
  return { type, text, field: null, boost: 1 };
}

/** @type {[RegExp, (match: RegExpExecArray) => Node][]} */
const TAGGERS = [
  [pattern(`(?<=${S})ANDNOT(?=${S})`), operator('andnot')],
  [pattern(`(?<=${S})ANDMAYBE(?=${S})`), operator('andmaybe')],
  [pattern('\\*:\\*'), () => ({ type: 'every' })],
  [pattern(`(?:^|(?<=${NOT_W}))'(?<text>[^\\n]*?)'(?:(?=[\\])}]|${S})|${END})`), (match) => ({ ...word(match.groups?.text ?? ''), quoted: true })],
  [pattern(`(?<text>${W}+|\\*):`), (match) => ({ type: 'fieldname', name: match.groups?.text ?? '', original: match[0] })],
  [pattern('(?<text>[*?\u055e\u061f\u1367])'), textual('wild')],
  [pattern('"(?<text>[^\\n]*?)"(?:~(?<slop>[1-9][0-9]*))?'), phrase],
  [pattern('\\('), () => ({ type: 'open' })],
  [pattern('\\)'), () => ({ type: 'close' })],
  [pattern(`(?:^|(?<=${S}|[()]))NOT(?=${S})`), operator('not')],
  [pattern(`(?<=${S})AND(?=${S})`), operator('and')],
  [pattern(`(?<=${S})OR(?=${S})`), operator('or')],
  [pattern(`\\^(?<boost>[0-9]*(?:\\.[0-9]+)?)(?:${END}|(?=[ \\t\\r\\n)]))`), boost],
  [pattern(`(?<=${NOT_S})~(?<distance>[0-9])?(?:/(?<letters>[1-9][0-9]*))?`), fuzziness],
  [pattern(`(?<open>[{\\[])(?=[^]*[\\]}])(?<start>'[^']*?'${S}+|[^\\]}]+?(?=[Tt][Oo]))?[Tt][Oo](?<end>${S}+'[^']*?'|[^\\]}]+?)?(?<close>[}\\]])`), range],
  [pattern(`${S}+`), () => ({ type: 'space' })],
];

/**
 * @param {RegExpExecArray} match
 * @returns {PhraseNode}
 */
function phrase(match) {
  return { type: 'phrase', text: match.groups?.text ?? '', slop: Number(match.groups?.slop ?? 1), field: null, boost: 1 };
}

/**
 * @param {RegExpExecArray} match
 * @returns {Node}
 */
function boost(match) {
  const number = match.groups?.boost ?? '';
  return number ? { type: 'boost', value: Number(number), original: match[0] } : word(match[0]);
}

/**
 * @param {RegExpExecArray} match
 * @returns {FuzzinessNode}
 */
function fuzziness(match) {
  return { type: 'fuzziness', distance: Number(match.groups?.distance ?? 1), letters: Number(match.groups?.letters ?? 0), original: match[0] };
}

/**
 * @param {RegExpExecArray} match
 * @returns {RangeNode}
 */
function range({ groups = {} }) {
  const { open, start, end, close } = groups;
  return { type: 'range', start: bare(start), end: bare(end), afterStart: open === '{', beforeEnd: close === '}', field: null };
}

/**
 * An end of a range without its spaces and quotes.
 * @param {string | undefined} text
 */
function bare(text) {
  const found = text?.trim();
  return found && found.length > 1 && found.startsWith("'") && found.endsWith("'") ? found.slice(1, -1) : (found ?? null);
}

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function tag(text) {
  /** @type {Node[]} */
  const nodes = [];
  let before = 0;
  for (let at = 0; at < text.length; ) {
    const found = matchAt(text, at);
    if (!found) {
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      continue;
    }
    if (before < at) nodes.push(word(text.slice(before, at)));
    nodes.push(found.node);
    before = at = found.end;
  }
  if (before < text.length) nodes.push(word(text.slice(before)));
  return nodes;
}

/**
 * @param {string} text
 * @param {number} at
 */
function matchAt(text, at) {
  for (const [expression, make] of TAGGERS) {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match?.[0]) return { node: make(match), end: at + match[0].length };
  }
  return null;
}
