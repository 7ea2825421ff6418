import { createServer } from 'node:http';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';
import { expect, onTestFinished, test } from 'vitest';
import { githubCredentials } from './configured-github.ts';
import { credentialFrom } from './connector-credential.ts';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

const token = 'ghp_ADJUTANTtestcanary0123456789abcdef';

async function startTwin() {
  const { data } = generateGithubRepository({ pullRequests: 20, seed: 1 });
  const twin = await startGithubTwin({ data, token });
  onTestFinished(() => twin.close());
  return twin;
}

function configure(folder: string, section: readonly string[]): void {
  const lines = ['connectors:', '  github:', ...section.map((line) => `    ${line}`)];
  writeFileSync(join(folder, 'adjutant.config.yaml'), `${lines.join('\n')}\n`);
}

const folder = (): string => temporaryFolder(onTestFinished);
const sectionFor = (url: string): string[] => [
  'repositories: [acme/large]',
  `baseUrl: ${url}`,
  'token: ${GITHUB_TOKEN}',
];

test('a repository at GitHub is synced with a token from the environment', async () => {
  const twin = await startTwin();
  const cwd = folder();
  configure(cwd, sectionFor(twin.url));
  const env = { GITHUB_TOKEN: token, GITHUB_TOKEN_HOST: new URL(twin.url).host };
  const synced = await runCli(['sync', '--json'], { cwd, env });
  expect(synced).toMatchObject({ exitCode: 0 });
  expect(synced.stdout).toContain('pull_requests');
  const doctor = await runCli(['doctor'], { cwd, env });
  expect(doctor.stdout).toContain('adjutant-reader');
  const status = await runCli(['status'], { cwd, env });
  expect(status.stdout).toContain('acme/large');
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
  for (const text of [...files, synced.stdout, synced.stderr, doctor.stdout, status.stdout]) {
    expect(text).not.toContain(token);
  }
});

test('a token goes to no other host than the one beside it in the environment', async () => {
  const seen: string[] = [];
  const witness = createServer((message, response) => {
    seen.push(`${message.url} ${JSON.stringify(message.headers)}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => witness.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    witness.close();
  });
  const address = witness.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  const cwd = folder();
  configure(cwd, sectionFor(`http://127.0.0.1:${address.port}`));
  const result = await runCli(['sync'], { cwd, env: { GITHUB_TOKEN: token } });
  expect(result.exitCode).not.toBe(0);
  expect(`${result.stdout}${result.stderr}`).toContain('GITHUB_TOKEN_HOST');
  expect(`${result.stdout}${result.stderr}`).not.toContain(token);
  expect(seen).toEqual([]);
});

test('what only reads the store needs no token', async () => {
  const cwd = folder();
  configure(cwd, ['repositories: [acme/large]', 'token: ${GITHUB_TOKEN}']);
  const status = await runCli(['status'], { cwd });
  expect(status.exitCode).toBe(0);
  const synced = await runCli(['sync'], { cwd });
  expect(`${synced.stdout}${synced.stderr}`).toContain('GITHUB_TOKEN is not set');
});

test.each([
  ['a token in the file', ['repositories: [a/b]', `token: ${token}`], 'is a secret'],
  [
    'half a token in the file',
    ['repositories: [a/b]', 'token: ghp_${GITHUB_TOKEN}'],
    'is a secret',
  ],
  ['a name without an owner', ['repositories: [widgets]'], 'owner/name'],
  ['nothing to read', ['token: ${GITHUB_TOKEN}'], 'neither repositories nor an organization'],
  ['an unknown key', ['repository: a/b'], 'Did you mean "repositories"?'],
])('%s is told, and not repeated', async (_, section, message) => {
  const cwd = folder();
  configure(cwd, section);
  const result = await runCli(['status'], { cwd, env: { GITHUB_TOKEN: 'x'.repeat(30) } });
  expect(result.exitCode).toBe(3);
  expect(result.stderr).toContain(message);
  expect(result.stderr).not.toContain(token);
});

test('a credential is bound to GitHub itself unless its host says otherwise', () => {
  const env = { A: 'secret', B: 'secret', B_HOST: 'https://ghe.example.com/api/v3' };
  expect(credentialFrom(githubCredentials, '${A}', env)('api.github.com')).toBe('secret');
  expect(() => credentialFrom(githubCredentials, '${A}', env)('ghe.example.com')).toThrow('A');
  expect(credentialFrom(githubCredentials, '${B}', env)('ghe.example.com')).toBe('secret');
  expect(() => credentialFrom(githubCredentials, '${B}', env)('api.github.com')).toThrow('B');
});
