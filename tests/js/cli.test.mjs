/**
 * `node theme/static/search/cli.mjs OUTPUT QUERY`: what it prints and how it ends.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SEARCH, VECTORS, vectors } from './helpers.mjs';

const output = mkdtempSync(join(tmpdir(), 'backfile-cli-'));
cpSync(join(VECTORS, 'small'), join(output, 'search'), { recursive: true });
after(() => rmSync(output, { recursive: true, force: true }));

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SEARCH, 'cli.mjs'), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('--json prints the total and the hits', () => {
  const { status, stdout } = run(output, 'oil', '--json');
  assert.equal(status, 0);
  const { total, hits } = JSON.parse(stdout);
  assert.equal(total, 1);
  assert.deepEqual(hits.map(({ url, title }) => [url, title]), [['2013/05/04/oil-prices-1.html', 'Oil prices fall again']]);
  const { hits: expected } = vectors('queries').find(({ index, query }) => index === 'small' && query === 'oil');
  assert.ok(Math.abs(hits[0].score - expected[0][1]) < 1e-9);
});

test('--limit counts hits, not the total', () => {
  const { total, hits } = JSON.parse(run(output, '*', '--json', '--limit', '2').stdout);
  assert.deepEqual([total, hits.length], [4, 2]);
});

test('hits that have some of the words only say so', () => {
  const { total, exact, hits } = JSON.parse(run(output, 'oil café', '--json').stdout);
  assert.deepEqual([total, exact], [2, 0]);
  assert.deepEqual(hits.map(({ partial }) => partial), [true, true]);
});

test('without --json it prints lines', () => assert.match(run(output, 'oil').stdout, /Oil prices fall again {2}2013\/05\/04\/oil-prices-1\.html\n1 found\n$/));
test('nothing found is an answer', () => assert.deepEqual(JSON.parse(run(output, 'zzzz', '--json').stdout), { total: 0, exact: 0, hits: [] }));
test('a query may begin with a dash after --', () => assert.equal(run('--json', '--', output, '-oil').status, 0));

test('--help tells how to use it', () => {
  const { status, stdout } = run('--help');
  assert.equal(status, 0);
  assert.match(stdout, /usage:.*OUTPUT QUERY/);
});

test('wrong use ends with 2 and says what is wrong', () => {
  for (const args of [[], [output], [output, 'a', 'b'], [output, 'a', '--limit', 'x'], [output, 'a', '--nonsense']]) {
    const { status, stderr, stdout } = run(...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^search: .+\nTry --help/);
  }
});

test('a site without an index ends with 1 and names the file', () => {
  const { status, stderr } = run(tmpdir(), 'oil');
  assert.equal(status, 1);
  assert.match(stderr, /search\/manifest\.js: there is no such file/);
});

test('a damaged index ends with 1 and names the file', () => {
  const other = mkdtempSync(join(tmpdir(), 'backfile-cli-'));
  cpSync(output, other, { recursive: true });
  writeFileSync(join(other, 'search', 'manifest.js'), 'backfileSearch.manifest({"format":"ba');
  const { status, stderr } = run(other, 'oil');
  rmSync(other, { recursive: true });
  assert.equal(status, 1);
  assert.match(stderr, /search\/manifest\.js: it is not a whole manifest/);
});
