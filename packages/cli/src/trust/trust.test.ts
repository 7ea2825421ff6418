import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import {
  dataHomeOf,
  ioOf,
  runCli,
  type RunOptions,
  temporaryFolder,
  trustShown,
} from '../testing/run-cli.ts';

const agreeing = (asked: string[] = []) => answering({ 'Do you trust this file?': true }, asked);

function worldWith(text: string) {
  const cwd = temporaryFolder(onTestFinished);
  const path = join(cwd, 'adjutant.config.yaml');
  writeFileSync(path, text);
  const run = (line: string, options: Partial<RunOptions> = {}) =>
    runCli(line.split(' '), { cwd, hasTrusted: false, ...options });
  const trusts = (options: Partial<RunOptions> = {}) =>
    trustShown(ioOf([], { cwd, ...options }).io, []);
  return { cwd, path, run, trusts, write: (more: string) => writeFileSync(path, more) };
}

const store = 'store: store.db\n';
const writing = `${store}connectors: { github: { repositories: [acme/api], writeToken: "\${GITHUB_TOKEN}" } }\n`;

describe('a configuration that nobody trusted', () => {
  test('is refused without a terminal, with an exit code and the command to type', async () => {
    const { cwd, path, run } = worldWith(store);
    const { exitCode, stderr } = await run('status');
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`${path} has not been trusted on this machine`);
    expect(stderr).toContain(`adjutant trust ${path}`);
    expect(readdirSync(cwd)).toEqual(['adjutant.config.yaml']);
  });

  test('is refused with --json even where somebody could be asked', async () => {
    const asked: string[] = [];
    const { run } = worldWith(store);
    const { exitCode, stdout } = await run('status --json', { prompts: agreeing(asked) });
    expect(exitCode).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'NotTrusted' } });
    expect(asked).toEqual([]);
  });

  test('is asked about once, in words that name what it may do', async () => {
    const asked: string[] = [];
    const { run } = worldWith(writing);
    expect((await run('status', { prompts: agreeing(asked) })).exitCode).toBe(0);
    const shown = asked.join('\n');
    expect(shown).toContain('GITHUB_TOKEN → api.github.com');
    expect(shown).toContain('Can change outside');
    expect(shown).toContain('store.db');
    const again: string[] = [];
    expect((await run('status', { prompts: agreeing(again) })).exitCode).toBe(0);
    expect(again).toEqual([]);
    expect((await run('status')).exitCode).toBe(0);
  });

  test('stays refused where the answer is no, or none', async () => {
    const { run } = worldWith(store);
    for (const answer of [false, null]) {
      const prompts = answering({ 'Do you trust this file?': answer });
      expect((await run('status', { prompts })).exitCode).toBe(5);
    }
    expect((await run('status')).exitCode).toBe(5);
  });
});

/** What a trusted file may come to say, and what of it is then shown as new. */
const growth: [string, string, RegExp][] = [
  [
    'a host',
    `${store}connectors: { jira: { site: "https://a.example.com", projects: [A] } }\n`,
    /a\.example\.com/,
  ],
  ['a credential', writing, /GITHUB_TOKEN → api\.github\.com/],
  ['another store', 'store: other.db\n', /other\.db/],
  ['a remote store', 'store: libsql://db.example.com\n', /ADJUTANT_STORE_TOKEN → db\.example\.com/],
  ['a place of checkpoints', `${store}checkpoints: { to: /elsewhere }\n`, /\/elsewhere/],
  ['a place of the archive', `${store}archive: /elsewhere\n`, /\/elsewhere/],
  ['no archive', `${store}archive: false\n`, /without an archive/],
  ['a clone to read', `${store}connectors: { git: { repositories: [/etc] } }\n`, /\/etc/],
  ['where it listens', `${store}gateway: { host: 0.0.0.0 }\n`, /0\.0\.0\.0/],
  [
    'whom it lets in',
    `${store}gateway: { oidc: { issuer: "https://id.example.com", clientId: a, people: { eve: "owner:default" } } }\n`,
    /eve of https:\/\/id\.example\.com as person owner:default/,
  ],
  ['what it deletes', `${store}retention: { reports: 1 }\n`, /reports after 1 days/],
  [
    'what it proposes',
    `${store}signals: { propose: [stale-pull-request] }\n`,
    /stale-pull-request/,
  ],
];

test.each(growth)(
  '%s that came later is asked about, and nothing runs before',
  async (_, text, shown) => {
    const { run, trusts, write } = worldWith(store);
    expect(await trusts()).toBe(0);
    write(text);
    expect((await run('status')).exitCode).toBe(5);
    const asked: string[] = [];
    await run('status', { prompts: answering({ 'Do you trust this file?': false }, asked) });
    expect(asked.join('\n')).toMatch(new RegExp(`^ {2}\\+ .*${shown.source}`, 'm'));
  },
);

