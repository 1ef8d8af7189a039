/**
 * The browser's engine gives Whoosh's answers: the same documents, order, count and scores, over the very same files.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { NO_PYTHON, ROOT, open, python } from './helpers.mjs';
import { FOREIGN, TONGUES, WORDS, WRITTEN, madeUp } from './questions.mjs';

const PROGRAM = readFileSync(join(ROOT, 'tests', 'js', 'corpus.py'), 'utf8');

describe('answers are those of Whoosh', { skip: NO_PYTHON }, () => {
  const root = mkdtempSync(join(tmpdir(), 'backfile-parity-'));
  after(() => rmSync(root, { recursive: true, force: true }));

  const kinds = {
    pure: 'English, three segments, with deleted documents',
    mixed: 'English and Portuguese, three segments, with deleted documents',
    long: 'one segment, with lists of several tiers and few documents of another language',
    tongues: 'six languages, with stop words of one that are words of another',
    one: 'French alone',
  };
  for (const [kind, what] of Object.entries(kinds)) {
    test(what, async (t) => {
      const folder = join(root, kind);
      python(PROGRAM, { args: ['build', folder, kind] });
      const questions = kind in FOREIGN ? [...FOREIGN[kind], ...WRITTEN, ...madeUp(80, [...TONGUES, ...WORDS])] : [...WRITTEN, ...madeUp(160, WORDS)];
      const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
      const answers = python(PROGRAM, { input, args: ['ask', folder] }).trim().split('\n').map((line) => JSON.parse(line));
      assert.equal(answers.length, questions.length);
      const engine = await open(folder);
      const different = [];
      for (const [i, question] of questions.entries()) {
        for (const exact of [true, false]) {
          const problem = await compare(engine, question, answers[i], exact);
          if (problem) different.push(`${question}${exact ? '' : ' (quickly)'}: ${problem}`);
        }
      }
      t.diagnostic(`${questions.length} questions, ${answers.filter(({ total }) => total).length} with hits, ${engine.index.segments.length} segments`);
      assert.deepEqual(different, []);
    });
  }
});

/** What differs between our answer and Whoosh's, or null. */
async function compare(engine, text, expected, exact) {
  const { total, full, hits, exact: counted } = await engine.search({ text, limit: 20, exact });
  if (counted && (total !== expected.total || full !== expected.exact)) return `${total} (${full}) found, expected ${expected.total} (${expected.exact})`;
  if (!counted && (exact || total > expected.total)) return `at least ${total} found, expected ${expected.total}`;
  const [mine, theirs] = [hits.map(({ doc, partial }) => [doc, partial]), expected.hits.map(([doc, , , partial]) => [doc, partial])];
  if (JSON.stringify(mine) !== JSON.stringify(theirs)) return `found ${JSON.stringify(mine)}, expected ${JSON.stringify(theirs)}`;
  const off = hits.findIndex(({ score }, i) => !(Math.abs(score - expected.hits[i][1]) < 1e-9));
  return off < 0 ? null : `hit ${off} scores ${hits[off].score}, expected ${expected.hits[off][1]}`;
}
