/**
 * The list of results.
 */
import { carried } from '../marks.js';
import { element, marked } from './dom.js';

/** @typedef {import('../engine.js').Hit} Hit */
/** @typedef {import('../reader.js').CommentHit} CommentHit */
/** @typedef {import('../reader.js').Reader} Reader */
/** @typedef {import('../reader.js').Shown} Shown */
/** @typedef {import('./texts.js').Say} Say */

export class Results {
  /**
   * @param {Say} say
   * @param {URL} root of the site
   * @param {string} language
   */
  constructor(say, root, language) {
    this.say = say;
    this.root = root;
    this.language = language;
  }

  /**
   * The elements of some hits. Comments, and pieces of texts that are long, follow: `filled` tells when they are in, too.
   * @param {Hit[]} hits
   * @param {Reader} reader
   * @param {boolean} strict whether a text that cannot be read is an error; else the result says so
   * @returns {Promise<{ items: HTMLLIElement[], filled: Promise<unknown> }>}
   */
  async items(hits, reader, strict) {
    const made = await Promise.all(hits.map((hit) => this.item(hit, reader, strict)));
    return { items: made.map(({ item }) => item), filled: Promise.all(made.map(({ fill }) => fill())) };
  }

  /**
   * @param {Hit} hit
   * @param {Reader} reader
   * @param {boolean} strict
   */
  async item(hit, reader, strict) {
    /** @type {Shown} */
    let shown;
    try {
      shown = await reader.show(hit.doc, false);
    } catch (error) {
      if (strict) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return { item: element('li', { class: 'result' }, element('p', { class: 'note' }, this.say('unreadable', { message }))), fill: async () => {} };
    }
    const { article } = shown;
    const item = element('li', { class: 'result' });
    const own = { dir: 'auto', lang: article.language || this.language };
    const title = shown.title.length ? marked(shown.title) : [this.say('untitled')];
    item.append(element('h2', own, this.link(reader, { href: this.address(article.url) }, ...title)), this.facts(shown, hit));
    const piece = element('p', { class: 'snippet', ...own }, ...marked(shown.snippet));
    if (shown.snippet.length) item.append(piece);
    const fill = async () => {
      if (shown.deeper) {
        const whole = await reader.show(hit.doc).catch((error) => {
          if (strict) throw error;
          return shown;
        });
        piece.replaceChildren(...marked(whole.snippet));
      }
      if (!shown.inComments) return;
      const { hits, more } = await reader.comments(hit.doc, article);
      if (hits.length) item.append(this.comments(reader, article.url, hits, more, own));
    };
    return { item, fill };
  }

  /**
   * @param {Shown} shown
   * @param {Hit} hit
   */
  facts({ article }, { partial }) {
    const count = article.commentTokens.length;
    const facts = [
      article.date ? element('time', { datetime: article.date }, this.date(article.date)) : this.say('undated'),
      ...article.authors.map((name) => element('bdi', {}, name)),
      article.section,
      count ? this.say(count === 1 ? 'comment' : 'comments', { n: count }) : '',
      partial ? this.say('partial') : '',
    ];
    return element('p', { class: 'facts' }, ...facts.filter(Boolean).map((fact) => element('span', {}, fact)));
  }

  /**
   * A link that carries the words when it is followed, not when it is copied.
   * @param {Reader} reader
   * @param {{ href: string }} attributes
   * @param {...(Node | string)} children
   */
  link(reader, { href }, ...children) {
    const link = element('a', { href }, ...children);
    const carry = () => {
      const words = new URLSearchParams({ find: carried(reader.leaves) });
      const address = new URL(href);
      if (address.hash) address.search = String(words);
      else address.hash = String(words);
      link.href = address.href;
      setTimeout(() => (link.href = href));
    };
    if (reader.leaves.length) for (const event of ['click', 'auxclick']) link.addEventListener(event, carry);
    return link;
  }

  /**
   * @param {Reader} reader
   * @param {string} url of the article
   * @param {CommentHit[]} hits
   * @param {number} more
   * @param {Record<string, string>} own direction and language of the texts
   */
  comments(reader, url, hits, more, own) {
    const list = element('ol', { class: 'comment-hits' });
    for (const { anchor, author, date, snippet } of hits) {
      const name = element('bdi', {}, author || this.say('anonymous'));
      const link = this.link(reader, { href: this.address(url, anchor) }, name, date && `, ${this.date(date)}`);
      list.append(element('li', {}, link, element('p', { class: 'snippet', ...own }, ...marked(snippet))));
    }
    if (more) list.append(element('li', { class: 'more' }, this.link(reader, { href: this.address(url, 'comments') }, this.say('moreComments', { n: more }))));
    return list;
  }

  /**
   * The address of a page of this site; of anything else the site's own.
   * @param {string} url relative to the site's root
   * @param {string} [anchor]
   */
  address(url, anchor = '') {
    const address = new URL(url, this.root);
    if (!address.href.startsWith(this.root.href)) return this.root.href;
    if (anchor) address.hash = anchor;
    return address.href;
  }

  /**
   * A date as it is known: a day, a month, a year; what is none of these as it is written.
   * @param {string} edtf
   */
  date(edtf) {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T~?%])/.exec(edtf) ?? [];
    if (!year) return edtf;
    /** @type {Intl.DateTimeFormatOptions} */
    const form = { timeZone: 'UTC', year: 'numeric', ...(month ? { month: 'long' } : {}), ...(day ? { day: 'numeric' } : {}) };
    const date = new Date(0);
    date.setUTCFullYear(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
    // The pages write English dates with the day first.
    return new Intl.DateTimeFormat(this.language === 'en' ? 'en-GB' : this.language, form).format(date);
  }
}
