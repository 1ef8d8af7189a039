/**
 * Marks on an article's page the words that led there, and lets the reader go from one to the next or take the marks away.
 */
import { isKnown, learn, stemmerFor } from './languages.js';
import { Marker, pieces } from './marks.js';
import { element, marked } from './page/dom.js';
import { speaker } from './page/texts.js';
import { pause } from './pause.js';

/** @typedef {import('./library.js').Source} Source */
/** @typedef {import('./query.js').Leaf} Leaf */

export const TEXTS = { marked: 'Places marked: {n}', next: 'Next', unmark: 'Take the marks away' };

const MAX_WORDS = 60;
const MAX_MARKS = 2000;
/** Stars in a pattern: more make it slow. */
const MAX_STARS = 3;
/** What is no text of the article or its comments. */
const FURNITURE = 'nav, footer, aside, button, script, style, select, textarea, svg';
/** The last line keeps what gets the focus from standing behind the box. */
const LOOK = `
.found-words { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 9; margin: 0; padding: .5rem .75rem; background: Canvas; color: CanvasText; border: 1px solid; }
@media print { .found-words { display: none } }
html:has(.found-words) { scroll-padding-block-end: 8rem }`;

/**
 * @param {string} words as `carried` (marks.js) writes them
 * @param {Pick<Source, 'stemmer'>} source
 * @param {string} [translations] JSON
 */
export async function highlight(words, source, translations) {
  const main = document.querySelector('main') ?? document.body;
  const leaves = words.split(/\s+/, MAX_WORDS).flatMap(leaf);
  if (!leaves.length) return;
  await learned(source);
  const marker = new Marker(leaves);
  /** @type {HTMLElement[]} */
  const marks = [];
  for (const text of texts(main)) {
    if (marks.length > MAX_MARKS) break;
    mark(text, marker, marks);
    await pause();
  }
  if (marks.length) main.prepend(controls(marks, main, translations));
}

/**
 * @param {string} word
 * @returns {Leaf[]}
 */
function leaf(word) {
  const [, text, distance, letters] = /^(.+)~(\d)\/(\d)$/.exec(word) ?? [];
  if (text) return [{ op: 'fuzzy', field: 0, text, distance: Number(distance), letters: Number(letters), boost: 1 }];
  if (!/[*?]/.test(word)) return word ? [{ op: 'term', field: 0, key: word, boost: 1 }] : [];
  if (!/[^*?]/.test(word) || word.split('*').length > MAX_STARS + 1) return [];
  if (/^[^*?]+\*$/.test(word)) return [{ op: 'prefix', field: 0, text: word.slice(0, -1), boost: 1 }];
  return [{ op: 'wildcard', field: 0, text: word, boost: 1 }];
}

/** @param {Element} place */
const stemmerOf = (place) => stemmerFor(place.closest('[lang]')?.getAttribute('lang') ?? '', document.documentElement.lang || 'en');

/**
 * Loads the stemmers of the page's languages; a word of a language whose stemmer does not come is not marked.
 * @param {Pick<Source, 'stemmer'>} source
 */
async function learned(source) {
  const names = new Set(Array.from(document.querySelectorAll('[lang]'), stemmerOf).filter((name) => !isKnown(name)));
  await Promise.allSettled(Array.from(names, async (name) => learn(name, await source.stemmer(name))));
}

/**
 * @param {Element} main
 * @returns {Text[]}
 */
function texts(main) {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const found = [];
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (/\S/.test(text.data) && !text.parentElement?.closest(FURNITURE)) found.push(text);
  }
  return found;
}

/**
 * @param {Text} text
 * @param {Marker} marker
 * @param {HTMLElement[]} marks takes the new ones
 */
function mark(text, marker, marks) {
  const { parentElement } = text;
  const stemmer = parentElement && stemmerOf(parentElement);
  if (!stemmer || !isKnown(stemmer)) return;
  const normal = text.data.normalize('NFC');
  const places = marker.marks(normal, stemmer);
  if (!places.length) return;
  const nodes = marked(pieces(normal, places));
  text.replaceWith(...nodes);
  marks.push(...nodes.filter((node) => node instanceof HTMLElement));
}

/**
 * @param {HTMLElement[]} marks
 * @param {HTMLElement} main
 * @param {string} [translations]
 */
function controls(marks, main, translations) {
  const say = speaker(TEXTS, translations, document.documentElement.lang || 'en');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  document.adoptedStyleSheets.push(sheet);
  const next = element('button', { type: 'button' }, say('next'));
  const off = element('button', { type: 'button' }, say('unmark'));
  const box = element('aside', { class: 'found-words', 'aria-label': say('marked', { n: marks.length }) }, element('span', {}, say('marked', { n: marks.length })), ' ', next, ' ', off);
  let at = -1;
  next.onclick = () => {
    at = (at + 1) % marks.length;
    for (let fold = marks[at].closest('details:not([open])'); fold; fold = fold.parentElement?.closest('details:not([open])') ?? null) fold.setAttribute('open', '');
    marks[at].scrollIntoView({ block: 'center' });
  };
  off.onclick = () => {
    for (const mark of marks) {
      const { parentNode } = mark;
      mark.replaceWith(...mark.childNodes);
      parentNode?.normalize();
    }
    box.remove();
    history.replaceState(null, '', unmarked(location.href));
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  };
  return box;
}

/**
 * An address without the words.
 * @param {string} href
 */
function unmarked(href) {
  const address = new URL(href);
  address.searchParams.delete('find');
  if (/^#find=/.test(address.hash)) address.hash = '';
  return address.href;
}
