import { type AiImpactQuery, createAdjutant, type DomainRows } from '@adjutant/core';
import type { Account, AiEvidence } from '@adjutant/core/domain';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { allMetrics } from '../index.ts';
import { hourMs, weekMs } from '../week-buckets.ts';

const source = 'forge';
const monday = Date.UTC(2026, 6, 6);
const weekCount = 8;
const now = monday + 14 * weekMs;
const window = { from: monday, to: monday + weekCount * weekMs };

const account = (externalId: string, fields: Partial<Account> = {}): Account => ({
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
});

const repository = (externalId: string) => ({
  source,
  externalId,
  name: externalId,
  fullName: `acme/${externalId}`,
  url: null,
  defaultBranch: 'main',
  mergeStyle: null,
});

interface Change {
  author: string;
  week: number;
  hours?: number;
  mark?: AiEvidence['class'];
  /** Where the mark stands: on the pull request, on a commit of it, or on the commit it became. */
  on?: 'pull_request' | 'commit' | 'merge';
  at?: string;
  reverts?: number;
}

/** Rows of a forge that shows these changes, numbered from 1. */
function rowsOf(changes: readonly Change[], accounts: readonly Account[] = []): DomainRows {
  const authors = [...new Set(changes.map(({ author }) => author))];
  const known = new Set(accounts.map(({ externalId }) => externalId));
  const evidence: AiEvidence[] = [];
  const pullRequests = changes.map(({ author, week, hours = 5, mark, on, at, reverts }, place) => {
    const number = place + 1;
    const repositoryExternalId = at ?? 'widgets';
    const mergedAt = monday + week * weekMs + 60 * hourMs;
    if (mark !== undefined) {
      const where = on ?? 'pull_request';
      const prefix = where === 'pull_request' ? 'pr' : where;
      evidence.push({
        source,
        externalId: `mark-${number}`,
        subjectKind: where === 'pull_request' ? 'pull_request' : 'commit',
        repositoryExternalId,
        subjectExternalId: `${prefix}-${number}`,
        class: mark,
        tool: null,
        model: null,
        origin: 'trailer',
        confidence: 1,
      });
    }
    return buildPullRequest({
      source,
      externalId: `pr-${number}`,
      number,
      repositoryExternalId,
      authorAccountExternalId: author,
      openedAt: mergedAt - hours * hourMs,
      mergedAt,
      mergeSha: `merge-${number}`,
      additions: 20,
      deletions: 10,
      revertsNumber: reverts ?? null,
    });
  });
  return {
    repositories: [repository('widgets'), repository('gadgets')],
    accounts: [...accounts, ...authors.filter((id) => !known.has(id)).map((id) => account(id))],
    pullRequests,
    pullRequestCommits: pullRequests.map((request, place) => ({
      source,
      pullRequestExternalId: request.externalId,
      repositoryExternalId: request.repositoryExternalId,
      sha: `commit-${place + 1}`,
    })),
    aiEvidence: evidence,
  };
}

async function open(rows: DomainRows) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createRowsConnector({ id: source, records: () => ({ all: rows }) })],
    metrics: allMetrics,
    clock: createFakeClock(now),
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

/** Six people with help and six without, one pull request each in every week; and five without a word. */
function twoArms(extra: readonly Change[] = []): Change[] {
  const places = ['pull_request', 'commit', 'merge'] as const;
  const changes = Array.from({ length: weekCount * 6 }, (_, place): Change[] => {
    const week = Math.floor(place / 6);
    const person = place % 6;
    return [
      {
        author: `with-${person}`,
        week,
        hours: 4 + (place % 7),
        mark: 'assisted',
        on: places[place % 3] ?? 'commit',
      },
      { author: `without-${person}`, week, hours: 20 + (place % 9), mark: 'declared_none' },
      ...(person < 5 ? [{ author: `silent-${person}`, week, hours: 500 }] : []),
    ];
  });
  return [...changes.flat(), ...extra];
}

const compare = async (
  changes: readonly Change[],
  query: AiImpactQuery = { window },
  accounts?: readonly Account[],
) => (await open(rowsOf(changes, accounts))).aiImpact.compare(query);

test('marks on pull requests, their commits and what they became put them into one arm', async () => {
  const answer = await compare(twoArms());
  expect(answer.status).toBe('compared');
  expect(answer.window).toEqual(window);
  expect(answer.measure).toBe('opened_to_merge');
  expect(answer.coverage).toMatchObject({
    merged: 136,
    people: 17,
    classes: { agent_authored: 0, assisted: 48, declared_none: 48, unknown: 40 },
  });
  expect(answer.arms.assisted).toMatchObject({ people: 6, pullRequests: 48, medianHours: 7 });
  expect(answer.speed?.shiftHours).toBe(-17);
  expect(answer.statement).toMatch(/associated with shorter/);
});

