import { afterEach, describe, expect, it } from 'vitest';
import type { DomainRows } from '../sync/domain-rows.ts';
import {
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildWorkItem,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import { vouchedProof, vouchingHost } from '../testing/vouching-host.ts';
import { account, createReportWorld, type ReportWorld, today } from './testing/report-world.ts';

const hour = 3_600_000;
/** 2026-09-14, 00:00 UTC. */
const midnight = Date.UTC(2026, 8, 14);

let world: ReportWorld;
afterEach(async () => {
  await world.adjutant.close();
});

function commit(sha: string, author: string, at: number) {
  return buildCommit({
    sha,
    authorAccountExternalId: author,
    authoredAt: at,
    committedAt: at,
    subject: `Work ${sha}`,
  });
}

const rows: DomainRows = {
  repositories: [
    {
      source: 'example',
      externalId: 'acme/widgets',
      name: 'widgets',
      fullName: null,
      url: null,
      defaultBranch: null,
      mergeStyle: null,
    },
  ],
  commits: [
    commit('a1', 'ada', midnight + 9 * hour),
    commit('a2', 'ada', midnight + 10 * hour),
    commit('a3', 'ada', midnight + 11 * hour),
    commit('before', 'ada', midnight - 1),
    commit('after', 'ada', midnight + 24 * hour),
    commit('g1', 'grace', midnight + 12 * hour),
    commit('s1', 'stranger', midnight + 12 * hour),
    commit('bot', 'ada-bot', midnight + 12 * hour),
  ],
  pullRequests: [
    buildPullRequest({
      authorAccountExternalId: 'ada',
      openedAt: midnight + 12 * hour,
      mergedAt: midnight + 30 * hour,
    }),
    buildPullRequest({
      externalId: 'acme/widgets#2',
      number: 2,
      title: 'Repair a widget',
      authorAccountExternalId: 'grace',
      openedAt: midnight - hour,
      mergedAt: null,
      state: 'open',
    }),
  ],
  pullRequestEvents: [
    buildPullRequestEvent({
      externalId: 'review',
      pullRequestExternalId: 'acme/widgets#2',
      actorAccountExternalId: 'ada',
      at: midnight + 13 * hour,
    }),
    buildPullRequestEvent({
      externalId: 'own-review',
      actorAccountExternalId: 'ada',
      at: midnight + 14 * hour,
    }),
  ],
  workItems: [buildWorkItem({ assigneeAccountExternalId: 'ada' })],
  workItemChanges: [
    {
      source: 'example',
      externalId: 'change-1',
      workItemExternalId: '10001',
      field: 'status',
      fromValue: 'To Do',
      toValue: 'In Review',
      actorAccountExternalId: 'ada',
      at: midnight + 15 * hour,
    },
  ],
  accounts: [account('ada-bot', { kind: 'coding_agent', isBot: true })],
};

/** A second source knows Ada and Grace too; nobody knows who the stranger is. */
const second = createRowsConnector({
  id: 'second',
  scope: { externalId: 'acme/board', name: 'board', detail: {} },
  records: () => ({
    all: {
      accounts: [account('Ada', { source: 'second' }), account('Grace', { source: 'second' })],
    },
  }),
});
const people = ['Ada', 'Grace'].map((name) => ({
  name,
  accounts: ['example', 'second'].map((source) => ({ source, externalId: name.toLowerCase() })),
}));

describe('the work of a day', () => {
  it('stands beside the report: commits, pull requests, reviews and items of the author', async () => {
    world = await createReportWorld(['Ada', 'Grace', 'Stranger'], rows, {
      connectors: [second],
      people,
    });
    const { work } = await world.as('Ada').reports.submit({ did: 'Widgets' });
    expect(work.items.map(({ did, key, repository }) => [did, key, repository])).toEqual([
      ['committed', 'a1', 'widgets'],
      ['committed', 'a2', 'widgets'],
      ['committed', 'a3', 'widgets'],
      ['opened', '#1', 'widgets'],
      ['reviewed', '#2', 'widgets'],
      ['moved', 'WID-1', null],
    ]);
    const [first] = work.items;
    await expect(world.as('Ada').getWork(first?.id ?? '')).resolves.toMatchObject({
      title: 'Work a1',
    });
  });

  it('lists an account that worked beside the author and of which nobody knows whose it is', async () => {
    world = await createReportWorld(['Ada', 'Grace', 'Stranger'], rows, {
      connectors: [second],
      people,
    });
    const { work } = await world.as('Ada').reports.submit({ did: 'Widgets' });
    expect(work.unmapped).toEqual([
      {
        source: 'example',
        externalId: 'stranger',
        login: 'stranger',
        name: 'Stranger',
        repository: 'widgets',
      },
    ]);
    expect(work.gaps).toEqual(['accounts_unmapped']);
  });

  it('says that the author is not mapped where no account is theirs', async () => {
    world = await createReportWorld(['Ada'], rows);
    const owner = world.adjutant.workspace().as(await world.adjutant.owner());
    const { work } = await owner.reports.submit({ did: 'Sorted papers' });
    expect(work).toMatchObject({ items: [], unmapped: [], gaps: ['author_unmapped'] });
  });

  it('begins and ends the day where its author lives', async () => {
    world = await createReportWorld(['Ada', 'Grace'], rows);
    const ada = world.as('Ada');
    await ada.contactPreferences.set(world.idOf('Ada'), { timeZone: 'Europe/Berlin' });
    const { work } = await ada.reports.submit({ did: 'Widgets' });
    // 23:59:59 in UTC is the small hours of the day in Berlin.
    expect(work.items.filter(({ did }) => did === 'committed').map(({ key }) => key)).toEqual([
      'before',
      'a1',
      'a2',
      'a3',
    ]);
  });

  it.each([
    ['a lead alone', false],
    ['an administrator who was there', true],
  ])('of accounts that %s gave to the author it follows: %s', async (_, isAgreed) => {
    const approvals = { hostSession: vouchingHost };
    world = await createReportWorld(['Ada', 'Grace', 'Linus'], rows, { approvals });
    const [from, to] = [world.idOf('Grace'), world.idOf('Ada')];
    const { viewer } = world.as('Linus', 'admin');
    // The same merge takes an administrator once the author has anything private.
    if (isAgreed) await world.as('Ada').reports.submit({ day: '2026-09-11', did: 'Earlier' });
    await world
      .as('Linus', 'admin')
      .mergePeople(from, to, isAgreed ? vouchedProof(viewer) : undefined);
    const report = await world.as('Ada').reports.submit({ day: today, did: 'Widgets' });
    const commits = report.work.items.filter(({ did }) => did === 'committed');
    expect(commits.some(({ key }) => key === 'g1')).toBe(isAgreed);
  });
});
