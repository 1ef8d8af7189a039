/**
 * What is shown of a hit: the article, the best piece of its text, the comments that were found.
 */
import { expand } from './expand.js';
import { stemmerFor } from './languages.js';
import { Marker, leavesOf, pieces, snippet, variety } from './marks.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./marks.js').Piece} Piece */
/** @typedef {import('./query.js').Leaf} Leaf */
/** @typedef {import('./query.js').Question} Question */
/** @typedef {import('./store.js').Article} Article */
/** @typedef {import('./store.js').Comment} Comment */
/** @typedef {import('./store.js').Store} Store */

/**
 * @typedef {object} CommentHit
 * @property {string} anchor
 * @property {string} author
 * @property {string} date
 * @property {Piece[]} snippet
 */

/**
 * @typedef {object} Shown
 * @property {Article} article
 * @property {Piece[]} title
 * @property {Piece[]} snippet
 * @property {boolean} inArticle whether the words were found in the article itself
 * @property {boolean} inComments
 * @property {boolean} deeper whether the words stand further down, in a text that was not fetched
 */

/** Comments shown under their article. */
const COMMENTS = 3;
/** Comments in more chunks than this are looked for by positions; in fewer, by reading them. */
const READABLE = 2;
/** Parts of a long text that are read to find a word in it. */
const PARTS = 6;

export class Reader {
  /**
   * @param {Engine} engine
   * @param {Question} question
   */
  constructor(engine, question) {
    this.engine = engine;
    const leaves = leavesOf(question.query);
    this.leaves = leaves;
    const { fields } = engine.index;
    /** How many keys the question names. */
    this.asked = new Set(leaves.flatMap((leaf) => (leaf.op === 'term' ? [leaf.key] : leaf.op === 'phrase' ? leaf.keys : []))).size;
    /** @type {Map<string, Marker>} */
    this.markers = new Map(fields.map(({ name }, id) => [name, new Marker(leaves.filter(({ field }) => field === id))]));
  }

  /**
   * @param {string} field
   * @param {string} text
   * @param {Article} article
   */
  marks(field, text, article) {
    const stemmer = stemmerFor(article.language, this.engine.index.manifest.language);
    return /** @type {Marker} */ (this.markers.get(field)).marks(text, stemmer);
  }

  /**
   * The keys that were asked for in a field.
   * @param {string} field
   * @returns {Promise<string[]>}
   */
  async keys(field) {
    const id = this.engine.index.fieldId(field);
    const lists = this.leaves.map(async (leaf) => {
      if (leaf.field !== id) return [];
      if (leaf.op === 'term') return [leaf.key];
      return leaf.op === 'phrase' ? leaf.keys : expand(this.engine.index, leaf);
    });
    return [...new Set((await Promise.all(lists)).flat())];
  }

  /**
   * What a document has of the keys asked for in a field.
   * @param {number} doc in the whole index
   * @param {string} field
   */
  async held(doc, field) {
    const { index } = this.engine;
    const id = index.fieldId(field);
    const { segment, doc: number } = index.place(doc);
    const s = index.segments.indexOf(segment);
    const keys = await Promise.all((await this.keys(field)).map((key) => index.key(key)));
    const entries = keys.flatMap(({ entries }) => entries[s] ?? []).filter((entry) => segment.holds(entry, id, number));
    return { segment, number, id, entries };
  }

  /**
   * @param {number} doc in the whole index
   * @param {boolean} [whole] whether to fetch the text that has the words; else its opening does for a while
   * @returns {Promise<Shown>}
   */
  async show(doc, whole = true) {
    const article = await this.engine.article(doc);
    const title = article.title.normalize('NFC');
    const titleMarks = this.marks('title', title, article);
    const best = await this.piece(doc, article, variety(titleMarks), whole);
    const [comments, commenter] = await Promise.all([this.held(doc, 'comments'), this.held(doc, 'commenter')]);
    return {
      article,
      title: pieces(title, titleMarks),
      snippet: best.snippet,
      inArticle: best.found || titleMarks.length > 0,
      inComments: comments.entries.length + commenter.entries.length > 0,
      deeper: best.deeper ?? false,
    };
  }

