import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock, testConnector } from '@adjutant/core/testing';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './connector.ts';
import { createFixtureShelf, readAll } from './testing/fixture-shelf.ts';
import { createGitFixture } from './testing/git-fixture.ts';
import { createGitContext, rowsOf, syncIntoMemory } from './testing/memory-sync.ts';
import { usual } from './testing/usual-repository.ts';

const always = ['deployments_not_configured', 'rebase_merges_invisible', 'reviews_not_in_git'];
const { fixtureOf, temporaryFolder, clear } = createFixtureShelf();

afterEach(clear);

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