test('what goes or stays is not asked about', async () => {
  const { run, trusts, write } = worldWith(writing);
  await trusts();
  write(`# Another comment.\n${store}timeZone: Europe/Berlin\n`);
  expect((await run('status')).exitCode).toBe(0);
});

test.each([
  ['adjutant.policy.yaml', 'actions: {}\n'],
  ['rules/own.yaml', 'id: own\n'],
])('%s that came or changed is asked about', async (name, text) => {
  const { cwd, run, trusts } = worldWith(store);
  await trusts();
  expect((await run('status')).exitCode).toBe(0);
  mkdirSync(join(cwd, 'rules'), { recursive: true });
  writeFileSync(join(cwd, name), text);
  expect((await run('status')).exitCode).toBe(5);
  await trusts();
  expect((await run('trust')).stdout).toContain('trusted already');
  writeFileSync(join(cwd, name), `${text}# changed\n`);
  expect((await run('status')).exitCode).toBe(5);
});

test('what is trusted is listed, shown and revoked, for programs too', async () => {
  const { path, run, trusts } = worldWith(writing);
  expect((await run('trust list')).stdout).toContain('No configuration is trusted');
  await trusts();
  expect((await run('trust list')).stdout).toContain('GITHUB_TOKEN → api.github.com');
  const listed: unknown = JSON.parse((await run('trust list --json')).stdout);
  expect(listed).toMatchObject({ trusted: [{ path }] });
  const revoked: unknown = JSON.parse((await run('trust revoke . --json')).stdout);
  expect(revoked).toEqual({ revoked: [path] });
  expect((await run('status')).exitCode).toBe(5);
  expect((await run('trust revoke .')).exitCode).toBe(2);
});

test('without a terminal nothing is trusted but what a script names by the digest of what was shown', async () => {
  const { run, write } = worldWith(store);
  const { exitCode, stdout } = await run('trust');
  expect(exitCode).toBe(5);
  const digest = /--digest ([0-9a-f]{32})/.exec(stdout)?.[1] ?? '';
  const asked: string[] = [];
  const prompts = agreeing(asked);
  for (const line of ['trust --json', 'trust --yes', 'trust --adopt --json']) {
    expect((await run(line, { prompts })).exitCode).not.toBe(0);
  }
  expect((await run(`trust --digest ${digest.replace(/.$/, 'x')}`)).exitCode).toBe(5);
  expect(asked).toEqual([]);
  expect((await run('status')).exitCode).toBe(5);
  write(`${store}archive: /elsewhere\n`);
  expect((await run(`trust --digest ${digest}`)).exitCode).toBe(5);
  write(store);
  expect((await run(`trust --digest ${digest}`)).exitCode).toBe(0);
  expect((await run('status')).exitCode).toBe(0);
});

test('what is trusted lies in the own data folder, for its owner alone; what others could write counts as nothing', async () => {
  const { cwd, run, trusts } = worldWith(store);
  await trusts();
  const folder = join(dataHomeOf(cwd), 'adjutant', 'trust');
  const [name = ''] = readdirSync(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  chmodSync(join(folder, name), 0o666);
  expect((await run('status')).exitCode).toBe(5);
});

test('no value of a variable is kept', async () => {
  const { cwd, trusts } = worldWith(writing);
  await trusts({ env: { GITHUB_TOKEN: 'ghp_neverwritten0123456789' } });
  const folder = join(dataHomeOf(cwd), 'adjutant', 'trust');
  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(kept.join('')).not.toContain('neverwritten');
});

test('the environment may name what is trusted, from the root and exactly', async () => {
  const { cwd, path, run } = worldWith(store);
  const named = (ADJUTANT_TRUSTED_CONFIG: string) =>
    run('status', { env: { ADJUTANT_TRUSTED_CONFIG } });
  for (const wrong of ['adjutant.config.yaml', cwd, `${path}.other`, '1', '*']) {
    expect((await named(wrong)).exitCode).toBe(5);
  }
  expect((await named(path)).exitCode).toBe(0);
});

test('init trusts what it wrote, and not a policy or a store that lay there', async () => {
  const cwd = temporaryFolder(onTestFinished);
  const run = (line: string) => runCli(line.split(' '), { cwd, hasTrusted: false });
  writeFileSync(join(cwd, 'adjutant.policy.yaml'), 'actions: {}\n');
  await run('init --yes');
  const { exitCode, stderr } = await run('status');
  expect(exitCode).toBe(5);
  expect(stderr).toContain('(1 new point)');
});

test('the token of a store goes to the host beside it and to no other', async () => {
  const { run, trusts } = worldWith('store: http://127.0.0.1:1/\n');
  const env = { ADJUTANT_STORE_TOKEN: 'hidden-token', ADJUTANT_STORE_TOKEN_HOST: 'db.example.com' };
  await trusts({ env });
  const { exitCode, stderr } = await run('status', { env });
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    'entered for db.example.com; the configuration names 127.0.0.1:1, which got nothing',
  );
});
