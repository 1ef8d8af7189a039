/**
 * Filters, the picture of the years, the order: all of it can be used by keyboard, and says what it is.
 */
import { PLACES } from '../filters.js';
import { element, svg } from './dom.js';
import { FACET_NAMES, ORDERS, isEmpty, write } from './state.js';

/** @typedef {import('../engine.js').Overview} Overview */
/** @typedef {import('../facets.js').Count} Count */
/** @typedef {import('../filters.js').Facet} Facet */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./texts.js').Say} Say */

/** Values of a facet that are offered. */
const SHOWN = 10;
/** Bars that the key Tab stops at; when there are more, at none. */
const MANY = 20;

export class FilterPanel {
  /**
   * @param {HTMLElement} place
   * @param {Say} say
   * @param {(change: Partial<State>) => void} change
   * @param {(error: unknown) => void} fail
   */
  constructor(place, say, change, fail) {
    this.place = place;
    this.say = say;
    this.change = change;
    /**
     * Asks for counts; those of facets too, when they are wanted whatever they cost.
     * @type {(wanted: boolean) => Promise<void>}
     */
    this.fill = async () => {};
    this.facets = element('div', { class: 'facets' });
    this.places = { everywhere: counter(), articles: counter(), comments: counter() };
    this.picture = element('div', { class: 'histogram', hidden: true });
    const ask = element('button', { type: 'button' }, say('filters'));
    ask.onclick = () => void this.fill(true).catch(fail);
    this.ask = ask;
    place.closest('details')?.addEventListener('toggle', () => this.isVisible && void this.fill(false).catch(fail));
  }

  get isVisible() {
    return this.place.checkVisibility?.() ?? true;
  }

  /**
   * What needs no counting.
   * @param {State} state
   */
  start(state) {
    this.keepFocus(() => this.place.replaceChildren(this.sorting(state), this.where(state), this.dates(state), this.facets));
    this.place.hidden = isEmpty(state);
  }

  /**
   * @param {State} state
   * @param {Overview} overview
   */
  show(state, { facets, years, places }) {
    const chosen = FACET_NAMES.filter((name) => facets && (facets[name].length > 1 || state[name].length));
    for (const place of PLACES) this.places[place].textContent = this.number(places?.[place]);
    this.keepFocus(() => {
      this.facets.replaceChildren(...(facets ? chosen.map((name) => this.facet(name, state, facets[name])) : [this.ask]));
      this.picture.hidden = years.bars.length < 2;
      this.picture.replaceChildren(this.histogram(state, years.bars));
    });
  }

  /** @param {number} [count] */
  number(count) {
    return count?.toLocaleString(document.documentElement.lang || 'en') ?? '';
  }

  /** @param {() => void} work that makes elements anew */
  keepFocus(work) {
    const id = this.place.querySelector(':focus')?.id;
    work();
    if (id) document.getElementById(id)?.focus();
  }

  /** @param {State} state */
  sorting(state) {
    const select = element('select', { id: 'search-sort' });
    for (const order of ORDERS) select.append(element('option', { value: order, selected: order === state.sort }, this.say(order)));
    select.onchange = () => this.change({ sort: ORDERS[select.selectedIndex] });
    return element('p', { class: 'sorting' }, element('label', { for: 'search-sort' }, this.say('sort')), ' ', select);
  }

  /** @param {State} state */
  where(state) {
    const list = element('ul');
    for (const place of PLACES) {
      const input = element('input', { type: 'radio', name: 'search-where', id: `search-where-${place}`, checked: place === state.where });
      input.onchange = () => this.change({ where: place });
      const name = this.say(place === 'comments' ? 'inComments' : place);
      list.append(element('li', {}, element('label', {}, input, element('span', {}, name), ' ', this.places[place])));
    }
    return element('fieldset', { class: 'facet where' }, element('legend', {}, this.say('where')), list);
  }

