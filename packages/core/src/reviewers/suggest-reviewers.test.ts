import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account } from '../domain.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  buildAccountGroup,
  buildAccountGroupMember,
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildRepositoryOwner,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

// A Wednesday, ten in the morning.
const now = Date.UTC(2026, 10, 18, 10);
const dayMs = 86_400_000;
const source = 'forge';
const repositoryExternalId = 'shop';
const people = ['ada', 'bo', 'cy', 'dee', 'eve'];

let rows: Required<
  Pick<
    DomainRows,
    | 'accounts'
    | 'accountGroups'
    | 'accountGroupMembers'
    | 'repositoryOwners'
    | 'pullRequests'
    | 'pullRequestEvents'
    | 'pullRequestFiles'
    | 'pullRequestCommits'
    | 'commits'
  >
>;

function account(externalId: string, fields: Partial<Account> = {}): Account {
  return {
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human',
    isBot: false,
    ...fields,
  };
}

beforeEach(() => {
  rows = {
    accounts: [
      ...people.map((id) => account(id)),
      account('robot', { kind: 'service_bot', isBot: true }),
    ],
    accountGroups: [],
    accountGroupMembers: [],
    repositoryOwners: [],
    pullRequests: [],
    pullRequestEvents: [],
    pullRequestFiles: [],
    pullRequestCommits: [],
    commits: [],
  };
});

function request(number: number, author: string, paths: readonly string[], isOpen = true): void {
  const externalId = `request-${number}`;
  rows.pullRequests = [
    ...rows.pullRequests,
    buildPullRequest({
      source,
      externalId,
      repositoryExternalId,
      number,
      authorAccountExternalId: author,
      mergeSha: null,
      state: isOpen ? 'open' : 'merged',
      openedAt: now - 3 * dayMs,
      mergedAt: isOpen ? null : now - 2 * dayMs,
    }),
  ];
  rows.pullRequestFiles = [
    ...rows.pullRequestFiles,
    ...paths.map((path) => ({
      source,
      pullRequestExternalId: externalId,
      path,
      additions: 1,
      deletions: 0,
    })),
  ];
}

function event(number: number, fields: Parameters<typeof buildPullRequestEvent>[0]): void {
  rows.pullRequestEvents = [
    ...rows.pullRequestEvents,
    buildPullRequestEvent({
      source,
      externalId: `event-${rows.pullRequestEvents.length}`,
      pullRequestExternalId: `request-${number}`,
      at: now - dayMs,
      ...fields,
    }),
  ];
}

const asked = (number: number, subject: string): void =>
  event(number, { kind: 'review_requested', state: null, subjectAccountExternalId: subject });

function owns(...lines: [pattern: string, ...owners: string[]][]): void {
  rows.repositoryOwners = lines.flatMap(([pattern, ...owners], position) =>
    owners.map((owner) =>
      buildRepositoryOwner({ source, repositoryExternalId, position, pattern, owner }),
    ),
  );
}

