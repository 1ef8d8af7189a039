/**
 * What the search page offers beside searching: a key that leads to the box, buttons that save the results.
 */
import { element } from './dom.js';

/** @typedef {import('../export.js').Form} Form */

const EDITABLE = 'input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]';

/**
 * The key / leads to the box, unless the reader has switched that off: the box to check for it.
 * @param {HTMLInputElement} input
 * @param {string} text
 * @param {string} archive what tells this archive from others on the same disk
 */
export function slashChoice(input, text, archive) {
  const name = `backfile ${archive} slash`;
  const choice = element('input', { type: 'checkbox', id: 'search-slash', checked: remembered(name) !== 'off' });
  choice.onchange = () => remember(name, choice.checked ? 'on' : 'off');
  addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof Element && event.target.matches(EDITABLE);
    if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || isTyping || !choice.checked) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  return element('p', { class: 'facts keys' }, element('label', {}, choice, ' ', text));
}

/**
 * @param {(form: Form) => void} save
 * @returns {(Node | string)[]}
 */
export function saveButtons(save) {
  return /** @type {Form[]} */ (['csv', 'ris']).flatMap((form) => {
    const button = element('button', { type: 'button' }, form.toUpperCase());
    button.onclick = () => save(form);
    return [' ', button];
  });
}

/**
 * What the browser keeps for this archive; nothing where it keeps nothing.
 * @param {string} name
 */
function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // for as long as the page is open, then
  }
}
