import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { dataHomeOf, type RunResult, runCli, temporaryFolder } from '../testing/run-cli.ts';

const token = 'ghp_ADJUTANTtestcanary0123456789abcdef';
const other = 'ghp_ADJUTANTtestcanary9876543210fedcba';
const read = 'connector:github:read';

const folder = (): string => temporaryFolder(onTestFinished);
const keyFile = (cwd: string) => join(dataHomeOf(cwd), 'adjutant', 'keys');
const keyIds = (cwd: string) =>
  readFileSync(keyFile(cwd), 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [line.split(':')[0] ?? '']));

async function run(
  cwd: string,
  line: string,
  options: Partial<Parameters<typeof runCli>[1]> = {},
): Promise<RunResult> {
  const result = await runCli(line.split(' '), { cwd, ...options });
  expect(`${result.stdout}${result.stderr}`).not.toContain('canary');
  return result;
}

const listSchema = z.object({
  secrets: z.array(z.object({ name: z.string(), updatedAt: z.number() })),
  keys: z.array(z.object({ keyId: z.string(), secrets: z.number(), retiredAt: z.any() })),
  unfinishedRotation: z.boolean(),
});
const listIn = async (cwd: string, options = {}) =>
  listSchema.parse(JSON.parse((await run(cwd, 'keys list --json', options)).stdout));

async function startTwin() {
  const { data } = generateGithubRepository({ pullRequests: 20, seed: 1 });
  const twin = await startGithubTwin({ data, token });
  onTestFinished(() => twin.close());
  return twin;
}

function configure(cwd: string, lines: readonly string[]): void {
  const text = ['store: ./figures.db', 'connectors:', '  github:', ...lines.map((l) => `    ${l}`)];
  writeFileSync(join(cwd, 'adjutant.config.yaml'), `${text.join('\n')}\n`);
}

test('a secret is set, listed without its value, replaced and removed', async () => {
  const cwd = folder();
  expect((await run(cwd, 'keys')).stdout).toContain('No secret is stored');
  const stored = await run(cwd, `keys set ${read}`, { secret: token });
  expect(stored).toMatchObject({ exitCode: 0 });
  expect(stored.stdout).toContain(`Its key is in ${keyFile(cwd)}`);
  expect(statSync(keyFile(cwd)).mode & 0o777).toBe(0o600);
  const again = await run(cwd, `keys set ${read} --json`, { secret: other });
  expect(JSON.parse(again.stdout)).toMatchObject({ name: read, replaced: true });
  const list = await listIn(cwd);
  expect(list.secrets.map(({ name }) => name)).toEqual([read]);
  expect(list.keys).toMatchObject([{ keyId: keyIds(cwd)[0], secrets: 1, retiredAt: null }]);
  expect((await run(cwd, 'keys list')).stdout).toMatch(/connector:github:read +\d{4}-\d\d-\d\d/);
  expect(await run(cwd, `keys remove ${read}`)).toMatchObject({ exitCode: 0 });
  const gone = await run(cwd, `keys remove ${read} --json`);
  expect(gone.exitCode).toBe(2);
  expect(JSON.parse(gone.stdout)).toMatchObject({ error: { code: 'NotFound' } });
});

test('a secret as an argument is refused, and not repeated', async () => {
  const cwd = folder();
  for (const line of [`keys set ${read} ${token}`, `keys set ${read} --value=${token}`]) {
    const refused = await run(cwd, line, { secret: other });
    expect({ line, exitCode: refused.exitCode }).toEqual({ line, exitCode: 2 });
  }
  // The secret where the name belongs.
  expect(await run(cwd, `keys set ${token}!`, { secret: other })).toMatchObject({ exitCode: 2 });
  expect(await run(cwd, `keys set ${read}`, { secret: '' })).toMatchObject({ exitCode: 2 });
  expect(await run(cwd, `keys set ${read}`)).toMatchObject({ exitCode: 2 });
  expect((await listIn(cwd)).secrets).toEqual([]);
});

