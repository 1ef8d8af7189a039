/**
 * Damage is noticed: each kind of it gives an error that names the file, never a wrong answer and never a wait without end.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { crc32 } from '../../theme/static/search/src/bytes.js';
import { SearchError } from '../../theme/static/search/src/errors.js';
import { readManifest } from '../../theme/static/search/src/manifest.js';
import { VERSION, unwrap } from '../../theme/static/search/src/shard.js';
import { VECTORS, seeded, useAll } from './helpers.mjs';

const root = mkdtempSync(join(tmpdir(), 'backfile-damage-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A copy of an index of the vectors, to be spoilt. */
function copy(name, index = 'small') {
  const folder = join(root, name);
  cpSync(join(VECTORS, index), folder, { recursive: true });
  return folder;
}

/** The files that readers use, by kind. */
function shards(folder) {
  const x = join(folder, 'x');
  const names = readdirSync(x).flatMap((id) => readdirSync(join(x, id)).map((name) => join(id, name)));
  return names.filter((name) => !/[kb]\d+\.js$/.test(name)).map((name) => join('x', name));
}

describe('a damaged file is an error that names it', () => {
  test('any flipped byte of any file is noticed, or changes nothing', async () => {
    const whole = await useAll(copy('whole'));
    const random = seeded(7);
    for (const file of ['manifest.js', ...shards(join(root, 'whole'))]) {
      for (let round = 0; round < 12; round++) {
        const folder = join(root, 'whole');
        const before = readFileSync(join(folder, file));
        const spoilt = Buffer.from(before);
        const at = random.below(spoilt.length);
        spoilt[at] ^= 1 << random.below(8);
        writeFileSync(join(folder, file), spoilt);
        try {
          assert.equal(await useAll(folder), whole, `${file}, byte ${at}`);
        } catch (error) {
          if (!(error instanceof SearchError)) throw error;
          assert.ok(['damaged', 'newer'].includes(error.trouble), `${file}, byte ${at}: ${error.message}`);
          assert.ok(error.message.includes(file), `${error.message} names ${file}`);
        } finally {
          writeFileSync(join(folder, file), before);
        }
      }
    }
  });

  test('a file cut short is damaged', async () => {
    const folder = copy('cut');
    for (const file of ['manifest.js', ...shards(folder)]) {
      const before = readFileSync(join(folder, file));
      for (const length of [0, 1, Math.floor(before.length / 2), before.length - 5]) {
        writeFileSync(join(folder, file), before.subarray(0, length));
        await assert.rejects(useAll(folder), { trouble: 'damaged', file }, `${file} cut to ${length}`);
      }
      writeFileSync(join(folder, file), before);
    }
  });

  test('a missing file is missing', async () => {
    const folder = copy('missing');
    for (const file of ['manifest.js', ...shards(folder)]) {
      const before = readFileSync(join(folder, file));
      rmSync(join(folder, file));
      await assert.rejects(useAll(folder), { trouble: 'missing', file });
      writeFileSync(join(folder, file), before);
    }
  });

  test('a file in the place of another is damaged', async () => {
    const folder = copy('swapped');
    const [t] = shards(folder).filter((file) => /t0\.js$/.test(file));
    writeFileSync(join(folder, t), readFileSync(join(folder, t.replace('t0', 'w0'))));
    await assert.rejects(useAll(folder), { trouble: 'damaged', message: /the file holds .*w0/ });
  });
});

describe('a payload is checked from its first byte on', () => {
  const name = '0123456789abcdef/t0';
  const wrap = (bytes, changes = {}) => ({ name, size: bytes.length, base64: gzipSync(Buffer.from(bytes)).toString('base64'), ...changes });
  const good = [0x42, 0x46, VERSION, 0x74, 0];

  test('a good one passes', async () => assert.deepEqual([...(await unwrap(name, wrap(good)))], good));

  const bad = {
    'of another format': [[0x42, 0x47, VERSION, 0x74], {}, 'damaged', /BF/],
    'of a version from the future': [[0x42, 0x46, VERSION + 1, 0x74], {}, 'newer', new RegExp(`reads version ${VERSION} and found ${VERSION + 1}`)],
    'of version 0': [[0x42, 0x46, 0, 0x74], {}, 'damaged', /version is 0/],
    'of another kind': [[0x42, 0x46, VERSION, 0x77], {}, 'damaged', /kind "w", expected was "t"/],
    'that is empty': [[], {}, 'damaged', /BF/],
    'longer than it says': [good, { size: 4 }, 'damaged', /4 bytes were expected and more found/],
    'shorter than it says': [good, { size: 6 }, 'damaged', /6 bytes were expected and 5 found/],
    'larger than a shard may be': [good, { size: 2 ** 24 + 1 }, 'damaged', /more than a shard may have/],
    'of another name': [good, { name: '0123456789abcdef/t1' }, 'damaged', /holds 0123456789abcdef\/t1/],
    'that is no base64': [good, { base64: '!' }, 'damaged', /base64/],
    'that is no gzip': [good, { base64: 'AAAA' }, 'damaged', /unpacked/],
  };
  for (const [what, [bytes, changes, trouble, message]] of Object.entries(bad)) {
    test(`one ${what} is refused`, () => assert.rejects(unwrap(name, wrap(bytes, changes)), { trouble, message, file: `x/${name}.js` }));
  }

  test('a bomb is not unpacked past the length it gives', async () => {
    const bomb = wrap(new Uint8Array(64 << 20), { size: 1000 });
    await assert.rejects(unwrap(name, bomb), { trouble: 'damaged', message: /more found/ });
  });
});

describe('a manifest is checked', () => {
  const text = readFileSync(join(VECTORS, 'several', 'manifest.js'), 'utf8');
  const [, json] = /manifest\((.*),"[0-9a-f]{8}"\)/s.exec(text);
  const changed = (change) => {
    const manifest = JSON.parse(json);
    change(manifest);
    return [manifest, crc32(JSON.stringify(manifest))];
  };

  const bad = {
    'of another format': [(m) => { m.format = 'other'; }, 'damaged'],
    'from the future': [(m) => { m.version = VERSION + 1; }, 'newer'],
    'without segments': [(m) => { delete m.segments; }, 'damaged'],
    'with separators that are too few': [(m) => { m.segments[0].t.pop(); }, 'damaged'],
    'with documents that are nowhere': [(m) => { m.segments[0].map = []; }, 'damaged'],
    'with a segment of an impossible name': [(m) => { m.segments[0].id = '../../../../evil'; }, 'damaged'],
    'with lengths that are too few': [(m) => { m.segments[0].lengths = [1]; }, 'damaged'],
    'with a separator that shares more than there is': [(m) => { m.segments[0].t = ['1a', ...m.segments[0].t.slice(1)]; }, 'damaged'],
    'with a list where text should be': [(m) => { m.segments[0].t = 'abc'; }, 'damaged'],
  };
  for (const [what, [change, trouble]] of Object.entries(bad)) {
    test(`one ${what} is refused`, () => assert.throws(() => readManifest(...changed(change)), { trouble, file: 'manifest.js' }));
  }

  test('a wrong CRC is refused', () => assert.throws(() => readManifest(JSON.parse(json), '00000000'), { trouble: 'damaged', message: /CRC/ }));
  test('keys that are not known are ignored', () => assert.ok(readManifest(...changed((m) => { m.more = { a: [1] }; m.segments[0].zz = 1; }))));
  for (const value of [null, undefined, 7, 'x', [], {}]) {
    test(`${JSON.stringify(value)} is no manifest`, () => assert.throws(() => readManifest(value, ''), { trouble: 'damaged' }));
  }
});