  /**
   * @param {Facet} name
   * @param {State} state
   * @param {Count[]} found
   */
  facet(name, state, found) {
    const list = element('ul');
    const counts = found.filter(({ value }, i) => i < SHOWN || state[name].includes(value));
    counts.forEach(({ value, count }, i) => {
      const input = element('input', { type: 'checkbox', id: `search-${name}-${i}`, checked: state[name].includes(value) });
      input.onchange = () => this.change({ [name]: input.checked ? [...state[name], value] : state[name].filter((other) => other !== value) });
      list.append(element('li', {}, element('label', {}, input, element('span', {}, element('bdi', {}, value)), ' ', element('span', { class: 'count' }, this.number(count)))));
    });
    return element('fieldset', { class: 'facet' }, element('legend', {}, this.say(name)), list);
  }

  /** @param {State} state */
  dates(state) {
    const fields = element('div', { class: 'dates' });
    for (const name of /** @type {const} */ (['from', 'to'])) {
      const input = element('input', { type: 'text', id: `search-${name}`, value: state[name], pattern: '\\d{4}(-\\d\\d?){0,2}', size: 10, title: this.say('dateHint') });
      input.onchange = () => input.reportValidity() && this.change({ [name]: input.value.trim() });
      fields.append(element('label', { for: input.id }, this.say(name)), input);
    }
    return element('fieldset', { class: 'facet when' }, element('legend', {}, this.say('dates')), this.picture, fields);
  }

  /**
   * A bar a year; each is a link that narrows the search to it, as the fields of dates do: Tab does not stop at each of many.
   * @param {State} state
   * @param {Overview['years']['bars']} bars
   */
  histogram(state, bars) {
    const highest = Math.max(...bars.map(({ count }) => count));
    const picture = svg('svg', { viewBox: `0 0 ${bars.length} 1`, preserveAspectRatio: 'none', role: 'group' });
    bars.forEach(({ year, count }, i) => {
      const name = this.say('bar', { year, n: count });
      const only = String(year);
      const chosen = state.from === only && state.to === only;
      const height = count / highest;
      const bar = svg('rect', { class: `bar${chosen ? ' chosen' : ''}`, x: i + 0.1, y: 1 - height, width: 0.8, height });
      const whole = svg('rect', { x: i, width: 1, height: 1, 'fill-opacity': 0 });
      const range = chosen ? { from: '', to: '' } : { from: only, to: only };
      const link = svg('a', { id: `search-year-${year}`, href: write({ ...state, ...range }), tabindex: bars.length > MANY ? -1 : 0 }, svg('title', {}, name), bar, whole);
      link.addEventListener('click', (event) => {
        event.preventDefault();
        this.change(range);
      });
      if (count) picture.append(link);
    });
    return picture;
  }

  /**
   * The filters in use, each with a button that takes it away.
   * @param {State} state
   * @returns {{ name: string, change: Partial<State> }[]}
   */
  inUse(state) {
    /** @type {{ name: string, change: Partial<State> }[]} */
    const used = FACET_NAMES.flatMap((name) =>
      state[name].map((value) => ({ name: `${this.say(name)}: ${value}`, change: { [name]: state[name].filter((other) => other !== value) } })),
    );
    if (state.from || state.to) used.push({ name: `${this.say('dates')}: ${state.from || '…'} – ${state.to || '…'}`, change: { from: '', to: '' } });
    if (state.where !== 'everywhere') used.push({ name: this.say(state.where === 'comments' ? 'inComments' : 'articles'), change: { where: 'everywhere' } });
    return used;
  }

  /**
   * @param {State} state
   * @returns {HTMLLIElement[]}
   */
  chips(state) {
    return this.inUse(state).map(({ name, change }) => {
      const button = element('button', { type: 'button', 'aria-label': this.say('remove', { filter: name }) }, element('bdi', {}, name), ' ×');
      button.onclick = () => this.change(change);
      return element('li', { class: 'chip' }, button);
    });
  }
}

const counter = () => element('span', { class: 'count' });
