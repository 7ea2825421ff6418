import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGithubData, startGithubTwin } from '@adjutant/connectors/testing';
import { createFakeClock } from '@adjutant/core/testing';
import type { SetupStep, SetupSteps } from '@adjutant/gateway';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { CommandContext } from '../command-context.ts';
import { openAdjutant } from '../open-adjutant.ts';
import { createOutput } from '../output.ts';
import { makeClone, testNow } from '../testing/make-clone.ts';
import { runCli, temporaryFolder, trustFor } from '../testing/run-cli.ts';
import { createSetupSteps } from './create-setup-steps.ts';

const timeout = 60_000;
const token = 'ghp_typedintothepage0123456789abcdef';
const comment = '# Whoever keeps this file wrote this line.';

/** A clone with a configuration, and a GitHub of which a part is to be read. */
async function startWorld(
  config: string | null = `${comment}\nstore: file:.adjutant/adjutant.db\n`,
) {
  const clock = createFakeClock(testNow);
  const folder = temporaryFolder(onTestFinished);
  const clone = makeClone(join(folder, 'api'), 3);
  if (config !== null) writeFileSync(join(clone, 'adjutant.config.yaml'), config);
  const code = createGithubData();
  const acme = code.addOrganization('acme', 'Acme');
  const ada = code.addActor({ login: 'ahill', name: 'Ada Hill' });
  for (const name of ['api', 'web']) {
    const added = code.addRepository(acme, { name, pushedAt: testNow });
    code.addCommit(added, { at: testNow - 3_600_000, by: ada });
  }
  const github = await startGithubTwin({ data: code, clock, token });
  onTestFinished(() => github.close());
  const silent = { write: () => undefined, isTty: false, columns: undefined };
  const env = { PATH: process.env['PATH'] ?? '', XDG_DATA_HOME: join(folder, 'data') };
  const io = {
    ...{
      argv: [],
      cwd: clone,
      homeDirectory: folder,
      accountHome: null,
      platform: 'linux' as const,
    },
    ...{
      stdout: silent,
      stderr: silent,
      signal: new AbortController().signal,
      env,
      ownsProcess: false,
    },
    isInteractive: false,
    self: { nodePath: '', nodeArguments: [], scriptPath: '', nodeVersion: '' },
    prompts: () => Promise.reject(new Error('the test has nobody to ask')),
  };
  const output = createOutput(io, { json: true, color: false });
  const context: CommandContext = { io, output, clock, configPath: undefined, secrets: [] };
  await trustFor(io);
  const opened = await openAdjutant(context);
  onTestFinished(() => opened.adjutant.close());
  const steps = createSetupSteps(context, opened);
  const path = join(clone, 'adjutant.config.yaml');
  return { clock, folder, clone, github, env, context, opened, steps, path };
}

async function stepOf(steps: SetupSteps, id: string): Promise<SetupStep | undefined> {
  return (await steps.list()).find((step) => step.id === id);
}

function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
}

test('a token is tried for real, kept encrypted, and the file names what is read and nothing else', {
  timeout,
}, async () => {
  const { steps, github, path, opened, folder, env, clone, clock } = await startWorld();
  const values = { token, host: `${github.url}/api/v3`, repositories: 'acme/web' };
  const tried = await steps.check('github', values);
  expect(tried).toMatchObject({ ok: true });
  expect(tried.choices?.['repositories']?.map(({ value }) => value).toSorted()).toEqual([
    'acme/api',
    'acme/web',
  ]);
  expect(parse(readFileSync(path, 'utf8'))).not.toHaveProperty('connectors');
  const kept = await steps.apply('github', values);
  expect(kept).toEqual({ said: 'Kept: acme/web.', needsRestart: true });
  const written = readFileSync(path, 'utf8');
  expect(written).toContain(comment);
  expect(parse(written)).toMatchObject({
    connectors: { github: { repositories: ['acme/web'], baseUrl: `${github.url}/api/v3` } },
  });
  expect(await stepOf(steps, 'github')).toMatchObject({ state: 'done' });
  await opened.adjutant.close();
  expect(everythingIn(folder)).not.toContain(token);
  const result = await runCli(['sync', '--json'], { cwd: clone, env, clock });
  expect(result.exitCode).toBe(0);
  expect(`${result.stdout}${result.stderr}`).not.toContain(token);
  expect(JSON.stringify(github.requests)).toContain('web');
});

