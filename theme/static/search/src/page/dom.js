/**
 * Elements made of parts. Text is text: nothing here reads HTML.
 */

/** @typedef {import('../marks.js').Piece} Piece */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean>} [attributes] true: without a value; false: left out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * @param {string} name
 * @param {Record<string, string | number | boolean>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * @param {Element} target
 * @param {Record<string, string | number | boolean>} attributes
 */
function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) if (value !== false) target.setAttribute(name, value === true ? '' : String(value));
}

/**
 * Text with its marked words in `<mark>`.
 * @param {Piece[]} pieces
 * @returns {(Node | string)[]}
 */
export function marked(pieces) {
  return pieces.map(({ text, marked }) => (marked ? element('mark', {}, text) : text));
}

/**
 * @param {string} id
 * @returns {HTMLElement} the element, or one that is nowhere when a theme has left it out
 */
export function byId(id) {
  return document.getElementById(id) ?? element('div');
}
