/**
 * What the search page loads: `search.js` is this file and all that it imports, in one classic script.
 */
import { analyse, fold, isStopWord, rawTokens } from './analysis.js';
import { distance } from './expand.js';
import { SearchPage } from './page/page.js';
import { listen } from './scripts.js';

const { currentScript } = document;
const own = new URL('.', currentScript instanceof HTMLScriptElement ? currentScript.src : location.href).href;
listen({ analyse, fold, isStopWord, rawTokens, distance });
const app = document.getElementById('search-app');
const input = app?.querySelector('input[type=search]');
if (app && input instanceof HTMLInputElement) new SearchPage(app, input, own).start();