  /**
   * The best piece of an article's own text: of its opening, its standfirst, or the part further down that has the words.
   * @param {number} doc
   * @param {Article} article
   * @param {number} told how much of the question the title answers; when it is all, no more is fetched
   * @param {boolean} whole
   * @returns {Promise<{ snippet: Piece[], found: boolean, deeper?: boolean }>}
   */
  async piece(doc, article, told, whole) {
    const { store } = this.engine.record(doc);
    const opening = article.opening.normalize('NFC');
    const standfirst = article.standfirst.normalize('NFC');
    const goesOn = article.rest.length > 0;
    const [inOpening, inStandfirst] = [this.marks('body', opening, article), this.marks('standfirst', standfirst, article)];
    if (inOpening.length && variety(inOpening) >= variety(inStandfirst)) return { snippet: snippet(opening, inOpening, { goesOn }), found: true };
    if (inStandfirst.length) return { snippet: snippet(standfirst, inStandfirst), found: true };
    const { entries } = await this.held(doc, 'body');
    const isTold = told > 0 && told >= this.asked;
    if (!whole && entries.length && !isTold && goesOn) return { snippet: snippet(opening || standfirst, [], { goesOn }), found: true, deeper: true };
    for (let part = 0; entries.length && !isTold && part < Math.min(PARTS, article.rest.length / 2); part++) {
      const text = (await store.part(article, part)).normalize('NFC').trim();
      const marks = this.marks('body', text, article);
      if (marks.length) return { snippet: snippet(text, marks, { inside: true }), found: true };
    }
    return { snippet: snippet(opening || standfirst, [], { goesOn }), found: entries.length > 0 };
  }

  /**
   * The comments of an article in which words were found: those with most of them first, at most three.
   * @param {number} doc in the whole index
   * @param {Article} article
   * @returns {Promise<{ hits: CommentHit[], more: number }>} `more`: further comments with words
   */
  async comments(doc, article) {
    const { store } = this.engine.record(doc);
    const chunks = article.commentChunks.length / 3;
    const numbers = chunks > READABLE ? await this.commentNumbers(doc, article) : null;
    const wanted = numbers ? [...new Set(numbers.slice(0, COMMENTS).map((number) => chunkOf(article, number)))] : Array.from({ length: chunks }, (_, i) => i);
    const comments = (await Promise.all(wanted.map((chunk) => store.comments(article, chunk)))).flat();
    const found = comments.flatMap((comment) => this.commentHit(comment, article));
    found.sort((a, b) => b.variety - a.variety || a.number - b.number);
    const hits = found.slice(0, COMMENTS).map(({ hit }) => hit);
    return { hits, more: Math.max((numbers ?? found).length - hits.length, 0) };
  }

  /**
   * @param {Comment} comment
   * @param {Article} article
   */
  commentHit({ number, anchor, author, date, text }, article) {
    const normal = text.normalize('NFC');
    const marks = this.marks('comments', normal, article);
    const names = this.marks('commenter', author.normalize('NFC'), article);
    if (!marks.length && !names.length) return [];
    return [{ number, variety: variety(marks) + variety(names), hit: { anchor, author, date, snippet: snippet(normal, marks, { length: 200 }) } }];
  }

  /**
   * The numbers of the comments with words, best first, from the positions in the index.
   * @param {number} doc
   * @param {Article} article
   * @returns {Promise<number[]>}
   */
  async commentNumbers(doc, article) {
    const ends = commentEnds(article.commentTokens);
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const field of ['comments', 'commenter']) {
      const { segment, number, id, entries } = await this.held(doc, field);
      const places = await Promise.all(entries.map(async (entry) => (await segment.positions(entry, id, [number])).get(number) ?? []));
      for (const positions of places) {
        const numbers = new Set(Array.from(positions, (place) => (field === 'comments' ? ends.findIndex((end) => place < end) : place >> 4)));
        for (const comment of numbers) found.set(comment, (found.get(comment) ?? 0) + 1);
      }
    }
    return Array.from(found).sort(([a, n], [b, m]) => m - n || a - b).map(([comment]) => comment);
  }
}

/**
 * For each comment the number after that of its last token (docs/shard-format.md, section 8).
 * @param {number[]} tokens of each comment
 */
function commentEnds(tokens) {
  let start = 0;
  return tokens.map((count) => {
    const end = start + count;
    start = end + 32;
    return end;
  });
}

/**
 * @param {Article} article
 * @param {number} comment
 */
function chunkOf({ commentChunks }, comment) {
  let chunk = 0;
  while (3 * (chunk + 1) < commentChunks.length && commentChunks[3 * (chunk + 1) + 2] <= comment) chunk++;
  return chunk;
}