test('the strongest mark decides, and what an agent wrote belongs to no person', async () => {
  const rows = rowsOf(twoArms([{ author: 'with-0', week: 0, mark: 'assisted' }]));
  const [mark] = rows.aiEvidence?.slice(-1) ?? [];
  const stronger = { ...mark, externalId: 'second', class: 'agent_authored' } as AiEvidence;
  const weaker = { ...mark, externalId: 'third', class: 'declared_none' } as AiEvidence;
  const handle = await open({
    ...rows,
    aiEvidence: [...(rows.aiEvidence ?? []), stronger, weaker],
  });
  const { coverage, arms } = await handle.aiImpact.compare({ window });
  expect(coverage.classes).toMatchObject({ agent_authored: 1, assisted: 48 });
  expect(arms.assisted).toMatchObject({ pullRequests: 48, people: 6 });
});

test('two accounts of one person are one of the five', async () => {
  const changes = twoArms().filter(({ author }) => author !== 'with-5');
  const handle = await open(rowsOf(changes));
  expect((await handle.aiImpact.compare({ window })).arms.assisted.people).toBe(5);
  const { items } = await handle.findPeople({ text: 'with-', limit: 50 });
  const idOf = (login: string): string =>
    items.find(({ accounts }) => accounts.some((one) => one.login === login))?.id ?? '';
  await handle.mergePeople(idOf('with-0'), idOf('with-1'));
  const { arms, coverage, status } = await handle.aiImpact.compare({ window });
  expect(status).toBe('insufficient_data');
  expect([arms.assisted.people, arms.declaredNone.people, coverage.classes]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a bot is no person, and its pull requests are counted where they belong', async () => {
  const bot = account('robot', { kind: 'service_bot', isBot: true });
  const changes = twoArms([{ author: 'robot', week: 1 }]);
  const { coverage } = await compare(changes, { window }, [bot]);
  expect(coverage).toMatchObject({ merged: 137, people: 17, classes: { unknown: 41 } });
});

test('a revert within thirty days counts, a later one does not, and younger merges are unknown', async () => {
  const changes = twoArms();
  const first = changes.findIndex(({ mark, week }) => mark === 'assisted' && week === 0) + 1;
  const second =
    changes.findIndex(
      ({ mark, week }, place) => mark === 'assisted' && week === 0 && place >= first,
    ) + 1;
  const reverts = [
    { author: 'silent-0', week: 2, reverts: first },
    { author: 'silent-1', week: 7, reverts: second },
  ];
  const { quality } = await compare([...changes, ...reverts]);
  const reverted = quality.find(({ id }) => id === 'reverted_30d');
  expect(reverted?.assisted).toMatchObject({ value: 1 / 48, sampleSize: 48 });
  expect(reverted?.declaredNone).toMatchObject({ value: 0, sampleSize: 48 });
});

test('a repository is told alone only where what is left is of enough people too', async () => {
  const moved = (extra: readonly Change[]): Change[] => [
    ...twoArms().map((change) => ({ ...change, at: 'gadgets' })),
    ...extra,
  ];
  const query = { window, repository: 'gadgets' };
  expect((await compare(moved([]), query)).status).toBe('compared');
  const beside = await compare(moved([{ author: 'alone', week: 3, mark: 'assisted' }]), query);
  expect([beside.status, beside.coverage.classes]).toEqual(['insufficient_data', null]);
});

test('weeks of adoption add up to all that was merged', async () => {
  const handle = await open(rowsOf(twoArms()));
  const { weeks, meta } = await handle.aiImpact.adoption({ window });
  expect(weeks).toHaveLength(weekCount);
  expect(weeks[0]).toMatchObject({
    start: monday,
    merged: 17,
    classes: { agent_authored: 0, assisted: 6, declared_none: 6, unknown: 5 },
  });
  expect(weeks.reduce((sum, { merged }) => sum + merged, 0)).toBe(136);
  expect(meta.syncedAt).not.toBeNull();
});

test('a small team learns how many were merged, and nobody is named in any answer', async () => {
  const handle = await open(
    rowsOf(
      [1, 2, 3].map((week) => ({ author: `only-${week % 2}`, week, mark: 'assisted' as const })),
    ),
  );
  const answer = await handle.aiImpact.compare({ window });
  expect(answer.statement).toMatch(
    /^Insufficient data: 3 pull requests were merged, by fewer than 5 people/,
  );
  expect(answer.coverage.classes).toBeNull();
  const people = await handle.findPeople({ limit: 50 });
  const told = JSON.stringify([answer, await handle.aiImpact.adoption({ window })]);
  for (const { id, displayName } of people.items) {
    expect(told).not.toContain(id);
    expect(told).not.toContain(displayName);
  }
});

test('an empty store and an unknown repository are answered in words', async () => {
  const handle = await open({ repositories: [repository('widgets')] });
  const { statement, coverage } = await handle.aiImpact.compare();
  expect(statement).toBe(
    'Insufficient data: no merged pull request is known in these weeks; the running one is left out.',
  );
  expect(coverage.unknownShare).toBeNull();
  await expect(handle.aiImpact.adoption({ repository: 'nowhere' })).rejects.toMatchObject({
    code: 'NotFound',
  });
});
