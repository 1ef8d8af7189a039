/**
 * What article pages load: `arrive.js`. When the address carries words, as links from results do, it loads what marks them.
 */
import { listen, scriptsIn } from './scripts.js';

const script = document.currentScript;
const words = new URLSearchParams(location.search).get('find') ?? new URLSearchParams(location.hash.slice(1)).get('find');
if (words && script instanceof HTMLScriptElement) {
  listen();
  const source = scriptsIn('', new URL('.', script.src).href);
  source.own('highlight.js').then((highlight) => /** @type {typeof import('./highlight.js').highlight} */ (highlight)(words, source, script.dataset.texts));
}