test('rotate makes a new key and retire ends the old one', async () => {
  const cwd = folder();
  await run(cwd, `keys set ${read}`, { secret: token });
  const [first = ''] = keyIds(cwd);
  expect(await run(cwd, `keys retire ${first}`)).toMatchObject({ exitCode: 1 });
  const rotated = await run(cwd, 'keys rotate');
  expect(rotated.stdout).toContain(`adjutant keys retire ${first}`);
  const [, second = ''] = keyIds(cwd);
  expect((await listIn(cwd)).keys).toMatchObject([{ keyId: second, secrets: 1 }]);
  expect(await run(cwd, `keys retire ${first}`)).toMatchObject({ exitCode: 0 });
  expect((await listIn(cwd)).keys).toMatchObject([{ keyId: second }, { keyId: first }]);
  expect((await run(cwd, 'keys list')).stdout).toContain('retired');
  expect(await run(cwd, 'keys retire nothing')).toMatchObject({ exitCode: 2 });
});

test('rewrap moves what is stored to another current key of the environment', async () => {
  const cwd = folder();
  const key = (id: string, seed: string) =>
    `${id}:${Buffer.from(seed.repeat(32)).toString('base64')}`;
  const before = { ADJUTANT_KEYS: key('k1', 'a') };
  const after = { ADJUTANT_KEYS: `${key('k2', 'b')},${key('k1', 'a')}` };
  await run(cwd, `keys set ${read}`, { secret: token, env: before });
  expect(await run(cwd, 'keys rewrap', { env: after })).toMatchObject({ exitCode: 0 });
  expect((await listIn(cwd, { env: after })).keys).toMatchObject([{ keyId: 'k2', secrets: 1 }]);
  expect(await run(cwd, 'keys retire k1', { env: after })).toMatchObject({ exitCode: 0 });
  const lost = await run(cwd, 'keys rotate', { env: before });
  expect(lost.exitCode).toBe(3);
  expect(lost.stderr).toContain('"k1" was retired');
  const wrong = { ADJUTANT_KEYS: key('k2', 'c') };
  const refused = await run(cwd, 'keys rewrap', { env: wrong });
  expect(refused.stdout).toContain('0 data keys');
  const set = await run(cwd, `keys set ${read}`, { env: wrong, secret: other });
  expect(set.exitCode).toBe(3);
  expect(set.stderr).toContain('"k2" is not the one that the secrets were stored with');
});

test('a configured connector reads with a stored credential, bound to its host', async () => {
  const twin = await startTwin();
  const { host } = new URL(twin.url);
  const cwd = folder();
  configure(cwd, ['repositories: [acme/large]', `baseUrl: ${twin.url}`]);
  const without = await run(cwd, 'sync --json');
  expect(without.stdout).toContain(`adjutant keys set ${read}@${host}`);
  // For GitHub itself, and therefore not sent there.
  await run(cwd, `keys set ${read}`, { secret: token });
  expect((await run(cwd, 'sync --json')).exitCode).not.toBe(0);
  // For writing, and therefore not read with.
  await run(cwd, `keys set connector:github:write@${host}`, { secret: token });
  expect((await run(cwd, 'sync --json')).exitCode).not.toBe(0);
  expect(twin.requests).toEqual([]);
  await run(cwd, `keys set ${read}@${host}`, { secret: token });
  const synced = await run(cwd, 'sync --json');
  expect(synced).toMatchObject({ exitCode: 0 });
  expect(twin.requests.length).toBeGreaterThan(2);
  // Rotated: the old value is not used again.
  await run(cwd, `keys set ${read}@${host}`, { secret: other });
  expect((await run(cwd, 'sync --json')).exitCode).not.toBe(0);
  // A variable that is set comes first.
  configure(cwd, ['repositories: [acme/large]', `baseUrl: ${twin.url}`, 'token: ${GITHUB_TOKEN}']);
  const env = { GITHUB_TOKEN: token, GITHUB_TOKEN_HOST: host };
  expect(await run(cwd, 'sync --json', { env })).toMatchObject({ exitCode: 0 });
  expect((await run(cwd, 'sync --json')).exitCode).not.toBe(0);
});

test('the key of an app is found among the stored secrets', async () => {
  const twin = await startTwin();
  const cwd = folder();
  const { id, installationId, privateKey } = twin.app;
  configure(cwd, [
    'repositories: [acme/large]',
    `baseUrl: ${twin.url}`,
    `app: { appId: ${id}, installationId: ${installationId} }`,
  ]);
  await run(cwd, `keys set ${read}@${new URL(twin.url).host}`, { secret: privateKey });
  expect(await run(cwd, 'sync --json')).toMatchObject({ exitCode: 0 });
});
