import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core';
import { createFakeClock, testConnector } from '@adjutant/core/testing';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './connector.ts';
import { runGit } from './spawn-git.ts';
import {
  createGitFixture,
  type FixtureDescription,
  type GitFixture,
} from './testing/git-fixture.ts';
import { createGitContext, gapCodes, rowsOf, syncIntoMemory } from './testing/memory-sync.ts';

const grace = { name: 'Grace', email: 'Grace@Example.com' };
const merger = { name: 'Linus', email: 'linus@example.com' };
const always = ['deployments_not_configured', 'rebase_merges_invisible', 'reviews_not_in_git'];

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function fixtureOf(description: FixtureDescription): Promise<GitFixture> {
  const fixture = await createGitFixture(description);
  folders.push(fixture.directory);
  return fixture;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-connector-'));
  folders.push(folder);
  return folder;
}

async function readAll(path: string, more: Partial<GitConfig> = {}) {
  const config: GitConfig = { repositories: [path], ...more };
  const { memory } = await syncIntoMemory(config);
  return { rows: rowsOf(memory, config), gaps: gapCodes(memory), scope: memory.scope };
}

async function failureOf(promise: Promise<unknown>): Promise<AdjutantError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!AdjutantError.isInstance(error)) throw new Error(`Not our error: ${String(error)}`);
  return error;
}

/** A team's usual week: a merged branch, a squash, a direct push, a pull before a push. */
const usual: FixtureDescription = {
  origin: 'git@Git.Example.com:acme/api.git',
  commits: [
    { id: 'root', message: 'Begin\n', at: '2026-03-02T09:00:00Z' },
    { id: 'a1', message: 'Start\n', author: grace, at: '2026-03-02T10:00:00Z' },
    { id: 'a2', message: 'Go on\n', at: '2026-03-02T12:00:00Z' },
    {
      id: 'merge',
      parents: ['root', 'a2'],
      author: merger,
      at: '2026-03-03T10:00:00Z',
      message: 'Merge pull request #1 from o/claude/start\n\nStart the thing\n',
    },
    {
      id: 'squash',
      author: grace,
      at: '2026-03-04T10:00:00Z',
      message: 'Squash it (#2)\n\nCo-authored-by: Claude <noreply@anthropic.com>\n',
    },
    {
      id: 'local',
      parents: ['merge'],
      at: '2026-03-04T11:00:00Z',
      authoredAt: '2026-03-04T08:00:00Z',
      message: 'Kept time (#3)\n',
    },
    {
      id: 'pull',
      parents: ['local', 'squash'],
      at: '2026-03-04T12:00:00Z',
      message: "Merge branch 'main' of git.example.com:acme/api\n",
    },
    {
      id: 'revert',
      at: '2026-03-05T10:00:00Z',
      message: 'Revert "Go on"\n\nThis reverts commit abcdef1.\n',
    },
  ],
  tags: {
    'v1.0': 'merge',
    'v1.1': { on: 'revert', at: '2026-03-06T10:00:00Z' },
    'nightly-7': 'squash',
  },
};

