import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type MetricSet } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { canonicalDump } from '../testing/canonical-dump.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  buildCommit,
  buildPullRequest,
  buildRelease,
  buildRepositoryOwner,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { DeclaredTeam } from '../workspace/declared-team.ts';

const at = Date.UTC(2026, 8, 8, 9);
const clock = createFakeClock(at + 30 * 86_400_000);
const counting = (
  id: string,
  subject: 'pull_request' | 'release',
  column: 'mergedAt' | 'releasedAt',
) =>
  defineMetric({
    id,
    title: id,
    unit: 'count',
    definition: 'Rows in the window.',
    source: 'this test',
    version: 1,
    subject,
    columns: [column] as never,
    windowColumn: column as never,
    better: 'neutral',
    compute: ({ columns }) => ({
      value: columns.length,
      sampleSize: columns.length,
      p50: null,
      p75: null,
      p90: null,
      caveats: [],
      evidence: Array.from({ length: columns.length }, (_, position) => position),
    }),
  });
const metrics: MetricSet = {
  pullRequestFacts: {
    version: 1,
    compute: ({ pullRequest, commitAuthoredAts, releasedAt }) => ({
      source: pullRequest.source,
      pullRequestExternalId: pullRequest.externalId,
      repositoryExternalId: pullRequest.repositoryExternalId,
      factsVersion: 1,
      authorIsBot: false,
      openedAt: pullRequest.openedAt,
      mergedAt: pullRequest.mergedAt,
      closedAt: null,
      deployedAt: null,
      releasedAt,
      firstCommitAt: commitAuthoredAts[0] ?? null,
      codingMs: null,
      pickupMs: null,
      reviewMs: null,
      mergeWaitMs: null,
      deployMs: null,
      totalMs: null,
      unattributedMs: null,
      firstCommitToMergeMs: null,
      releaseWaitMs: null,
      isRevert: false,
      isHotfix: false,
      deploymentMethod: null,
      sizeLines: null,
      reviewCount: null,
      reviewerCount: null,
      commentCount: null,
      reworkRounds: null,
      idleMs: null,
      lastActivityAt: null,
      mergedWithoutReview: null,
    }),
  },
  metrics: [
    counting('merged', 'pull_request', 'mergedAt'),
    counting('releases', 'release', 'releasedAt'),
  ],
};

const repository = {
  name: 'widgets',
  fullName: 'acme/widgets',
  defaultBranch: 'main',
  mergeStyle: null,
};

/** Two merges as a clone shows them, with a commit, its mark and a tag. */
const cloneRows: DomainRows = {
  repositories: [
    { ...repository, source: 'clone', externalId: 'c1', url: 'https://host.example/acme/widgets' },
  ],
  pullRequests: [1, 2].map((number) =>
    buildPullRequest({
      source: 'clone',
      externalId: `c1#${number}`,
      repositoryExternalId: 'c1',
      number,
      mergeSha: `merge-${number}`,
    }),
  ),
  commits: [
    buildCommit({ source: 'clone', repositoryExternalId: 'c1', sha: 'sha-1', authoredAt: at - 5 }),
  ],
  aiEvidence: [
    {
      source: 'clone',
      externalId: 'mark-1',
      subjectKind: 'commit',
      repositoryExternalId: 'c1',
      subjectExternalId: 'sha-1',
      class: 'assisted',
      tool: 'a-tool',
      model: null,
      origin: 'trailer',
      confidence: 1,
    },
  ],
  releases: [buildRelease({ source: 'clone', repositoryExternalId: 'c1', externalId: 'tag-1' })],
  releaseCommits: [
    {
      source: 'clone',
      releaseExternalId: 'tag-1',
      repositoryExternalId: 'c1',
      sha: 'merge-1',
    },
  ],
};

/** The same two merges and an open one, as the forge shows them. */
const forgeRows: DomainRows = {
  repositories: [
    { ...repository, source: 'forge', externalId: '77', url: 'https://host.example/Acme/Widgets' },
  ],
  pullRequests: [1, 2, 3].map((number) =>
    buildPullRequest({
      source: 'forge',
      externalId: `node-${number}`,
      repositoryExternalId: '77',
      number,
      mergeSha: number === 3 ? null : `merge-${number}`,
      ...(number === 3 ? { state: 'open', mergedAt: null } : {}),
    }),
  ),
  pullRequestCommits: [
    { source: 'forge', pullRequestExternalId: 'node-1', repositoryExternalId: '77', sha: 'sha-1' },
  ],
};