async function open() {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(now),
    connectors: [
      createRowsConnector({
        id: source,
        showsReviews: true,
        records: () => ({
          all: {
            ...rows,
            repositories: [
              {
                source,
                externalId: repositoryExternalId,
                name: 'shop',
                fullName: 'acme/shop',
                url: null,
                defaultBranch: 'main',
                mergeStyle: null,
              },
            ],
          },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const subjects = await handle.signals.subjects('pull_request');
  const idOf = (number: number): string =>
    subjects.find(({ key }) => key === `shop#${number}`)?.id ?? 'none';
  const personOf = async (login: string): Promise<string> =>
    (await handle.findPeople({ text: login })).items[0]?.id ?? 'nobody';
  const suggest = async (number = 1) => {
    const [suggestion] = await handle.reviewers.suggest([idOf(number)]);
    if (suggestion === undefined) throw new Error('nothing was suggested');
    return suggestion;
  };
  const names = async (number = 1) =>
    (await suggest(number)).reviewers.map(({ login }) => login).toSorted();
  return { handle, idOf, personOf, suggest, names };
}

describe('reviewers of a pull request', () => {
  it('are owners of its files by the last line that matches, with the reason', async () => {
    request(1, 'ada', ['src/pay/card.ts']);
    owns(['*', '@cy'], ['/src/', '@dee'], ['/src/pay/', '@bo']);
    const { suggest } = await open();
    const { reviewers, nobodyBecause } = await suggest();
    expect(reviewers).toMatchObject([
      { login: 'bo', reasons: [{ kind: 'owns', text: 'owns /src/pay/' }] },
    ]);
    expect(nobodyBecause).toBeNull();
  });

  it('are never its author, nor who else committed to it, though they own it', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['/src/', '@ada', '@bo', '@cy']);
    rows.commits = [
      buildCommit({ source, repositoryExternalId, sha: 'c1', authorAccountExternalId: 'bo' }),
    ];
    rows.pullRequestCommits = [
      { source, pullRequestExternalId: 'request-1', repositoryExternalId, sha: 'c1' },
    ];
    expect(await (await open()).names()).toEqual(['cy']);
  });

  it('are members of an owning group and of the groups inside it', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['*', '@acme/platform']);
    rows.accountGroups = [
      buildAccountGroup({ source, externalId: 'g1', slug: 'acme/Platform' }),
      buildAccountGroup({ source, externalId: 'g2', slug: 'acme/core', parentExternalId: 'g1' }),
    ];
    rows.accountGroupMembers = [
      buildAccountGroupMember({ source, groupExternalId: 'g1', accountExternalId: 'bo' }),
      buildAccountGroupMember({ source, groupExternalId: 'g2', accountExternalId: 'cy' }),
      buildAccountGroupMember({ source, groupExternalId: 'g1', accountExternalId: 'robot' }),
    ];
    const { suggest, names } = await open();
    expect(await names()).toEqual(['bo', 'cy']);
    expect((await suggest()).reviewers[0]?.reasons[0]?.text).toBe(
      'is in @acme/platform, which owns what nobody else is named for',
    );
  });

  it('without an ownership file are those who changed or reviewed the files, then the folder, lately', async () => {
    request(1, 'ada', ['src/pay/card.ts']);
    request(2, 'bo', ['src/pay/bank.ts'], false);
    request(3, 'cy', ['src/pay/card.ts'], false);
    event(3, { actorAccountExternalId: 'dee' });
    const { suggest, names } = await open();
    expect(await names()).toEqual(['cy', 'dee']);
    const texts = (await suggest()).reviewers.map(({ reasons }) => reasons[0]?.text).toSorted();
    expect(texts).toEqual(['changed these files lately', 'reviewed changes of these files lately']);
  });

  it('are those with the least to review already, without a word or a figure of it', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['*', '@bo', '@cy', '@dee']);
    for (const number of [2, 3, 4]) {
      request(number, 'ada', []);
      asked(number, 'bo');
    }
    asked(2, 'dee');
    const { names, suggest } = await open();
    expect(await names()).toEqual(['cy', 'dee']);
    expect(JSON.stringify(await suggest())).not.toMatch(/openRequests|until|lot|load/);
  });

  it('are there, though everybody is busy', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['*', '@bo', '@cy']);
    for (const number of [2, 3, 4, 5]) {
      request(number, 'ada', []);
      for (const login of ['bo', 'cy']) asked(number, login);
    }
    expect(await (await open()).names()).toEqual(['bo', 'cy']);
  });

  it('do not count a request that was answered or taken back', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['*', '@bo', '@cy', '@dee']);
    request(2, 'ada', []);
    for (const login of ['bo', 'cy', 'dee']) asked(2, login);
    event(2, { actorAccountExternalId: 'bo', state: 'commented', at: now });
    event(2, { kind: 'review_request_removed', subjectAccountExternalId: 'cy', at: now });
    expect(await (await open()).names()).toEqual(['bo', 'cy']);
  });

  it('are nobody who is asked, has reviewed or is a program', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['*', '@bo', '@cy', '@robot']);
    asked(1, 'bo');
    event(1, { actorAccountExternalId: 'cy', state: 'commented' });
    const { reviewers, nobodyBecause } = await (await open()).suggest();
    expect(reviewers).toEqual([]);
    expect(nobodyBecause).toContain('was asked already');
  });

  it('are nobody who is away, and first whose working time it is', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns(['*', '@bo', '@cy', '@dee']);
    const { handle, personOf, suggest, names } = await open();
    await handle.contactPreferences.set(await personOf('bo'), {
      absence: { fromDay: '2026-11-16', toDay: '2026-11-20' },
    });
    expect(await names()).toEqual(['cy', 'dee']);
    await handle.contactPreferences.set(await personOf('cy'), { timeZone: 'America/Los_Angeles' });
    await handle.contactPreferences.set(await personOf('dee'), { timeZone: 'Europe/Berlin' });
    const { reviewers } = await suggest();
    expect(reviewers.map(({ login }) => login)).toEqual(['dee', 'cy']);
    expect(reviewers[0]?.reasons.at(-1)).toEqual({
      kind: 'working_time',
      text: 'it is working time there',
    });
    expect(reviewers[1]?.reasons.map(({ kind }) => kind)).not.toContain('working_time');
    await handle.contactPreferences.set(await personOf('bo'), {
      absence: { fromDay: '2026-11-10', toDay: '2026-11-17' },
    });
    await handle.contactPreferences.set(await personOf('cy'), {
      absence: { fromDay: '2026-11-01', toDay: null },
    });
    expect(await names()).toEqual(['bo', 'dee']);
  });

  it('are nobody where nobody owns or knows it, with the reason', async () => {
    request(1, 'ada', ['src/a.ts']);
    const { suggest } = await open();
    expect(await suggest()).toMatchObject({
      reviewers: [],
      nobodyBecause: expect.stringContaining('No ownership file'),
      knowsFiles: true,
    });
  });

  it('are those who work in the repository where its files are not known', async () => {
    request(1, 'ada', []);
    request(2, 'bo', ['x.ts'], false);
    owns(['*', '@cy']);
    const { suggest } = await open();
    expect(await suggest()).toMatchObject({
      knowsFiles: false,
      reviewers: [{ login: 'bo', reasons: [{ text: 'changed this repository lately' }] }],
    });
  });

  it('come with a pattern that cannot act', async () => {
    request(1, 'ada', ['src/a.ts']);
    owns([`/src/\u202e\u001b[31m${'*'.repeat(90)}`, '@bo'], ['/src/\u202e', '@bo']);
    request(2, 'ada', ['src/a.ts\u202e']);
    const suggestions = JSON.stringify(await (await open()).suggest(2));
    for (const sign of ['\\u202e', '\u202e', '\u001b', '\\u001b']) {
      expect(suggestions).not.toContain(sign);
    }
    expect(suggestions).toContain('owns');
  });

  it('are the same whatever else is asked about, and only of what is open here', async () => {
    for (const number of [1, 2, 3]) request(number, 'ada', ['src/a.ts']);
    request(4, 'ada', ['src/a.ts'], false);
    owns(['*', '@bo', '@cy', '@dee', '@eve']);
    const { handle, idOf, suggest } = await open();
    const together = await handle.reviewers.suggest([idOf(3), idOf(4), 'none', idOf(1), idOf(1)]);
    expect(together).toEqual([await suggest(3), await suggest(1)]);
    await expect(handle.reviewers.suggest(Array.from({ length: 101 }, String))).rejects.toThrow();
  });
});
