import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './connector.ts';
import { runGit } from './spawn-git.ts';
import { createFixtureShelf, failureOf, readAll } from './testing/fixture-shelf.ts';
import type { FixtureDescription } from './testing/git-fixture.ts';
import { createGitContext, gapCodes, rowsOf, syncIntoMemory } from './testing/memory-sync.ts';
import { usual } from './testing/usual-repository.ts';

const { fixtureOf, temporaryFolder, clear } = createFixtureShelf();

afterEach(clear);

describe('every kind of repository', () => {
  it('reads a bare one', async () => {
    const { directory } = await fixtureOf({ ...usual, bare: true });
    expect((await readAll(directory)).rows.commits).toHaveLength(8);
  });

  it('takes the hosting service that committed a squash for nobody, and for no bot', async () => {
    const committer = { name: 'GitHub', email: 'noreply@github.com' };
    const { directory } = await fixtureOf({
      commits: [{ id: 'root', message: 'Begin (#1)\n', at: '2026-03-02T09:00:00Z', committer }],
    });
    const { rows } = await readAll(directory);
    expect(rows.accounts.map(({ externalId, isBot }) => [externalId, isBot])).toEqual([
      ['ada@example.com', false],
    ]);
    expect(rows.commits[0]).toMatchObject({ committerAccountExternalId: null });
  });

  it('reads a folder inside one, and a worktree of it as the same repository', async () => {
    const { directory, gitDirectory } = await fixtureOf(usual);
    await mkdir(join(directory, 'deep/er'), { recursive: true });
    const worktree = join(await temporaryFolder(), 'tree');
    await runGit({
      arguments: [
        '--git-dir',
        gitDirectory,
        'worktree',
        'add',
        '-q',
        '--no-checkout',
        worktree,
        '-b',
        'topic',
      ],
      subject: 'fixture',
    });
    const inside = await readAll(join(directory, 'deep/er'));
    const beside = await readAll(worktree);
    expect(inside.rows).toEqual(beside.rows);
    expect(inside.scope).toEqual(beside.scope);
    const scopes = [];
    const config: GitConfig = { repositories: [directory, worktree, join(directory, 'deep')] };
    for await (const scope of git.definition.discover(createGitContext(config))) scopes.push(scope);
    expect(scopes).toHaveLength(1);
  });

  it('reads the others where one cannot be opened, and tells of it last', async () => {
    const { directory } = await fixtureOf(usual);
    const config: GitConfig = { repositories: [await temporaryFolder(), directory] };
    const found: string[] = [];
    const discovering = async (): Promise<void> => {
      for await (const scope of git.definition.discover(createGitContext(config))) {
        found.push(scope.externalId);
      }
    };
    expect(await failureOf(discovering())).toMatchObject({ code: 'Configuration' });
    expect(found).toEqual(['git.example.com/acme/api']);
  });

  it('gives of an empty one its name, nothing else, and a gap', async () => {
    const { directory } = await fixtureOf({ origin: 'git@git.example.com:acme/new.git' });
    const { rows, gaps } = await readAll(directory);
    expect(rows.commits).toEqual([]);
    expect(rows.repositories).toMatchObject([{ name: 'new', fullName: 'acme/new' }]);
    expect(gaps).toContain('empty_repository');
  });

  it('reads what a shallow one has, says what is missing, and takes in what comes later', async () => {
    const whole = await fixtureOf(usual);
    const clone = join(await temporaryFolder(), 'clone');
    cloneOf(whole.gitDirectory, clone, ['--depth=2']);
    const config: GitConfig = { repositories: [clone] };
    const { memory } = await syncIntoMemory(config);
    expect(rowsOf(memory, config).commits.length).toBeLessThan(8);
    expect(gapCodes(memory)).toContain('shallow_clone');
    fetchInto(clone, ['--unshallow', 'origin']);
    await syncIntoMemory(config, memory);
    expect(rowsOf(memory, config).commits).toHaveLength(8);
    expect(gapCodes(memory)).not.toContain('shallow_clone');
  });

  it('reads a partial one, whose blobs are missing', async () => {
    const whole = await fixtureOf({
      ...usual,
      commits: [
        {
          id: 'only',
          message: 'Only\n',
          files: { '.mailmap': 'A <a@x.org> <b@x.org>\n', big: 'x' },
        },
      ],
      tags: {},
    });
    const clone = join(await temporaryFolder(), 'clone');
    await runGit({
      arguments: ['--git-dir', whole.gitDirectory, 'config', 'uploadpack.allowFilter', 'true'],
      subject: 'fixture',
    });
    cloneOf(whole.gitDirectory, clone, ['--filter=blob:none', '--no-checkout']);
    const config: GitConfig = { repositories: [clone] };
    const { memory } = await syncIntoMemory(config);
    expect(rowsOf(memory, config).commits).toHaveLength(1);
    expect(rowsOf(memory, config).identityMappings).toEqual([]);
    expect(gapCodes(memory)).toContain('mailmap_unreadable');
    // The content arrives, as with a checkout.
    fetchInto(clone, ['--refetch', '--no-filter', 'origin']);
    await syncIntoMemory(config, memory);
    expect(rowsOf(memory, config).identityMappings).toHaveLength(1);
    expect(gapCodes(memory)).not.toContain('mailmap_unreadable');
    // Gone again: what was read stays.
    const again = join(await temporaryFolder(), 'clone');
    cloneOf(whole.gitDirectory, again, ['--filter=tree:0', '--no-checkout']);
    await rm(clone, { recursive: true });
    await rename(again, clone);
    await syncIntoMemory(config, memory);
    expect(rowsOf(memory, config).identityMappings).toHaveLength(1);
    expect(gapCodes(memory)).toContain('mailmap_unreadable');
  });

  it('reads only tags where there is no branch', async () => {
    const { directory } = await fixtureOf({ ...usual, branches: {} });
    const { rows } = await readAll(directory);
    expect(rows.commits).toHaveLength(8);
    expect(rows.pullRequests).toEqual([]);
  });

  it('names one without a shared remote by its folder', async () => {
    const parent = await temporaryFolder();
    const { directory } = await fixtureOf({
      ...usual,
      directory: join(parent, 'my-api'),
      origin: '/srv/x',
    });
    const { scope } = await readAll(directory);
    expect(scope).toMatchObject({ name: 'my-api' });
    expect(scope.externalId).toMatch(/^local\/my-api-[0-9a-f]{12}$/);
  });

  it('limits history where the configuration says so, and says it', async () => {
    const { directory } = await fixtureOf(usual);
    const { rows, gaps } = await readAll(directory, { since: '2026-03-04' });
    expect(rows.commits).toHaveLength(4);
    expect(gaps).toContain('history_limited');
  });
});

