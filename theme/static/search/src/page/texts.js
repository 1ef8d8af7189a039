/**
 * What the search page says. A theme can say it in another language: `#search-app[data-texts]` holds JSON with any of these.
 */

export const TEXTS = {
  searching: 'Searching …',
  found: '{n} results',
  foundOne: '1 result',
  foundMore: 'More than {n} results',
  foundSome: '{full} with all words, {some} more with some of them',
  nothing: 'Nothing found for “{q}”.',
  nothingFiltered: 'Nothing found with these filters.',
  meant: 'Did you mean',
  drop: 'Without the filter {filter}',
  partial: 'some of the words',
  untitled: 'Untitled',
  undated: 'date unknown',
  comment: '1 comment',
  comments: '{n} comments',
  anonymous: 'A reader',
  moreComments: '{n} more in these comments',
  unreadable: 'This result cannot be shown: {message}',
  filters: 'Filters',
  section: 'Section',
  author: 'Author',
  tag: 'Tag',
  where: 'Look in',
  everywhere: 'Articles and comments',
  articles: 'Articles',
  inComments: 'Comments',
  dates: 'Date',
  from: 'From',
  to: 'To',
  dateHint: 'A year, a month (2013-05) or a day (2013-05-04)',
  bar: '{year}: {n}',
  sort: 'Order',
  relevance: 'Best first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  discussed: 'Most discussed first',
  remove: 'Remove the filter {filter}',
  save: 'Save results (at most {n}) as',
  slash: 'The key / leads to the search box',
  missing: 'The search index is not here, or a part of it is missing.',
  missingRemedy: 'If you opened a copy of this archive, make sure that the folder “search” was copied whole. If the site was just updated, reload the page.',
  damaged: 'A part of the search index is damaged.',
  damagedRemedy: 'Reload the page. If that does not help, tell whoever keeps this archive which file it is.',
  newer: 'This page is older than the search index.',
  newerRemedy: 'Reload the page, without its cached copy.',
  slow: 'A part of the search index did not arrive.',
  slowRemedy: 'Check the connection and try again.',
  broad: 'That stands for too many words.',
  broadRemedy: 'Write another letter before the * or ?.',
  failed: 'The search failed.',
  failedRemedy: 'Reload the page. If that does not help, tell whoever keeps this archive.',
};

/** @typedef {keyof typeof TEXTS} Text */

/**
 * @template {string} Name
 * @param {Record<Name, string>} english
 * @param {string | undefined} translations JSON
 * @param {string} language
 */
export function speaker(english, translations, language) {
  const texts = { ...english, ...parsed(translations) };
  const numbers = new Intl.NumberFormat(language);
  /**
   * @param {Name} name
   * @param {Record<string, string | number>} [values]
   */
  return (name, values = {}) =>
    String(texts[name]).replace(/\{(\w+)\}/g, (whole, key) => {
      const value = values[key];
      return typeof value === 'number' && key !== 'year' ? numbers.format(value) : String(value ?? whole);
    });
}

/** @typedef {ReturnType<typeof speaker<Text>>} Say */

/**
 * @param {string | undefined} json
 * @returns {object}
 */
function parsed(json) {
  try {
    return Object(JSON.parse(json || '{}'));
  } catch {
    return {};
  }
}
