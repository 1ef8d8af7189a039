/**
 * From the pieces of a query to a tree: the filters of Whoosh 2.7.4's default plugins, in their order, with its ways of
 * forgiving: a field that is none is text, a bracket too many is ignored, an operator that lacks a side is left out.
 */
import { tag, word } from './tags.js';

/** @typedef {import('./tags.js').Node} Node */
/** @typedef {import('./tags.js').GroupNode} GroupNode */
/** @typedef {import('./tags.js').TextNode} TextNode */
/** @typedef {import('./tags.js').Kind} Kind */

/**
 * What the parser must know of the index.
 * @typedef {object} Names
 * @property {Set<string>} fields that can be asked for
 * @property {{ name: string, boost: number }[]} defaults
 */

/**
 * @param {Kind} kind
 * @param {Node[]} nodes
 * @param {number} [boost]
 * @returns {GroupNode}
 */
const group = (kind, nodes, boost = 1) => ({ type: 'group', kind, nodes, boost });

/**
 * @param {Node} node
 * @returns {node is TextNode}
 */
const isText = (node) => 'text' in node;

/** @param {Node} node */
const takesBoost = (node) => isText(node) || (node.type === 'group' && node.kind !== 'andnot' && node.kind !== 'andmaybe');

/**
 * The tree of a query; it never throws.
 * @param {string} text
 * @param {Names} names
 * @returns {GroupNode}
 */
export function parse(text, names) {
  let tree = brackets(tag(text));
  tree.nodes.forEach((node, i) => {
    const before = tree.nodes[i - 1];
    if (node.type === 'boost' && !(before && takesBoost(before))) tree.nodes[i] = word(node.original);
  });
  tree = fuzzy(tree);
  wildcards(tree);
  tree = fieldnames(tree, names.fields);
  multifield(tree, names.defaults);
  tree = boosts(withoutSpaces(tree));
  operators(tree);
  return tree;
}

/**
 * @param {Node[]} nodes
 * @returns {GroupNode}
 */
function brackets(nodes) {
  const stack = [group('and', [])];
  for (const node of nodes) {
    if (node.type === 'open') stack.push(group('and', []));
    else if (node.type !== 'close') stack[stack.length - 1].nodes.push(node);
    else if (stack.length > 1) {
      const last = /** @type {GroupNode} */ (stack.pop());
      stack[stack.length - 1].nodes.push(last);
    }
  }
  const [top, ...open] = stack;
  for (const level of open) top.nodes.push(...level.nodes);
  const [only] = top.nodes;
  return top.nodes.length === 1 && only.type === 'group' ? only : top;
}

/** @param {GroupNode} tree */
function fuzzy(tree) {
  const copy = group(tree.kind, [], tree.boost);
  for (let i = 0; i < tree.nodes.length; i++) {
    let node = tree.nodes[i];
    const next = tree.nodes[i + 1];
    if (node.type === 'word' && next?.type === 'fuzziness') {
      node = { ...node, type: 'fuzzy', distance: next.distance, letters: next.letters };
      i++;
    }
    if (node.type === 'fuzziness') node = word(node.original);
    if (node.type === 'group') node = fuzzy(node);
    copy.nodes.push(node);
  }
  return copy;
}

/** @param {GroupNode} tree */
function wildcards({ nodes }) {
  for (let i = 0; i < nodes.length; ) {
    const node = nodes[i];
    if (node.type === 'group') wildcards(node);
    if (node.type !== 'wild') {
      i++;
      continue;
    }
    const after = nodes[i + 1];
    if (after && isText(after)) {
      node.text += after.text;
      nodes.splice(i + 1, 1);
    }
    const before = nodes[i - 1];
    if (before && isText(before)) {
      node.text = before.text + node.text;
      nodes.splice(i - 1, 1);
    } else i++;
  }
  for (const node of nodes) {
    if (node.type !== 'wild' || node.text.length < 2 || /[?\u055e\u061f\u1367]/.test(node.text)) continue;
    if (node.text.indexOf('*') === node.text.length - 1) {
      node.type = 'prefix';
      node.text = node.text.slice(0, -1);
    }
  }
}