describe('a usual repository', () => {
  it('gives commits, parents and accounts', async () => {
    const { directory, shas } = await fixtureOf(usual);
    const { rows, scope } = await readAll(directory);
    expect(scope.externalId).toBe('git.example.com/acme/api');
    expect(rows.commits).toHaveLength(8);
    expect(rows.commitParents).toHaveLength(9);
    expect(rows.commits.find(({ sha }) => sha === shas['local'])).toEqual({
      source: 'git',
      repositoryExternalId: 'git.example.com/acme/api',
      sha: shas['local'],
      authorAccountExternalId: 'ada@example.com',
      committerAccountExternalId: 'ada@example.com',
      authoredAt: Date.parse('2026-03-04T08:00:00Z'),
      committedAt: Date.parse('2026-03-04T11:00:00Z'),
      subject: 'Kept time (#3)',
      parentCount: 1,
      isRevert: false,
      revertsSha: null,
    });
    expect(rows.commits.find(({ sha }) => sha === shas['revert'])).toMatchObject({
      isRevert: true,
      revertsSha: 'abcdef1',
    });
    expect(rows.accounts.map(({ externalId, name }) => [externalId, name]).toSorted()).toEqual([
      ['ada@example.com', 'Ada'],
      ['grace@example.com', 'Grace'],
      ['linus@example.com', 'Linus'],
    ]);
    expect(rows.repositories).toEqual([
      {
        source: 'git',
        externalId: 'git.example.com/acme/api',
        name: 'api',
        fullName: 'acme/api',
        url: 'https://git.example.com/acme/api',
        defaultBranch: 'main',
        mergeStyle: 'mixed',
      },
    ]);
  });

  it('gives pull requests with what the graph shows, and null for the rest', async () => {
    const { directory, shas } = await fixtureOf(usual);
    const { rows, gaps } = await readAll(directory);
    const byNumber = new Map(rows.pullRequests.map((request) => [request.number, request]));
    expect([...byNumber.keys()].toSorted()).toEqual([1, 2, 3]);
    expect(byNumber.get(1)).toMatchObject({
      externalId: `git.example.com/acme/api@${shas['merge']}`,
      title: 'Start the thing',
      state: 'merged',
      authorAccountExternalId: 'grace@example.com',
      openedAt: null,
      readyAt: null,
      mergedAt: Date.parse('2026-03-03T10:00:00Z'),
      firstCommitAt: Date.parse('2026-03-02T10:00:00Z'),
      mergeSha: shas['merge'],
      headSha: shas['a2'],
      headRef: 'claude/start',
      baseRef: 'main',
      mergeMethod: 'merge',
    });
    // Squashed on the far side of a pull: still a pull request, its author time hidden.
    expect(byNumber.get(2)).toMatchObject({ mergeMethod: 'squash', firstCommitAt: null });
    expect(byNumber.get(3)).toMatchObject({
      mergeMethod: 'squash',
      firstCommitAt: Date.parse('2026-03-04T08:00:00Z'),
    });
    const commitsOf = (number: number): string[] =>
      rows.pullRequestCommits
        .filter(
          ({ pullRequestExternalId }) => pullRequestExternalId === byNumber.get(number)?.externalId,
        )
        .map(({ sha }) => sha);
    expect(commitsOf(1)).toEqual([shas['a1'], shas['a2']]);
    expect(commitsOf(2)).toEqual([shas['squash']]);
    expect(gaps).toEqual([...always, 'squash_author_time'].toSorted());
  });

  it('gives the marks of coding tools as evidence, and none for what carries no mark', async () => {
    const { directory, shas } = await fixtureOf(usual);
    const { rows } = await readAll(directory);
    expect(
      rows.aiEvidence.map(({ subjectKind, subjectExternalId, class: kind, origin }) => [
        subjectKind,
        subjectExternalId,
        kind,
        origin,
      ]),
    ).toEqual([
      ['commit', shas['squash'], 'assisted', 'trailer'],
      ['pull_request', `git.example.com/acme/api@${shas['merge']}`, 'agent_authored', 'branch'],
    ]);
  });

  it('gives each release what it is the first to contain', async () => {
    const { directory, shas } = await fixtureOf(usual);
    const { rows } = await readAll(directory);
    const releaseOf = new Map(
      rows.releaseCommits.map(({ sha, releaseExternalId }) => [
        sha,
        releaseExternalId.split('@')[1],
      ]),
    );
    expect(Object.entries(shas).map(([name, sha]) => [name, releaseOf.get(sha)])).toEqual([
      ['root', 'v1.0'],
      ['a1', 'v1.0'],
      ['a2', 'v1.0'],
      ['merge', 'v1.0'],
      ['squash', 'nightly-7'],
      ['local', 'v1.1'],
      ['pull', 'v1.1'],
      ['revert', 'v1.1'],
    ]);
    expect(rows.deployments).toEqual([]);
    expect(rows.releases.find(({ name }) => name === 'v1.1')?.releasedAt).toBe(
      Date.parse('2026-03-06T10:00:00Z'),
    );
  });

  it('gives the tags as deployments that the configuration names, and no others', async () => {
    const { directory, shas } = await fixtureOf(usual);
    const { rows, gaps } = await readAll(directory, {
      deployments: { tags: 'v*', environment: 'live' },
    });
    expect(rows.deployments).toMatchObject([
      { environment: 'live', result: 'success', origin: 'tag', previousExternalId: null },
      { previousExternalId: rows.deployments[0]?.externalId },
    ]);
    // The first known one carried its own commit for sure; what more, nobody knows.
    const changes = rows.deploymentChanges.map(({ sha, method }) => [sha, method]);
    expect(changes.toSorted()).toEqual(
      [
        [shas['merge'], 'exact_sha'],
        [shas['squash'], 'graph_diff'],
        [shas['local'], 'graph_diff'],
        [shas['pull'], 'graph_diff'],
        [shas['revert'], 'exact_sha'],
      ].toSorted(),
    );
    expect(gaps).not.toContain('deployments_not_configured');
  });

  it('maps the same record to the same rows, and changes no record', async () => {
    const { directory } = await fixtureOf(usual);
    const config: GitConfig = { repositories: [directory] };
    const { memory } = await syncIntoMemory(config);
    const before = JSON.stringify([...memory.records].map(([id, records]) => [id, [...records]]));
    expect(rowsOf(memory, config)).toEqual(rowsOf(memory, config));
    const after = JSON.stringify([...memory.records].map(([id, records]) => [id, [...records]]));
    expect(after).toBe(before);
  });
});

