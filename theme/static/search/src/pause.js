/**
 * Long work in slices, so that typing never stalls.
 */

const SLICE = 8; // milliseconds
let started = 0;
/** @type {Promise<void> | null} */
let waiting = null;

/** Gives way when this slice of work has lasted long enough. */
export async function pause() {
  const now = performance.now();
  if (now - started < SLICE) return;
  waiting ??= turn().then(() => {
    waiting = null;
    started = performance.now();
  });
  await waiting;
}

/** @returns {Promise<void>} */
function turn() {
  const { scheduler } = /** @type {{ scheduler?: { yield?: () => Promise<void> } }} */ (globalThis);
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
