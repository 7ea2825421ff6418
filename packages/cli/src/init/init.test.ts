import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { Prompts } from '../prompts.ts';
import { makeClone } from '../testing/make-clone.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

function cloneWithOwners(): string {
  const clone = makeClone(join(temporaryFolder(onTestFinished), 'api'), 3);
  mkdirSync(join(clone, '.github'));
  writeFileSync(join(clone, '.github', 'CODEOWNERS'), '* @acme/platform\n/docs @acme/docs\n');
  return clone;
}

/** Somebody who answers each kind of question by its words. */
function answering(
  answers: Record<string, string | boolean | null>,
  asked: string[] = [],
): Prompts {
  const answer = (message: string): string | boolean | null | undefined => {
    asked.push(message);
    return answers[Object.keys(answers).find((words) => message.includes(words)) ?? ''];
  };
  return {
    note: (text) => asked.push(text),
    show: (text) => asked.push(text),
    async confirm({ message, initial }) {
      const found = answer(message);
      return found === undefined ? initial : Boolean(found);
    },
    async text({ message, initial }) {
      const found = answer(message);
      return found === undefined ? initial : found === null ? null : String(found);
    },
    choose: async () => null,
  };
}

const readConfig = (clone: string): unknown =>
  parse(readFileSync(join(clone, 'adjutant.config.yaml'), 'utf8'));

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
  expect(asked.at(-2)).toContain('Put one into GITHUB_TOKEN');
});

test('a token that is there is offered, and only its name is written', async () => {
  const clone = cloneWithOwners();
  const env = { GITHUB_TOKEN: 'ghp_0123456789abcdef0123456789abcdef0123' };
  const asked: string[] = [];
  const prompts = answering({ 'Read them now': false }, asked);
  expect((await runCli(['init'], { cwd: clone, prompts, env })).exitCode).toBe(0);
  expect(asked.join('\n')).toContain('of acme/api from GitHub, with the token in GITHUB_TOKEN?');
  const written = readFileSync(join(clone, 'adjutant.config.yaml'), 'utf8');
  expect(written).not.toContain('ghp_');
  expect(readConfig(clone)).toMatchObject({
    connectors: { github: { repositories: ['acme/api'], token: '${GITHUB_TOKEN}' } },
  });
});

test('a token is used by nobody who did not ask for it', async () => {
  const clone = cloneWithOwners();
  const env = { GITHUB_TOKEN: 'ghp_0123456789abcdef0123456789abcdef0123' };
  expect((await runCli(['init', '--yes'], { cwd: clone, env })).exitCode).toBe(0);
  expect(readConfig(clone)).not.toHaveProperty('connectors.github');
  const declined = answering({ 'from GitHub': false, 'Read them now': false });
  await runCli(['init', '--force'], { cwd: clone, env, prompts: declined });
  expect(readConfig(clone)).not.toHaveProperty('connectors.github');
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
