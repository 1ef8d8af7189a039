/**
 * The search page: from the address and what is typed to results.
 */
import { Engine } from '../engine.js';
import { SearchError } from '../errors.js';
import { isKnown, stemmerFor } from '../languages.js';
import { maybeReplaced } from '../library.js';
import { Reader } from '../reader.js';
import { scriptsIn } from '../scripts.js';
import { byId, element } from './dom.js';
import { saveButtons, slashChoice } from './extras.js';
import { FilterPanel } from './filters.js';
import { Results } from './results.js';
import { STEP, isEmpty, read, request, write } from './state.js';
import { TEXTS, speaker } from './texts.js';

/** @typedef {import('../engine.js').Answer} Answer */
/** @typedef {import('../library.js').Source} Source */
/** @typedef {import('./state.js').State} State */

/** Milliseconds without a key before what is typed is searched for. */
const STILL = 120;
/** So many further bytes are fetched unasked, to count all results. */
const UNASKED = 64_000;
/** Results that are saved at most. */
const MAX_SAVED = 1000;
/** Facets are counted unasked when the index has no more blocks of terms than this: each of their values is in one. */
const SMALL = 80;

export class SearchPage {
  /**
   * @param {HTMLElement} app
   * @param {HTMLInputElement} input
   * @param {string} own URL of this program's own folder
   */
  constructor(app, input, own) {
    this.app = app;
    this.input = input;
    const language = document.documentElement.lang || 'en';
    const root = new URL(`${app.dataset.root || '.'}/`, location.href);
    root.search = root.hash = '';
    this.say = speaker(TEXTS, app.dataset.texts, language);
    this.results = new Results(this.say, root, language);
    this.panel = new FilterPanel(byId('search-filters'), this.say, (change) => this.go({ ...this.state, ...change }), (error) => this.fail(error));
    this.source = scriptsIn(new URL('search/', root).href, own);
    /** @type {Promise<Engine> | null} */
    this.engine = null;
    this.state = read(location.search);
    this.turn = 0;
    this.typing = 0;
    this.waiting = 0;
    /** Whether facets were asked for. */
    this.wanted = false;
  }