describe('every kind of repository', () => {
  it('reads a bare one', async () => {
    const { directory } = await fixtureOf({ ...usual, bare: true });
    expect((await readAll(directory)).rows.commits).toHaveLength(8);
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

  it('gives an empty one no rows and a gap', async () => {
    const { directory } = await fixtureOf({});
    const { rows, gaps } = await readAll(directory);
    expect(rows.commits).toEqual([]);
    expect(gaps).toContain('empty_repository');
  });

  it('reads what a shallow one has, says what is missing, and takes in what comes later', async () => {
    const whole = await fixtureOf(usual);
    const clone = join(await temporaryFolder(), 'clone');
    await cloneOf(whole.gitDirectory, clone, ['--depth=2']);
    const config: GitConfig = { repositories: [clone] };
    const { memory } = await syncIntoMemory(config);
    expect(rowsOf(memory, config).commits.length).toBeLessThan(8);
    expect(gapCodes(memory)).toContain('shallow_clone');
    await fetchInto(clone, ['--unshallow', 'origin']);
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
    await cloneOf(whole.gitDirectory, clone, ['--filter=blob:none', '--no-checkout']);
    const { rows } = await readAll(clone);
    expect(rows.commits).toHaveLength(1);
    expect(rows.identityMappings).toEqual([]);
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

describe('bad input', () => {
  it('reads broken dates, titles of a megabyte, control characters and names that are not UTF-8', async () => {
    const { directory, shas } = await fixtureOf({
      commits: [
        { id: 'negative', message: 'Before 1970\n', at: -86_400 },
        { id: 'zero', message: 'Zero\n', at: 0 },
        { id: 'late', message: 'Late\n', at: '99999999999999999' },
        {
          id: 'bytes',
          message: 'Bytes\n',
          author: { name: Buffer.from([0x52, 0xe9]), email: 'r@x.org' },
        },
        { id: 'nobody', message: 'Nobody\n', author: { name: '', email: '' } },
        { id: 'long', message: `${'\u001b[31mlong '.repeat(120_000)}\n` },
        { id: 'nothing', message: '' },
      ],
    });
    const { rows, gaps } = await readAll(directory);
    const subjectOf = (name: string) => rows.commits.find(({ sha }) => sha === shas[name]);
    expect(rows.commits).toHaveLength(7);
    expect(subjectOf('negative')).toMatchObject({ authoredAt: null, committedAt: 0 });
    expect(subjectOf('zero')).toMatchObject({ authoredAt: null, committedAt: 0 });
    expect(subjectOf('late')).toMatchObject({
      authoredAt: null,
      committedAt: 8_640_000_000_000_000,
    });
    expect(subjectOf('nobody')?.authorAccountExternalId).toBeNull();
    expect(subjectOf('long')?.subject.length).toBe(500);
    expect(subjectOf('nothing')?.subject).toBe('');
    expect(rows.accounts.find(({ externalId }) => externalId === 'r@x.org')?.name).toBe('R\uFFFD');
    expect(gaps).toEqual(
      expect.arrayContaining(['names_not_utf8', 'text_truncated', 'unreadable_dates']),
    );
  });

  it('gives no negative or zero coding time where a branch is dated after its merge', async () => {
    const { directory } = await fixtureOf({
      commits: [
        { id: 'root', message: 'Begin\n', at: '2026-03-02T09:00:00Z' },
        { id: 'topic', message: 'Topic\n', at: '2026-03-09T09:00:00Z' },
        {
          id: 'merge',
          parents: ['root', 'topic'],
          message: 'Merge pull request #1 from o/x\n',
          at: '2026-03-05T09:00:00Z',
        },
      ],
    });
    const { rows, gaps } = await readAll(directory);
    expect(rows.pullRequests).toMatchObject([{ firstCommitAt: null }]);
    expect(gaps).toContain('first_commit_after_merge');
  });

  it('leaves out tags that name no commit, and says so', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf({
      commits: [{ id: 'one', message: 'One\n', files: { 'a.txt': 'a' } }],
      tags: { old: { on: 'one', withoutTagger: true }, plain: 'one' },
    });
    const { output } = await runGit({
      arguments: ['--git-dir', gitDirectory, 'rev-parse', `${shas['one']}^{tree}`],
      subject: 'fixture',
    });
    await mkdir(join(gitDirectory, 'refs/tags'), { recursive: true });
    await writeFile(join(gitDirectory, 'refs/tags/tree'), output.toString());
    await writeFile(join(gitDirectory, 'refs/tags/gone'), `${'1'.repeat(40)}\n`);
    const { rows, gaps } = await readAll(directory);
    expect(rows.releases.map(({ name }) => name).toSorted()).toEqual(['old', 'plain']);
    expect(gaps).toContain('unreadable_tags');
  });

  it.each([
    [
      'a folder that is not there',
      async () => join(await temporaryFolder(), 'none'),
      'There is no folder',
    ],
    ['a folder without a repository', temporaryFolder, 'is not a git repository'],
    [
      'a file',
      async () => {
        const file = join(await temporaryFolder(), 'file');
        await writeFile(file, '');
        return file;
      },
      'is not a git repository',
    ],
  ])('answers %s with an error that says what to do', async (_, make, message) => {
    const error = await failureOf(readAll(await make()));
    expect(error).toMatchObject({ code: 'Configuration', source: 'git' });
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'answers a folder that cannot be read with a permission error',
    async () => {
      const { directory, gitDirectory } = await fixtureOf(usual);
      await chmod(gitDirectory, 0);
      const error = await failureOf(readAll(directory));
      await chmod(gitDirectory, 0o755);
      expect(['Permission', 'Configuration']).toContain(error.code);
    },
  );

  it('answers a damaged repository with an error, not with half a history', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf(usual);
    const sha = shas['a1'] ?? '';
    await rm(join(gitDirectory, 'objects', sha.slice(0, 2), sha.slice(2)));
    const error = await failureOf(readAll(directory));
    expect(error).toMatchObject({ code: 'Upstream', source: 'git' });
    expect(error.hint).toContain('git fsck');
  });

  it.each([
    [{}, 'repositories'],
    [{ repositories: [] }, 'repositories'],
    [{ repositories: ['.'], deploy: 'v*' }, 'deploy'],
    [{ repositories: ['.'], since: 'yesterday' }, 'since'],
  ])('refuses the configuration %j', (config, key) => {
    expect(() => git(config as GitConfig)).toThrow(key);
  });

  it('stops when it is told to, with the reason it was given', async () => {
    const { directory } = await fixtureOf(usual);
    const reason = new Error('enough');
    await expect(
      syncIntoMemory({ repositories: [directory] }, undefined, {
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
  });
});

describe('check', () => {
  it('names version, history, default branch and merge style', async () => {
    const { directory } = await fixtureOf(usual);
    const report = await git.definition.check(createGitContext({ repositories: [directory] }));
    expect(report.items.map(({ id, ok }) => [id.split(':')[0], ok])).toEqual([
      ['git_version', true],
      ['repository', true],
      ['history', true],
      ['default_branch', true],
      ['merge_style', true],
    ]);
    expect(report.items.at(-1)?.message).toContain('mixed');
  });

  it('reports what is wrong instead of failing', async () => {
    const report = await git.definition.check(
      createGitContext({ repositories: [await temporaryFolder()] }),
    );
    expect(report.items.at(-1)).toMatchObject({ ok: false });
    expect(report.items.at(-1)?.hint).toBeTruthy();
  });
});

describe('conformance', async () => {
  const fixture = await createGitFixture(usual);
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-conformance-'));
  afterAll(async () => {
    await fixture.remove();
    await rm(folder, { recursive: true, force: true });
  });
  let stores = 0;
  const cases = testConnector({
    create: () => git({ repositories: [fixture.directory], deployments: { tags: 'v*' } }),
    createStoreUrl: () => `file:${join(folder, `${(stores += 1)}.db`)}`,
    clock: createFakeClock(),
    minimumRecords: 15,
  });
  it.each(cases)('$name', async ({ run }) => run());
});

/** The hardened spawn knows no transport, so clones are made by plain git. */
async function cloneOf(source: string, target: string, options: string[]): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  execFileSync('git', ['clone', '-q', ...options, `file://${source}`, target], { stdio: 'ignore' });
}

async function fetchInto(target: string, options: string[]): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  execFileSync('git', ['-C', target, 'fetch', '-q', ...options], { stdio: 'ignore' });
}