/**
 * @param {GroupNode} tree
 * @param {Set<string>} known
 */
function fieldnames(tree, known) {
  const nodes = unknownAsText(tree.nodes, known);
  /** @type {Node[]} */
  const backwards = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    let node = nodes[i];
    if (node.type === 'fieldname') node = word(node.original);
    else if (node.type === 'group') node = fieldnames(node, known);
    const before = nodes[i - 1];
    if (node.type !== 'space' && before?.type === 'fieldname') {
      setField(node, before.name);
      i--;
    }
    backwards.push(node);
  }
  return group(tree.kind, backwards.reverse(), tree.boost);
}

/**
 * @param {Node[]} nodes
 * @param {Set<string>} known
 */
function unknownAsText(nodes, known) {
  /** @type {Node[]} */
  const found = [];
  let pending = '';
  for (const node of nodes) {
    if (node.type === 'fieldname' && !known.has(node.name)) {
      pending = node.original;
      continue;
    }
    if (pending && isText(node)) node.text = pending + node.text;
    else if (pending) found.push(word(pending));
    pending = '';
    found.push(node);
  }
  if (pending) found.push(word(pending));
  return found;
}

/**
 * @param {Node} node
 * @param {string} name
 */
function setField(node, name) {
  if (node.type === 'group') for (const child of node.nodes) setField(child, name);
  else if ('field' in node) node.field ??= name;
}

/**
 * @param {GroupNode} tree
 * @param {Names['defaults']} defaults
 */
function multifield({ nodes }, defaults) {
  nodes.forEach((node, i) => {
    if (node.type === 'group') multifield(node, defaults);
    else if ('field' in node && node.field === null) {
      nodes[i] = group('or', defaults.map(({ name, boost }) => ({ ...node, field: name, ...(isText(node) ? { boost } : {}) })));
    }
  });
}

/**
 * @param {GroupNode} tree
 * @returns {GroupNode}
 */
function withoutSpaces(tree) {
  const nodes = tree.nodes.filter((node) => node.type !== 'space');
  return group(tree.kind, nodes.map((node) => (node.type === 'group' ? withoutSpaces(node) : node)), tree.boost);
}

/**
 * @param {GroupNode} tree
 * @returns {GroupNode}
 */
function boosts(tree) {
  const copy = group(tree.kind, [], tree.boost);
  for (let node of tree.nodes) {
    const before = copy.nodes[copy.nodes.length - 1];
    if (node.type === 'group') node = boosts(node);
    else if (node.type === 'boost') {
      if (before && takesBoost(before)) {
        /** @type {TextNode | GroupNode} */ (before).boost = node.value;
        continue;
      }
      node = word(node.original);
    }
    copy.nodes.push(node);
  }
  return copy;
}

/** @param {GroupNode} tree */
function operators({ nodes }) {
  for (const kind of /** @type {Kind[]} */ (['not', 'and', 'or', 'andnot', 'andmaybe'])) {
    for (let i = 0; i < nodes.length; ) {
      const node = nodes[i];
      if (node.type !== 'operator' || node.makes !== kind) i++;
      else if (kind === 'not') negate(nodes, i);
      else join(nodes, i, kind);
    }
  }
  for (const node of nodes) if (node.type === 'group') operators(node);
}

/**
 * @param {Node[]} nodes
 * @param {number} i
 */
function negate(nodes, i) {
  nodes.splice(i, 1);
  if (i < nodes.length) nodes[i] = group('not', [nodes[i]]);
}

/**
 * @param {Node[]} nodes
 * @param {number} i
 * @param {Kind} kind
 */
function join(nodes, i, kind) {
  const [left, right] = [nodes[i - 1], nodes[i + 1]];
  if (!left || !right) nodes.splice(i, 1);
  else if ((kind === 'and' || kind === 'or') && left.type === 'group' && left.kind === kind) {
    left.nodes.push(right);
    nodes.splice(i, 2);
  } else nodes.splice(i - 1, 3, group(kind, [left, right]));
}