let folder: string;
let open: Adjutant[];
let forgeFails: boolean;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  open = [];
  forgeFails = false;
});
afterEach(async () => {
  for (const adjutant of open) await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

const clone = createRowsConnector({
  id: 'clone',
  title: 'Clones',
  claimsCommits: true,
  scope: { externalId: 'c1', name: 'widgets', detail: {} },
  records: () => ({ all: cloneRows }),
});
const forge = createRowsConnector({
  id: 'forge',
  title: 'The forge',
  scope: { externalId: '77', name: 'acme/widgets', detail: {} },
  showsReviews: true,
  records: () => {
    if (forgeFails) throw new AdjutantError('Authentication', 'The token was refused.');
    return { all: forgeRows };
  },
});

async function openWith(
  connectors: ConfiguredConnector[],
  name = 'store.db',
  teams: readonly DeclaredTeam[] = [],
) {
  const adjutant = await createAdjutant({
    store: join(folder, name),
    connectors,
    metrics,
    clock,
    teams,
  });
  open.push(adjutant);
  const handle = adjutant.workspace().as(await adjutant.owner());
  const merged = async (repositoryName?: string): Promise<number | null> =>
    (await handle.metric({ metricId: 'merged', repository: repositoryName })).value;
  return { adjutant, handle, merged };
}

describe('one repository read from two sources', () => {
  test('counts once, by the source that shows reviews', async () => {
    const { adjutant, handle, merged } = await openWith([clone, forge]);
    await adjutant.sync();
    expect(await merged()).toBe(2);
    expect(await merged('acme/widgets')).toBe(2);
    expect(await merged('c1')).toBe(2);
    const overview = await handle.overview();
    expect(overview.repositories.map(({ source }) => source)).toEqual(['forge']);
    expect(overview.openWork.count).toBe(1);
    const list = await handle.listWork();
    expect([list.total, list.items.length]).toEqual([3, 3]);
    expect((await handle.listWork({ repository: 'widgets' })).total).toBe(3);
    expect((await handle.listWork({ kind: 'commit' })).total).toBe(0);
  });

  test('keeps what only the other source knows of the same commits', async () => {
    const { adjutant, handle } = await openWith([clone, forge]);
    await adjutant.sync();
    const first = (await handle.listWork()).items.find((item) => item.key === '#1');
    const work = await handle.getWork(first?.id ?? '');
    expect(work.source).toBe('forge');
    expect(first).not.toHaveProperty('aiEvidence');
    const marked = (await handle.listWork({ withAiEvidence: true })).items;
    expect(marked.map((item) => [item.key, item.aiEvidence?.map(({ tool }) => tool)])).toEqual([
      ['#2', []],
      ['#1', ['a-tool']],
      ['#3', []],
    ]);
    expect(work.aiEvidence).toMatchObject([{ tool: 'a-tool' }]);
    expect(work.facts).toMatchObject({ firstCommitAt: at - 5, releasedAt: at });
    expect((await handle.metric({ metricId: 'releases' })).value).toBe(1);
    expect((await handle.metric({ metricId: 'releases', repository: 'widgets' })).value).toBe(1);
    expect((await handle.listWork({ kind: 'release' })).total).toBe(1);
  });

  test('is told to the reader', async () => {
    const { adjutant, handle } = await openWith([clone, forge]);
    await adjutant.sync();
    const { gaps } = (await handle.listWork()).meta;
    expect(gaps).toMatchObject([
      {
        code: 'read_from_two_sources',
        source: 'clone',
        scope: 'widgets',
        message: 'Also read from Clones; figures use The forge, so that nothing counts twice.',
      },
    ]);
  });

  test('is counted by the first source until the richer one has been read whole', async () => {
    forgeFails = true;
    const { adjutant, handle, merged } = await openWith([clone, forge]);
    await adjutant.sync();
    expect(await merged()).toBe(2);
    expect((await handle.overview()).repositories.map(({ source }) => source)).toEqual(['clone']);
    forgeFails = false;
    await adjutant.sync({ mode: 'backfill' });
    expect(await merged()).toBe(2);
    expect((await handle.overview()).repositories.map(({ source }) => source)).toEqual(['forge']);
  });

  test('goes back to the other source when the richer one is taken out, and forward again', async () => {
    const both = await openWith([clone, forge]);
    await both.adjutant.sync();
    const before = await canonicalDump(join(folder, 'store.db'));
    const alone = await openWith([clone]);
    await alone.adjutant.sync();
    expect(await alone.merged()).toBe(2);
    const overview = await alone.handle.overview();
    expect(overview.repositories.map(({ source }) => source)).toEqual(['clone']);
    expect(overview.openWork.count).toBe(0);
    await both.adjutant.sync();
    expect(await canonicalDump(join(folder, 'store.db'))).toBe(before);
  });

  test('belongs to the team that the configuration names by its place, whichever leads', async () => {
    const teams = [{ key: 'w', name: 'W', repositories: ['host.example/acme/widgets'] }];
    const { adjutant, handle } = await openWith([clone, forge], 'store.db', teams);
    await adjutant.sync();
    const team = (await handle.teams()).find(({ key }) => key === 'w');
    const theirs = handle.forTeam(team?.id ?? '');
    expect((await theirs.metric({ metricId: 'merged' })).value).toBe(2);
    expect((await theirs.metric({ metricId: 'releases' })).value).toBe(1);
    expect((await theirs.listWork()).total).toBe(3);
  });

  test('is offered to the team that the ownership file in either source names, once', async () => {
    const owning = createRowsConnector({
      id: 'clone',
      scope: { externalId: 'c1', name: 'widgets', detail: {} },
      records: () => ({
        all: {
          ...cloneRows,
          repositoryOwners: [buildRepositoryOwner({ source: 'clone', repositoryExternalId: 'c1' })],
        },
      }),
    });
    const { adjutant, handle } = await openWith([owning, forge]);
    await adjutant.sync();
    await handle.teamProposals.accept('team:codeowners:acme/platform');
    const [proposal, ...others] = await handle.teamProposals.list();
    expect(others).toEqual([]);
    expect(proposal?.repository).toMatchObject({ source: 'forge', externalId: '77' });
    await handle.teamProposals.accept(proposal?.id ?? '');
    await adjutant.sync();
    const team = (await handle.teams()).find(({ key }) => key === 'platform');
    expect((await handle.forTeam(team?.id ?? '').metric({ metricId: 'merged' })).value).toBe(2);
    expect((await handle.forTeam(team?.id ?? '').metric({ metricId: 'releases' })).value).toBe(1);
  });

  test('survives rebuilding, export and import', async () => {
    const { adjutant, merged } = await openWith([clone, forge]);
    await adjutant.sync();
    expect((await adjutant.renormalise()).rowsChanged).toBe(0);
    const imported = await openWith([], 'other.db');
    await imported.adjutant.importWorkspace(adjutant.exportWorkspace());
    expect(await merged()).toBe(2);
    expect(await imported.merged()).toBe(2);
    expect((await imported.handle.listWork()).total).toBe(3);
  });
});

test('two accounts that made one commit are one person, and one that stands opposite two is not', async () => {
  const account = (source: string, externalId: string) => ({
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  });
  const commits = (source: string, repositoryExternalId: string, authors: string[]) =>
    authors.map((author, position) =>
      buildCommit({
        source,
        repositoryExternalId,
        sha: `${position}abc`,
        authorAccountExternalId: author,
      }),
    );
  const withPeople = (rows: DomainRows, source: string, place: string, authors: string[]) => ({
    ...rows,
    accounts: [...new Set(authors)].map((author) => account(source, author)),
    commits: commits(source, place, authors),
  });
  const { adjutant, handle } = await openWith([
    createRowsConnector({
      id: 'clone',
      scope: { externalId: 'c1', name: 'widgets', detail: {} },
      records: () => ({
        all: withPeople(cloneRows, 'clone', 'c1', [
          'ada@a.example',
          'shared@a.example',
          'shared@a.example',
        ]),
      }),
    }),
    createRowsConnector({
      id: 'forge',
      scope: { externalId: '77', name: 'widgets', detail: {} },
      showsReviews: true,
      records: () => ({ all: withPeople(forgeRows, 'forge', '77', ['901', '902', '903']) }),
    }),
  ]);
  await adjutant.sync();
  const people = (await handle.findPeople()).items;
  const accountsOf = people.map(({ accounts }) => accounts.map(({ externalId }) => externalId));
  expect(accountsOf.toSorted()).toEqual([
    ['902'],
    ['903'],
    ['ada@a.example', '901'],
    ['shared@a.example'],
  ]);
  const joined = people.find(({ accounts }) => accounts.length === 2)?.accounts;
  expect(joined?.map(({ method }) => method)).toEqual(['same_commit', 'same_commit']);
});

test('an address that the scope had before joins a clone that still has it', async () => {
  const renamed = createRowsConnector({
    id: 'forge',
    scope: {
      externalId: '77',
      name: 'acme/gears',
      detail: {},
      formerUrls: ['git@host.example:acme/widgets.git'],
    },
    showsReviews: true,
    records: () => ({
      all: {
        ...forgeRows,
        repositories: [
          {
            ...repository,
            source: 'forge',
            externalId: '77',
            url: 'https://host.example/acme/gears',
          },
        ],
      },
    }),
  });
  const { adjutant, merged } = await openWith([clone, renamed]);
  await adjutant.sync();
  expect(await merged()).toBe(2);
});

test('two accounts that made the same merges are suggested, and joined by nobody else', async () => {
  const account = (source: string, externalId: string) => ({
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  });
  const by = (rows: DomainRows, source: string, author: string): DomainRows => ({
    ...rows,
    accounts: [account(source, author)],
    pullRequests: (rows.pullRequests ?? []).map((request) => ({
      ...request,
      authorAccountExternalId: author,
    })),
  });
  const { adjutant, handle } = await openWith([
    createRowsConnector({
      id: 'clone',
      scope: { externalId: 'c1', name: 'widgets', detail: {} },
      records: () => ({ all: by(cloneRows, 'clone', 'ada@a.example') }),
    }),
    createRowsConnector({
      id: 'forge',
      scope: { externalId: '77', name: 'widgets', detail: {} },
      showsReviews: true,
      records: () => ({ all: by(forgeRows, 'forge', '901') }),
    }),
  ]);
  await adjutant.sync();
  expect((await handle.findPeople()).total).toBe(2);
  const [suggestion, ...others] = await handle.identitySuggestions();
  expect(others).toEqual([]);
  expect(suggestion).toMatchObject({ reason: 'same_work' });
  await handle.mergePeople(suggestion?.fromPersonId ?? '', suggestion?.toPersonId ?? '');
  expect((await handle.findPeople()).total).toBe(1);
  expect(await handle.identitySuggestions()).toEqual([]);
});

test('a figure names the gaps of what it was made from, and no others', async () => {
  const withGaps = (id: string, scope: string, codes: [string, string[] | null][]) =>
    createRowsConnector({
      id,
      scope: { externalId: scope, name: id, detail: {} },
      showsReviews: id === 'forge',
      gaps: codes.map(([code, touches]) => ({ code, message: code, affectedCount: null, touches })),
      records: () => ({ all: id === 'forge' ? forgeRows : cloneRows }),
    });
  const other = createRowsConnector({
    id: 'other',
    scope: { externalId: 'o1', name: 'gears', detail: {} },
    gaps: [{ code: 'of_another_repository', message: 'x', affectedCount: null }],
    records: () => ({
      all: {
        repositories: [
          {
            ...repository,
            source: 'other',
            externalId: 'o1',
            name: 'gears',
            fullName: null,
            url: null,
          },
        ],
      },
    }),
  });
  const { adjutant, handle } = await openWith([
    withGaps('clone', 'c1', [['of_what_follows', null]]),
    withGaps('forge', '77', [
      ['of_everything', null],
      ['of_merges', ['mergedAt']],
      ['of_releases', ['release']],
      ['of_nothing', []],
    ]),
    other,
  ]);
  await adjutant.sync();
  const gapsOf = async (metricId: string, repositoryName?: string) =>
    (await handle.metric({ metricId, repository: repositoryName })).gaps;
  expect(await gapsOf('merged', 'acme/widgets')).toEqual([
    'of_everything',
    'of_merges',
    'read_from_two_sources',
  ]);
  expect(await gapsOf('releases', 'acme/widgets')).toEqual([
    'of_everything',
    'of_releases',
    'read_from_two_sources',
  ]);
  expect(await gapsOf('merged', 'gears')).toEqual(['of_another_repository']);
  expect(await gapsOf('merged')).toContain('of_another_repository');
  const listed = (await handle.listWork()).meta.gaps.map(({ code }) => code);
  expect(listed).toHaveLength(6);
  expect(listed).not.toContain('of_what_follows');
});
