import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { answering } from '../testing/answering.ts';
import { makeClone } from '../testing/make-clone.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

function cloneWithOwners(): string {
  const clone = makeClone(join(temporaryFolder(onTestFinished), 'api'), 3);
  mkdirSync(join(clone, '.github'));
  writeFileSync(join(clone, '.github', 'CODEOWNERS'), '* @acme/platform\n/docs @acme/docs\n');
  return clone;
}

const readConfig = (clone: string): unknown =>
  parse(readFileSync(join(clone, 'adjutant.config.yaml'), 'utf8'));

const connectorsIn = (clone: string): object =>
  z.object({ connectors: z.object({}).loose() }).parse(readConfig(clone)).connectors;

test('with --yes it writes what can be seen, reads it, and claims no deployments', async () => {
  const clone = cloneWithOwners();
  const result = await runCli(['init', '--yes'], { cwd: clone });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readConfig(clone)).toEqual({
    store: 'file:.adjutant/adjutant.db',
    connectors: { git: { repositories: ['.'] } },
    teams: [
      { key: 'platform', name: 'Platform', repositories: ['github.com/acme/api'] },
      { key: 'docs', name: 'Docs', repositories: [] },
    ],
  });
  expect(readFileSync(join(clone, '.gitignore'), 'utf8')).toBe('.adjutant/\n');
  const status = await runCli(['status', '--json'], { cwd: clone });
  expect(JSON.parse(status.stdout)).toMatchObject({ rowCounts: { commits: 3, repositories: 1 } });
});

test('each step can be answered or skipped, and without a token it is said what one would add', async () => {
  const clone = cloneWithOwners();
  writeFileSync(join(clone, '.gitignore'), 'dist');
  const asked: string[] = [];
  const prompts = answering(
    { 'Tags that are': 'v*', CODEOWNERS: false, 'Read them now': false },
    asked,
  );
  const result = await runCli(['init'], { cwd: clone, prompts });
  expect(result.exitCode).toBe(0);
  expect(readConfig(clone)).toEqual({
    store: 'file:.adjutant/adjutant.db',
    connectors: {
      git: { repositories: ['.'], deployments: { tags: 'v*', environment: 'production' } },
    },
  });
  expect(readFileSync(join(clone, '.gitignore'), 'utf8')).toBe('dist\n.adjutant/\n');
  expect(existsSync(join(clone, '.adjutant'))).toBe(false);
  const notes = asked.join('\n');
  expect(notes).toContain('Put one into GITHUB_TOKEN');
  expect(notes).toContain('put one into JIRA_TOKEN');
  expect(notes).toContain('put one into SLACK_TOKEN');
});

test('a token is used by nobody who did not ask for it', async () => {
  const clone = cloneWithOwners();
  const env = {
    GITHUB_TOKEN: 'ghp_0123456789abcdef0123456789abcdef0123',
    JIRA_TOKEN: 'ATATT0123456789abcdef',
    JIRA_SITE: 'https://acme.atlassian.net',
    SLACK_TOKEN: 'xoxb-0123456789abcdef',
  };
  expect((await runCli(['init', '--yes'], { cwd: clone, env })).exitCode).toBe(0);
  expect(Object.keys(connectorsIn(clone))).toEqual(['git']);
  const declined = answering({
    'from GitHub?': false,
    'from Jira?': false,
    'from Slack?': false,
    'Read them now': false,
  });
  await runCli(['init', '--force'], { cwd: clone, env, prompts: declined });
  expect(Object.keys(connectorsIn(clone))).toEqual(['git']);
});

test('cancelling writes nothing', async () => {
  const clone = cloneWithOwners();
  const prompts = answering({ 'Tags that are': null });
  const result = await runCli(['init'], { cwd: clone, prompts });
  expect(result.exitCode).toBe(130);
  expect(existsSync(join(clone, 'adjutant.config.yaml'))).toBe(false);
});

test('an existing configuration is kept unless forced', async () => {
  const clone = cloneWithOwners();
  writeFileSync(join(clone, 'adjutant.config.yaml'), 'store: mine.db\n');
  const refused = await runCli(['init', '--yes'], { cwd: clone });
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--force') });
  expect(readConfig(clone)).toEqual({ store: 'mine.db' });
  expect((await runCli(['init', '--yes', '--force'], { cwd: clone })).exitCode).toBe(0);
});

test('the store is not ignored twice', async () => {
  const clone = cloneWithOwners();
  writeFileSync(join(clone, '.gitignore'), '/.adjutant\n');
  await runCli(['init', '--yes'], { cwd: clone });
  expect(readFileSync(join(clone, '.gitignore'), 'utf8')).toBe('/.adjutant\n');
});

test('where nobody can be asked it says so instead of waiting', async () => {
  const result = await runCli(['init'], { cwd: temporaryFolder(onTestFinished) });
  expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
});