test('a token that is refused is said so without a letter of it, and nothing is kept', {
  timeout,
}, async () => {
  const { steps, github, path } = await startWorld();
  const wrong = 'ghp_wrongwrongwrong0123456789abcdef';
  const before = readFileSync(path, 'utf8');
  const tried = await steps.check('github', {
    token: wrong,
    host: `${github.url}/api/v3`,
    repositories: '',
  });
  expect(tried.ok).toBe(false);
  expect(tried.said).toContain('GitHub does not answer as it should');
  expect(tried.said).not.toContain(wrong);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('clones are tried and kept beside what stands there', { timeout }, async () => {
  const { steps, path } = await startWorld(
    'store: file:.adjutant/adjutant.db\nconnectors:\n  github: { repositories: [acme/api] } # ours\n',
  );
  expect(await stepOf(steps, 'clones')).toMatchObject({ state: 'open' });
  expect(await steps.check('clones', { repositories: 'nowhere' })).toMatchObject({ ok: false });
  expect(await steps.check('clones', { repositories: '.' })).toMatchObject({ ok: true });
  await steps.apply('clones', { repositories: ['.'], tags: 'v*' });
  expect(parse(readFileSync(path, 'utf8'))).toMatchObject({
    connectors: {
      github: { repositories: ['acme/api'] },
      git: { repositories: ['.'], deployments: { tags: 'v*' } },
    },
  });
  expect(readFileSync(path, 'utf8')).toContain('# ours');
});

test('a step that is left out stays so after a restart, and can be taken up', {
  timeout,
}, async () => {
  const { steps, context, opened } = await startWorld();
  await steps.skip('jira', true);
  const again = createSetupSteps(context, opened);
  expect(await stepOf(again, 'jira')).toMatchObject({ state: 'skipped' });
  expect(await stepOf(again, 'slack')).toMatchObject({ state: 'open' });
  await again.skip('jira', false);
  expect(await stepOf(steps, 'jira')).toMatchObject({ state: 'open' });
  await expect(steps.skip('none', true)).rejects.toMatchObject({ code: 'NotFound' });
});

test('what cannot stand in the file is refused, and the file stays as it is', {
  timeout,
}, async () => {
  const { steps, path } = await startWorld();
  const before = readFileSync(path, 'utf8');
  for (const [step, values] of [
    ['github', { repositories: 'not a repository' }],
    ['jira', { site: 'javascript:alert(1)', projects: 'PAY' }],
    ['slack', { channels: '' }],
    ['clones', { repositories: '' }],
  ] as const) {
    await expect(steps.apply(step, values), step).rejects.toMatchObject({ code: 'InvalidInput' });
  }
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('without a file one is made that names the store in use', { timeout }, async () => {
  const { steps, opened, clone } = await startWorld(null);
  mkdirSync(join(clone, 'elsewhere'));
  await steps.apply('slack', { channels: 'general' });
  const written = readFileSync(join(clone, 'adjutant.config.yaml'), 'utf8');
  expect(parse(written)).toMatchObject({
    store: opened.loaded.config.store,
    connectors: { slack: { channels: ['general'] } },
  });
});

test('the store is kept out of git only where somebody says so', { timeout }, async () => {
  const { steps, clone } = await startWorld();
  const ignored = join(clone, '.gitignore');
  await steps.apply('clones', { repositories: '.' });
  expect(existsSync(ignored)).toBe(false);
  expect(await steps.apply('ignore', {})).toMatchObject({ needsRestart: false });
  expect(readFileSync(ignored, 'utf8')).toBe('.adjutant/\n');
  expect(await stepOf(steps, 'ignore')).toMatchObject({ state: 'done' });
});
