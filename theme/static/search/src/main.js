/**
 * What the search page loads: `search.js` is this file and all that it imports, in one classic script.
 */
import { SearchPage } from './page/page.js';
import { listen } from './scripts.js';

const { currentScript } = document;
const own = new URL('.', currentScript instanceof HTMLScriptElement ? currentScript.src : location.href).href;
listen();
const app = document.getElementById('search-app');
const input = app?.querySelector('input[type=search]');
if (app && input instanceof HTMLInputElement) new SearchPage(app, input, own).start();
