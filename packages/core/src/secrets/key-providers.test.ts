import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testKeyProvider } from '../testing/key-provider-conformance.ts';
import { fileKeys } from './file-keys.ts';
import type { KeyProvider } from './key-provider.ts';
import { environmentKeys, keysFrom } from './listed-keys.ts';
import type { NamedKey } from './parse-keys.ts';
import { keyOf } from './testing/key-ring.ts';

const clock = createFakeClock();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const base64 = (seed: string) => Buffer.from(keyOf(seed)).toString('base64');
const variable = (...ids: string[]) => ids.map((id) => `${id}:${base64(id)}`).join(',');

describe('keys of an environment variable', () => {
  const env: Record<string, string> = {};
  const cases = testKeyProvider({
    clock,
    create: () => {
      env['ADJUTANT_KEYS'] = variable('k1');
      return environmentKeys(env);
    },
    changeCurrent: () => {
      env['ADJUTANT_KEYS'] = variable('k2', 'k1');
    },
  });
  for (const { name, run } of cases) test(name, run);

  test.each([
    ['nothing', '', 'holds no key'],
    ['no id', base64('canary'), 'Key 1 in ADJUTANT_KEYS has no id'],
    ['a short key', `k1:${base64('canary').slice(0, 20)}`, 'is not base64 of 32 bytes'],
    ['a second key that is damaged', `${variable('k1')},k2:%%%`, 'Key 2 in ADJUTANT_KEYS'],
    ['one id twice', variable('k1', 'k1'), 'two keys with the id "k1"'],
  ])('%s is refused, and not quoted', async (_, value, message) => {
    const failure = await environmentKeys({ ADJUTANT_KEYS: value })
      .currentKeyId()
      .catch((error: unknown) => String(error));
    expect(failure).toContain(message);
    expect(failure).not.toContain(base64('canary').slice(0, 12));
  });

  test('base64 of an address, without padding and with spaces around it, is taken too', async () => {
    const plain = base64('k1').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    const keys = environmentKeys({ ADJUTANT_KEYS: ` k1: ${plain} , ` });
    expect(Buffer.from((await keys.key('k1')) ?? [])).toEqual(Buffer.from(keyOf('k1')));
  });
});

describe('keys of a host’s function', () => {
  let held: NamedKey[];
  const cases = testKeyProvider({
    clock,
    create: () => {
      held = [{ id: 'vault-1', key: keyOf('vault-1') }];
      return keysFrom(async () => held);
    },
    changeCurrent: () => {
      held = [{ id: 'vault-2', key: keyOf('vault-2') }, ...held];
    },
  });
  for (const { name, run } of cases) test(name, run);
});

describe('keys of a file', () => {
  const path = () => join(folder, 'data', 'keys');
  const cases = testKeyProvider({
    clock,
    create: () => fileKeys({ path: path() }),
    changeCurrent: async () => {
      await fileKeys({ path: path() }).addKey();
    },
  });
  for (const { name, run } of cases) test(name, run);

  test('the file is made on first use, for its owner alone, in a folder of its owner alone', async () => {
    const keys = fileKeys({ path: path() });
    // Looking for a key makes none: a lost file must not look like an empty one.
    expect(await keys.key('k1')).toBeNull();
    expect(statSync(path(), { throwIfNoEntry: false })).toBeUndefined();
    const keyId = await keys.currentKeyId();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(readFileSync(path(), 'utf8')).toMatch(new RegExp(`^${keyId}:[A-Za-z0-9+/]{43}=\n$`));
  });

  test.each([0o640, 0o604, 0o620, 0o666])(
    'mode %o is refused, for reading and adding',
    async (mode) => {
      const keys = fileKeys({ path: path() });
      const keyId = await keys.currentKeyId();
      const before = readFileSync(path());
      chmodSync(path(), mode);
      const message = 'Others on this machine may read the keys';
      await expect(keys.key(keyId)).rejects.toThrow(message);
      await expect(keys.currentKeyId()).rejects.toThrow(message);
      await expect(keys.addKey()).rejects.toThrow(message);
      expect(readFileSync(path())).toEqual(before);
      const onWindows = fileKeys({ path: path(), platform: 'win32' });
      expect(await onWindows.currentKeyId()).toBe(keyId);
    },
  );

  test('several keys stand in it, the last is current, and comments are left alone', async () => {
    const keys = fileKeys({ path: path() });
    const first = await keys.addKey();
    writeFileSync(path(), `# ours\n\n${readFileSync(path(), 'utf8')}`);
    const second = await keys.addKey();
    expect(await keys.currentKeyId()).toBe(second);
    expect(await keys.key(first)).not.toBeNull();
    expect(readFileSync(path(), 'utf8')).toContain('# ours');
  });

  test('keys that are added at the same time are all kept', async () => {
    const added = await Promise.all(
      Array.from({ length: 20 }, () => fileKeys({ path: path() }).addKey()),
    );
    const keys: KeyProvider = fileKeys({ path: path() });
    for (const keyId of added) expect(await keys.key(keyId)).toHaveLength(32);
  });

  test.each([
    ['a torn line', 'key-1:AAAA', 'Line 1 of'],
    ['another text', 'this is no key file', 'Line 1 of'],
  ])('%s is refused, with its place and without its text', async (_, text, message) => {
    const keys = fileKeys({ path: path() });
    await keys.currentKeyId();
    writeFileSync(path(), text);
    const failure = await keys.addKey().catch((error: unknown) => String(error));
    expect(failure).toContain(message);
    expect(failure).not.toContain(text);
    expect(readFileSync(path(), 'utf8')).toBe(text);
  });

  test('a place that cannot be written says so', async () => {
    writeFileSync(join(folder, 'data'), 'a file, not a folder');
    await expect(fileKeys({ path: path() }).currentKeyId()).rejects.toThrow('cannot be used');
  });
});
