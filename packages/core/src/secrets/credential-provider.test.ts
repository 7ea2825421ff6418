import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  credentialFor,
  type CredentialRequest,
  environmentCredential,
  fileCredential,
  firstCredential,
  storedCredential,
} from './credential-provider.ts';
import { createSecrets } from './create-secrets.ts';
import { createKeyRing } from './testing/key-ring.ts';

const use: CredentialRequest = { source: 'github', purpose: 'read', host: 'api.github.com' };
const others: CredentialRequest[] = [
  { ...use, purpose: 'write' },
  { ...use, host: 'github.example.com' },
  { ...use, source: 'jira' },
];
const publicHosts = { github: 'api.github.com' };

async function openSecrets() {
  const clock = createFakeClock();
  const store = await openStore(':memory:', { clock });
  onTestFinished(() => store.close());
  return createSecrets({ store, workspaceId: 'w', clock, keyProvider: createKeyRing('k1') });
}

test('a variable is read anew for each request, and for its own use alone', async () => {
  const env: Record<string, string> = { TOKEN: 'first' };
  const provider = environmentCredential(use, 'TOKEN', env);
  expect(await provider(use)).toBe('first');
  env['TOKEN'] = 'rotated';
  expect(await provider(use)).toBe('rotated');
  for (const other of others) expect(await provider(other)).toBeNull();
  env['TOKEN'] = '';
  expect(await provider(use)).toBeNull();
});

test('a file is read anew for each request, and for its own use alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'token');
  const provider = fileCredential(use, path);
  await expect(provider(use)).rejects.toThrow(`The credential file ${path} cannot be read`);
  for (const other of others) expect(await provider(other)).toBeNull();
  writeFileSync(path, 'first\n');
  expect(await provider(use)).toBe('first');
  writeFileSync(path, 'rotated\n');
  expect(await provider(use)).toBe('rotated');
});

test('a stored credential that is replaced holds from the next request on', async () => {
  const secrets = await openSecrets();
  const token = credentialFor(storedCredential(secrets, publicHosts), use);
  await expect(token('api.github.com')).rejects.toThrow('no credential to read github');
  await secrets.put('connector:github:read', 'first');
  expect(await token('api.github.com')).toBe('first');
  await secrets.put('connector:github:read', 'rotated');
  expect(await token('api.github.com')).toBe('rotated');
});

test('a stored credential is for reading or for writing, and for one host', async () => {
  const secrets = await openSecrets();
  const provider = storedCredential(secrets, publicHosts);
  await secrets.put('connector:github:read', 'reads');
  for (const other of others) expect(await provider(other)).toBeNull();
  await secrets.put('connector:github:write', 'writes');
  await secrets.put('connector:github:read@github.example.com:8443', 'reads there');
  expect(await provider(use)).toBe('reads');
  expect(await provider({ ...use, purpose: 'write' })).toBe('writes');
  expect(await provider({ ...use, host: 'github.example.com:8443' })).toBe('reads there');
  expect(await provider({ ...use, host: 'github.example.com' })).toBeNull();
});

test('the first provider that has one is taken, a function of the host’s among them', async () => {
  const asked: string[] = [];
  const provider = firstCredential(
    async () => null,
    async ({ host }) => {
      asked.push(host);
      return 'from the host';
    },
    () => Promise.reject(new Error('not asked')),
  );
  expect(await credentialFor(provider, use)('api.github.com')).toBe('from the host');
  expect(asked).toEqual(['api.github.com']);
});
