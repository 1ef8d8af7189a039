/**
 * The best documents of a question whose parts must all match, fetching no more of long lists than it takes to be sure.
 *
 * A document that all parts know is *sure*. What the others can score at most is known from the bounds. When the last of the
 * best sure ones is above that, the best are found; else the lists' next tiers are fetched.
 */
import { streamOf } from './streams.js';
import { flags } from './facets.js';
import { pause } from './pause.js';
import { Top } from './top.js';

/** @typedef {import('./evaluate.js').Evaluator} Evaluator */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./streams.js').Stream} Stream */
/** @typedef {import('./top.js').Ranked} Ranked */

/**
 * @typedef {object} Best
 * @property {Ranked[]} ranked best first
 * @property {number} sure documents that surely match
 * @property {boolean} all whether those are all that match
 * @property {number} rest bytes to fetch to know all
 */

/** Bytes of a list, before they are packed, that each round fetches at most, but one tier at least: a second round is rare, for it costs every reader a round trip. */
const STEP = 320_000;
const ROUNDS = 2;
const MARGIN = 1 + 1e-9; // sums in another order differ by less

/**
 * @param {Evaluator} evaluator
 * @param {Query[]} parts that must all match
 * @param {number} limit
 * @param {(Uint32Array | null)[]} within documents that may be found, by segment; null: all
 * @returns {Promise<Best>}
 */
export async function best(evaluator, parts, limit, within) {
  const { segments } = evaluator.index;
  const states = await Promise.all(segments.map(async (_, s) => new State(evaluator, await Promise.all(parts.map((part) => streamOf(evaluator, part, s))), s, within[s])));
  for (let round = 0; ; round++) {
    const top = new Top(limit);
    for (const state of states) {
      state.survey(top);
      await pause();
    }
    const open = states.filter((state) => state.reach > 0 && state.reach * MARGIN >= top.floor);
    if (!open.length) {
      return {
        ranked: top.sorted(),
        sure: states.reduce((sum, { sure }) => sum + sure, 0),
        all: states.every((state) => state.reach === 0),
        rest: states.reduce((sum, { rest }) => sum + rest, 0),
      };
    }
    await Promise.all(open.map((state) => state.more(round < ROUNDS ? STEP : Infinity)));
  }
}

/** What is known in one segment. */
class State {
  /**
   * @param {Evaluator} evaluator
   * @param {Stream[]} streams
   * @param {number} s number of the segment
   * @param {Uint32Array | null} within
   */
  constructor(evaluator, streams, s, within) {
    this.segment = evaluator.index.segments[s];
    this.streams = streams;
    this.allowed = within && flags(within, this.segment.info.docs);
    // Lent: clear before and after `survey`, which nothing interrupts.
    this.sums = evaluator.adders[s].sums;
    this.masks = evaluator.adders[s].seen;
    /** Documents that surely match. */
    this.sure = 0;
    /** No document that is not sure scores more than this; 0: there is none. */
    this.reach = Infinity;
  }

  get rest() {
    return this.reach ? this.streams.reduce((sum, { rest }) => sum + rest, 0) : 0;
  }

  /** @param {Top} top takes the sure ones */
  survey(top) {
    const { streams, sums, masks, segment, allowed } = this;
    const seen = this.gather();
    const [full, complete] = [2 ** streams.length - 1, streams.reduce((bits, stream, i) => (stream.complete ? bits + 2 ** i : bits), 0)];
    /** @type {Map<number, number>} */
    const bounds = new Map();
    this.sure = 0;
    this.reach = complete ? 0 : this.bound(0);
    for (const doc of seen) {
      const [mask, sum] = [masks[doc], sums[doc]];
      masks[doc] = 0;
      sums[doc] = 0;
      if ((mask & complete) >>> 0 !== complete || segment.deleted.has(doc) || (allowed && !allowed[doc])) continue;
      if (mask === full) {
        this.sure++;
        top.offer(segment.base + doc, sum);
        continue;
      }
      let bound = bounds.get(mask);
      if (bound === undefined) bounds.set(mask, (bound = this.bound(mask)));
      this.reach = Math.max(this.reach, sum + bound);
    }
  }

  /** Adds up what the streams know; returns the documents of any. */
  gather() {
    const { streams, sums, masks } = this;
    const seen = new Uint32Array(streams.reduce((sum, { match }) => sum + match.docs.length, 0));
    let count = 0;
    streams.forEach(({ match: { docs, scores } }, i) => {
      const bit = 2 ** i;
      for (let j = 0; j < docs.length; j++) {
        const doc = docs[j];
        if (!masks[doc]) seen[count++] = doc;
        masks[doc] += bit;
        sums[doc] += scores[j];
      }
    });
    return seen.subarray(0, count);
  }

  /**
   * What the streams that are not in a mask can add at most.
   * @param {number} mask
   */
  bound(mask) {
    return this.streams.reduce((sum, { bound }, i) => (mask & (2 ** i) ? sum : sum + bound), 0);
  }

  /** @param {number} bytes of each list */
  async more(bytes) {
    await Promise.all(this.streams.filter(({ complete }) => !complete).map((stream) => stream.more(bytes)));
  }
}
