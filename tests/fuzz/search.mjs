/**
 * Fuzzes the browser's search engine: shards, manifests and queries, changed at random, are refused in words or answered.
 *
 *     node tests/fuzz/search.mjs [--seconds N] [--rounds N] [--seed N] [--log FILE]
 *
 * There is no coverage to guide it, so it changes what is real: the payload inside of a shard, wrapped again with the right
 * length; the manifest, with the right check; queries pieced together from all that has a meaning.
 */
import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { filesIn } from '../../theme/static/search/files.mjs';
import { crc32 } from '../../theme/static/search/src/bytes.js';
import { Engine } from '../../theme/static/search/src/engine.js';
import { SearchError } from '../../theme/static/search/src/errors.js';
import { VECTORS, seeded } from '../js/helpers.mjs';

const FOLDER = join(VECTORS, 'small');
const QUESTIONS = ['oil', '"oil prices"', 'mini*', 'date:2013', '*', 'oil~'];
const PIECES = [
  ...QUESTIONS, ' ', ' AND ', ' OR ', ' NOT ', ' ANDNOT ', ' ANDMAYBE ', '(', ')', '[', ']', '{', '}', ' TO ', '"', "'", '~', '~2', '~2/3', '^', '^2.5', ':',
  'title:', 'section_is:', 'date:', 'commenter:', '2009-03', '1e9', '?', '*', '-', '+', '\\', '/', '\u0301', '\u202e', '\0', '\ud800', '😀', 'İ', 'ß', '漢字', '\n', '&lt;',
];

/** The payloads of all shards of the index, by name. */
export const payloads = new Map(
  readdirSync(join(FOLDER, 'x')).flatMap((id) =>
    readdirSync(join(FOLDER, 'x', id)).map((file) => {
      const name = `${id}/${file.replace(/\.js$/, '')}`;
      const [, base64] = /,"([A-Za-z0-9+/=]*)"\);/.exec(readFileSync(join(FOLDER, 'x', id, file), 'utf8'));
      return [name, gunzipSync(Buffer.from(base64, 'base64'))];
    }),
  ),
);
const manifest = /manifest\((\{.*\}),"/s.exec(readFileSync(join(FOLDER, 'manifest.js'), 'utf8'))[1];

/** Changed bytes: some flipped, taken away, doubled, or set to what is at the edge of a number. */
export function changed(bytes, random) {
  let found = Buffer.from(bytes);
  for (let left = 1 + random.below(4); left; left--) {
    const at = random.below(found.length + 1);
    const size = 1 + random.below(random.pick([1, 4, 64]));
    const rest = found.subarray(at);
    switch (random.below(5)) {
      case 0: if (at < found.length) found[at] ^= 1 << random.below(8); break;
      case 1: found = Buffer.concat([found.subarray(0, at), rest.subarray(size)]); break;
      case 2: found = Buffer.concat([found.subarray(0, at), rest.subarray(0, size), rest]); break;
      case 3: found = Buffer.concat([found.subarray(0, at), Buffer.from(random.pick([[0], [127], [255, 255, 255, 127], [128], [255]])), rest]); break;
      default: if (at < found.length) found[at] = random.pick([0, 1, 127, 128, 255]);
    }
  }
  return found;
}

/** All that a reader may be shown of an index in which some shards, or the manifest, are others. */
export async function useAll(others, text = manifest, questions = QUESTIONS) {
  const real = filesIn(FOLDER);
  const source = {
    ...real,
    async manifest() {
      const value = JSON.parse(text);
      return { value, crc: crc32(JSON.stringify(value)) };
    },
    async shard(name) {
      const payload = others.get(name);
      if (!payload) return real.shard(name);
      return { name, size: payload.length, base64: gzipSync(payload).toString('base64') };
    },
  };
  const refused = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      return null;
    }
  };
  const engine = await refused(() => Engine.open(source));
  for (const question of engine ? questions : []) {
    const found = await refused(() => engine.search({ text: question, exact: true, limit: 5 }));
    for (const { doc } of found?.hits ?? []) {
      await refused(async () => {
        const article = await engine.article(doc);
        const { store } = engine.record(doc);
        for (let part = 0; part < article.rest.length / 2; part++) await store.part(article, part);
        for (let chunk = 0; chunk < article.commentChunks.length / 3; chunk++) await store.comments(article, chunk);
      });
    }
  }
  if (engine) await refused(() => engine.overview({ text: 'oil' }));
}

/** A manifest with one value changed for another, somewhere. */
function otherManifest(random) {
  const value = JSON.parse(manifest);
  let at = value;
  for (;;) {
    const keys = Object.keys(at);
    const key = random.pick(keys);
    const inner = at[key];
    if (inner && typeof inner === 'object' && Object.keys(inner).length && random.below(4)) {
      at = inner;
      continue;
    }
    const choice = [null, 0, -1, 1, 2 ** 31, 2 ** 53, 1.5, '', 'x', [], {}, [1], true, typeof inner === 'number' ? inner + 1 : 'a'];
    if (random.below(5)) at[key] = random.pick(choice);
    else delete at[key];
    return JSON.stringify(value);
  }
}

/** One round: what is changed, and what was done with it. */
export async function round(random) {
  const kind = random.pick(['shard', 'shard', 'manifest', 'query']);
  const others = new Map();
  let text = manifest;
  let questions = QUESTIONS;
  if (kind === 'shard') {
    const name = random.pick([...payloads.keys()]);
    others.set(name, changed(payloads.get(name), random));
  } else if (kind === 'manifest') {
    text = otherManifest(random);
  } else {
    questions = [Array.from({ length: 1 + random.below(12) }, () => random.pick(PIECES)).join('')];
  }
  try {
    await useAll(others, text, questions);
  } catch (error) {
    const input = kind === 'shard' ? [...others].map(([name, data]) => [name, data.toString('base64')]) : kind === 'manifest' ? text : questions;
    throw new Error(`a ${kind} broke a promise: ${error.stack}\n${JSON.stringify(input).slice(0, 4000)}`, { cause: error });
  }
}

async function main() {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '60' }, rounds: { type: 'string' }, seed: { type: 'string' }, log: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1e9);
  const random = seeded(seed);
  const began = performance.now();
  let done = 0;
  let broken = 0;
  const isOver = () => (values.rounds ? done >= Number(values.rounds) : performance.now() - began > Number(values.seconds) * 1000);
  while (!isOver()) {
    const at = performance.now();
    try {
      await round(random);
    } catch (error) {
      broken++;
      console.error(error.message);
    }
    if (performance.now() - at > 20_000) console.error(`round ${done} of seed ${seed} took longer than 20 seconds`);
    done++;
  }
  const line = ['search.mjs', Math.round((performance.now() - began) / 1000), done, broken ? `${broken} broken` : 'nothing'].join('\t');
  console.log(line);
  if (values.log) appendFileSync(values.log, `${line}\n`);
  process.exitCode = broken ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
