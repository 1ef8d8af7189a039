/**
 * The rounds of tests/fuzz/search.mjs that everybody runs; and that no query costs more than its length.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Asker } from '../../theme/static/search/src/query.js';
import { MAX_QUERY } from '../../theme/static/search/src/tags.js';
import { round } from '../fuzz/search.mjs';
import { seeded } from './helpers.mjs';

test('shards, manifests and queries that were changed at random are refused in words or answered', async () => {
  const random = seeded(20);
  for (let number = 0; number < 60; number++) await round(random);
});

describe('a query costs no more than its length, and what is beyond the longest costs nothing', () => {
  const asker = new Asker({ stemmers: ['porter'], fields: [{ name: 'title', kind: 'text', boost: 1500 }, { name: 'body', kind: 'text', boost: 1000 }] });
  const spent = (text) => {
    const began = process.cpuUsage().user;
    asker.ask(text);
    return process.cpuUsage().user - began;
  };
  /** The least of several: the machine may have other things to do. */
  const least = (text) => Math.max(2000, Math.min(...Array.from({ length: 4 }, () => spent(text))));
  /** Measured again before it is too much, as the Python tests do: other tests run beside these. */
  const within = (times, long, short) => Array.from({ length: 4 }).some(() => least(long) < times * least(short));

  for (const piece of ['(', 'a AND ', 'NOT ', '"a b"~', 'a* ', 'oil~ ', '[', 'title:', 'a^2 ', '((a) ', '\u0323\u0301', '? ', '?', ' ', '"', '\\', '{a TO ']) {
    test(JSON.stringify(piece), () => {
      const long = piece.repeat(MAX_QUERY / piece.length);
      asker.ask(long);
      assert.ok(within(40, long, long.slice(0, MAX_QUERY / 8)), 'eight times the text');
      assert.ok(within(6, long.repeat(100), long), 'a hundred times the longest');
    });
  }
});