  start() {
    this.input.addEventListener('input', () => this.typed());
    this.input.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.typing);
      this.go({ ...this.state, q: this.input.value });
    });
    byId('search-more').addEventListener('click', () => {
      const show = (this.state.show += STEP);
      this.ask().then(() => byId('search-results').children[show - STEP]?.querySelector('a')?.focus()); // the first that is new
    });
    byId('search-export').after(slashChoice(this.input, this.say('slash'), this.results.root.pathname));
    const arrive = () => {
      this.state = read(location.search);
      this.input.value = this.state.q;
      return this.run();
    };
    addEventListener('popstate', arrive);
    const stemmer = stemmerFor(document.documentElement.lang, 'en');
    if (!isKnown(stemmer)) this.source.stemmer(stemmer).catch(() => {}); // beside the manifest, not after it
    this.opened().catch(() => {}); // a question says what is wrong
    // The browser scrolls back to where the reader was before there is anything to scroll to.
    const place = history.state;
    addEventListener('pagehide', () => history.replaceState(scrollY, ''));
    arrive().then(() => scrollY || scrollTo(0, place));
  }

  /**
   * Searches for what the state says, and puts it into the address: as a new step that Back undoes, or in place of the one that is there.
   * @param {boolean} [isStep]
   * @param {number} [typed] 1: not sent yet; the page itself notes there how far down the reader was when it was left
   */
  ask(isStep, typed) {
    history[isStep ? 'pushState' : 'replaceState'](typed, '', write(this.state));
    return this.run();
  }

  /** What is typed replaces what was typed before it; only what is sent is a step that Back leads to. */
  typed() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.state = { ...this.state, q: this.input.value, show: STEP };
      this.ask(history.state !== 1, 1).then(() => this.offerWords()).catch(() => {}); // a help, no more
    }, STILL);
  }

  /** @param {State} state */
  go(state) {
    if (this.app.querySelector('li > :focus')) byId('search-status').focus(); // what was clicked goes: a filter in use, an offer
    this.state = { ...state, show: STEP };
    this.ask(write(this.state) !== location.search);
  }

  /** Searches for what the state says; a later search makes an earlier one stop. */
  async run() {
    const turn = ++this.turn;
    const current = () => turn === this.turn;
    this.chips();
    this.panel.start(this.state);
    if (isEmpty(this.state)) return this.clear('error', 'filters');
    this.settle(true);
    this.waiting = setTimeout(() => this.tell('searching'), 400);
    try {
      await this.retried((strict) => this.search(current, strict));
    } catch (error) {
      if (current()) this.fail(error);
    }
  }

  /**
   * Something is shown: the answer, an error, nothing; or not yet.
   * @param {boolean} isBusy
   */
  settle(isBusy) {
    clearTimeout(this.waiting);
    this.app.classList.toggle('busy', isBusy);
    this.app.setAttribute('aria-busy', `${isBusy}`);
  }

  /**
   * Once more with a fresh manifest when the site may have been built anew meanwhile. If it was not, a damaged text spoils
   * only its own result: the second time is not strict.
   * @param {(strict: boolean) => Promise<void>} work
   */
  async retried(work) {
    try {
      await work(true);
    } catch (error) {
      if (!this.engine || !maybeReplaced(error)) throw error;
      const { generation } = (await this.engine).index.manifest;
      const fresh = await Engine.open({ ...this.source, manifest: () => this.source.manifest(true) });
      if (fresh.index.manifest.generation !== generation) this.engine = Promise.resolve(fresh);
      await work(false);
    }
  }

  /** @returns {Promise<Engine>} */
  opened() {
    this.engine ??= Engine.open(this.source).catch((error) => {
      this.engine = null;
      throw error;
    });
    return this.engine;
  }

  /**
   * @param {() => boolean} current
   * @param {boolean} strict
   */
  async search(current, strict) {
    const engine = await this.opened();
    const asked = request(this.state);
    const answer = await engine.search(asked);
    if (!current()) return;
    const reader = new Reader(engine, engine.question(asked));
    const { items, filled } = await this.results.items(answer.hits, reader, strict);
    if (!current()) return;
    byId('search-results').replaceChildren(...items);
    this.offerFiles(engine, answer);
    byId('search-error').hidden = true;
    if (answer.total) byId('search-nothing').hidden = true;
    this.counted(answer);
    this.settle(false);
    await filled;
    if (!current()) return;
    if (!answer.total) await this.nothing(engine, current);
    await this.more(engine, answer, current);
  }

  /**
   * The exact count, and what the filters show: at once when that costs little, else when it is asked for.
   * @param {Engine} engine
   * @param {Answer} answer
   * @param {() => boolean} current
   */
  async more(engine, answer, current) {
    this.panel.fill = async (wanted) => {
      this.wanted ||= wanted;
      if (!wanted && answer.rest > UNASKED) return this.panel.show(this.state, { facets: null, years: { bars: [], undated: 0 }, places: null });
      const asked = request(this.state);
      const exact = answer.exact ? answer : await engine.search({ ...asked, exact: true });
      if (current()) this.counted(exact);
      if (!current() || !(wanted || this.panel.isVisible)) return;
      const overview = await engine.overview(asked, this.wanted || engine.index.blocks <= SMALL);
      if (current()) this.panel.show(this.state, overview);
    };
    await this.panel.fill(false);
  }

  /** @param {Answer} answer */
  counted({ total, full, exact, hits }) {
    byId('search-more').hidden = exact && total <= hits.length;
    const { q } = this.state;
    if (!exact) this.tell('foundMore', { n: Math.max(total, hits.length) - 1 });
    else if (full < total && full) this.tell('foundSome', { full, some: total - full });
    else if (total) this.tell(total === 1 ? 'foundOne' : 'found', { n: total });
    else this.tell(q.trim() ? 'nothing' : 'nothingFiltered', { q });
  }

  /**
   * What may help when nothing was found, as the status says: another spelling, fewer filters.
   * @param {Engine} engine
   * @param {() => boolean} current
   */
  async nothing(engine, current) {
    const better = await (await this.suggest()).correct?.(engine.index, this.state.q);
    if (!current()) return;
    const list = element('ul');
    /** @param {string} text @param {Partial<State>} change */
    const offer = (text, change) => {
      const button = element('button', { type: 'button' }, text);
      button.onclick = () => {
        this.go({ ...this.state, ...change });
        this.input.value = this.state.q;
      };
      list.append(element('li', {}, button));
    };
    if (better) offer(`${this.say('meant')}: ${better}`, { q: better });
    for (const { name, change } of this.panel.inUse(this.state)) offer(this.say('drop', { filter: name }), change);
    const left = byId('search-left');
    left.hidden = engine.question(request(this.state)).query.op !== 'none';
    byId('search-nothing').replaceChildren(left, list);
    byId('search-nothing').hidden = left.hidden && !list.firstChild;
  }

  /**
   * Buttons that save the results as a file.
   * @param {Engine} engine
   * @param {Answer} answer
   */
  offerFiles(engine, { total }) {
    const save = async (/** @type {import('../export.js').Form} */ form) => {
      try {
        const work = /** @type {typeof import('../export.js').save} */ (await this.source.own('export.js'));
        await work(engine, { ...request(this.state), limit: MAX_SAVED, exact: true }, form, (url) => this.results.address(url));
      } catch (error) {
        this.fail(error);
      }
    };
    const box = byId('search-export');
    box.hidden = !total;
    box.replaceChildren(this.say('save', { n: Math.min(total, MAX_SAVED) }), ...saveButtons(save));
  }

  /** @returns {Promise<Partial<typeof import('../suggest.js')>>} empty where it does not arrive: it is a help, no more */
  suggest() {
    return /** @type {Promise<any>} */ (this.source.own('suggest.js')).catch(() => ({}));
  }

  /** Offers words that go on from what is typed, in the input's own list. */
  async offerWords() {
    if (!this.engine || !this.input.value.trim()) return;
    const list = document.getElementById('search-words') ?? this.input.parentElement?.appendChild(element('datalist', { id: 'search-words' }));
    this.input.setAttribute('list', 'search-words');
    const { index } = await this.engine;
    const { complete } = /** @type {typeof import('../suggest.js')} */ (await this.suggest());
    list?.replaceChildren(...(await complete(index, this.input.value)).map((value) => element('option', { value })));
  }

  chips() {
    byId('search-chips').replaceChildren(...this.panel.chips(this.state));
  }

  /** @param {...string} others what else is to go, beside results and what belongs to them */
  clear(...others) {
    this.settle(false);
    byId('search-results').replaceChildren();
    for (const name of ['nothing', 'more', 'export', ...others]) byId(`search-${name}`).hidden = true;
    this.tell();
  }

  /** @param {unknown} error */
  fail(error) {
    this.clear();
    const trouble = error instanceof SearchError ? error.trouble : 'failed';
    const message = /** @type {any} */ (error)?.message ?? error;
    if (trouble === 'failed') console.error(error);
    const box = byId('search-error');
    box.replaceChildren(
      element('p', { class: 'what' }, `${this.say(trouble)} (${message})`),
      element('p', { class: 'remedy' }, this.say(/** @type {import('./texts.js').Text} */ (`${trouble}Remedy`))),
    );
    box.hidden = false;
  }

  /**
   * Puts a text where screen readers hear of it; nothing without one.
   * @param {import('./texts.js').Text} [name]
   * @param {Record<string, string | number>} [values]
   */
  tell(name, values) {
    const text = name ? this.say(name, values) : '';
    const status = byId('search-status');
    if (status.textContent !== text) status.textContent = text;
  }
}