describe('the default branch', () => {
  const two: FixtureDescription = {
    commits: [
      { id: 'one', message: 'One\n' },
      { id: 'two', message: 'Two\n' },
      { id: 'three', message: 'Three\n' },
    ],
  };

  it.each([
    [
      'what the remote calls its head',
      { 'refs/remotes/origin/dev': 'two', topic: 'three' },
      'dev',
      2,
    ],
    [
      'the local one where it is ahead',
      { dev: 'three', 'refs/remotes/origin/dev': 'two' },
      'dev',
      3,
    ],
    [
      'the remote one where the local is behind',
      { dev: 'one', 'refs/remotes/origin/dev': 'two' },
      'dev',
      2,
    ],
  ] as const)('is %s', async (_, branches, name, commits) => {
    const { directory, gitDirectory } = await fixtureOf({ ...two, branch: 'topic', branches });
    await runGit({
      arguments: [
        '--git-dir',
        gitDirectory,
        'symbolic-ref',
        'refs/remotes/origin/HEAD',
        'refs/remotes/origin/dev',
      ],
      subject: 'fixture',
    });
    const { rows } = await readAll(directory);
    expect(rows.repositories).toMatchObject([{ defaultBranch: name }]);
    expect(rows.commits).toHaveLength(commits);
  });

  it('is a usual name where the head is detached, as in a build', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf({
      ...two,
      branches: { 'refs/remotes/origin/master': 'two' },
    });
    await writeFile(join(gitDirectory, 'HEAD'), `${shas['three']}\n`);
    expect((await readAll(directory)).rows.repositories).toMatchObject([
      { defaultBranch: 'master' },
    ]);
  });

  it('is the detached commit where nothing else is there', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf({ ...two, branches: {} });
    await writeFile(join(gitDirectory, 'HEAD'), `${shas['two']}\n`);
    const { rows } = await readAll(directory);
    expect(rows.repositories).toMatchObject([{ defaultBranch: null }]);
    expect(rows.commits).toHaveLength(2);
  });

  it('is the configured one, and a wrong one is an error that says what to correct', async () => {
    const { directory } = await fixtureOf({ ...two, branches: { main: 'three', rel: 'one' } });
    expect((await readAll(directory, { defaultBranch: 'rel' })).rows.commits).toHaveLength(1);
    const error = await failureOf(readAll(directory, { defaultBranch: '--all' }));
    expect(error).toMatchObject({ code: 'Configuration' });
    expect(error.hint).toContain('defaultBranch');
  });
});

/** The hardened spawn knows no transport, so clones are made by plain git. */
function cloneOf(source: string, target: string, options: string[]): void {
  execFileSync('git', ['clone', '-q', ...options, `file://${source}`, target], { stdio: 'ignore' });
}

function fetchInto(target: string, options: string[]): void {
  execFileSync('git', ['-C', target, 'fetch', '-q', ...options], { stdio: 'ignore' });
}
