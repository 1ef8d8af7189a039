/**
 * On the first page of a long thread: leads on to the page of the comment that the address names.
 *
 * Links of the site name the right page themselves; this is for addresses made of the article's and a comment's
 * alone, as search results are. `data-places` of the section is what `backfile.comments.paging` writes:
 * "SALT page page ...", where each page is four digits for each of its comments.
 */
(() => {
  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const [salt, ...pages] = (document.getElementById('comments')?.dataset.places ?? '').split(' ');

  /** @param {string} anchor */
  const mark = (anchor) => {
    let value = 2166136261 ^ Number(salt);
    for (const char of anchor) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 16777619);
    return [26, 20, 14, 8].map((shift) => DIGITS[(value >>> shift) & 63]).join('');
  };

  const lead = () => {
    let anchor = location.hash.slice(1);
    try { anchor = decodeURIComponent(anchor); } catch { /* It is taken as it is written. */ }
    if (!anchor.startsWith('comment-') || document.getElementById(anchor)) return;
    const wanted = mark(anchor);
    const at = pages.findIndex((page) => page.match(/.{4}/g)?.includes(wanted));
    if (at < 0) return;
    const address = new URL(location.href);
    address.pathname = address.pathname.replace(/\.html$/, `.comments-${at + 2}.html`);
    location.replace(address.href);
  };

  addEventListener('hashchange', lead);
  lead();
})();
