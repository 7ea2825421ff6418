import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createReportWorld, monday, type ReportWorld } from '../reports/testing/report-world.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import {
  buildAccountGroup,
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildWorkItem,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday, 2026-09-07, 00:00 UTC: the week before the one in which the world stands. */
const lastWeek = Date.UTC(2026, 8, 7);

let world: ReportWorld;
afterEach(async () => {
  await world.adjutant.close();
});

const everybody = [
  'Ada',
  'Grace',
  'Linus',
  'Mary',
  'Alan',
  'Joan',
  'Edsger',
  'Barbara',
  'Donald',
  'Hedy',
];

function commitOf(name: string, at: number, sha = `${name}-${at}`, repository = 'acme/widgets') {
  return buildCommit({
    sha,
    repositoryExternalId: repository,
    authorAccountExternalId: name.toLowerCase(),
    authoredAt: at,
    committedAt: at,
  });
}

function openPullRequest(number: number, author: string, openedAt: number) {
  return buildPullRequest({
    externalId: `acme/widgets#${number}`,
    number,
    title: `Change ${number}`,
    state: 'open',
    mergedAt: null,
    mergeSha: null,
    authorAccountExternalId: author.toLowerCase(),
    openedAt,
  });
}

function ask(number: number, reviewer: string, at: number, kind = 'review_requested' as const) {
  return buildPullRequestEvent({
    externalId: `${kind}-${number}-${reviewer}-${at}`,
    pullRequestExternalId: `acme/widgets#${number}`,
    kind,
    state: null,
    subjectAccountExternalId: reviewer.toLowerCase(),
    at,
  });
}

describe('one’s own load', () => {
  const rows: DomainRows = {
    commits: [
      commitOf('Ada', monday - 5 * hour),
      commitOf('Ada', monday - 4 * hour, 'other-place', 'acme/gadgets'),
      commitOf('Ada', monday - day - 12 * hour, 'night'),
      commitOf('Ada', monday - day - 12 * hour, 'agent-night'),
      commitOf('Ada', monday - 30 * day, 'long-ago'),
      commitOf('Grace', monday - 5 * hour),
    ],
    aiEvidence: [
      {
        source: 'example',
        externalId: 'mark',
        subjectKind: 'commit',
        repositoryExternalId: 'acme/widgets',
        subjectExternalId: 'agent-night',
        class: 'agent_authored',
        tool: 'helper',
        model: null,
        origin: 'trailer',
        confidence: 1,
      },
    ],
    pullRequests: [
      openPullRequest(1, 'Grace', monday - 3 * day),
      openPullRequest(2, 'Grace', monday - 2 * day),
      openPullRequest(3, 'Ada', monday - day),
      openPullRequest(4, 'Grace', monday - day),
    ],
    pullRequestEvents: [
      ask(1, 'Ada', monday - 2 * day),
      ask(2, 'Ada', monday - 2 * day),
      ask(4, 'Ada', monday - day),
      ask(4, 'Ada', monday - hour, 'review_request_removed' as never),
      buildPullRequestEvent({
        externalId: 'given',
        pullRequestExternalId: 'acme/widgets#2',
        actorAccountExternalId: 'ada',
        at: monday - day,
      }),
    ],
    workItems: [
      buildWorkItem({ assigneeAccountExternalId: 'ada' }),
      buildWorkItem({ externalId: '2', key: 'WID-2', assigneeAccountExternalId: 'grace' }),
      buildWorkItem({
        externalId: '3',
        key: 'WID-3',
        assigneeAccountExternalId: 'ada',
        statusCategory: 'done',
        doneAt: monday - day,
      }),
    ],
  };

  it('lists what waits for whoever looks, and nothing of anybody else', async () => {
    world = await createReportWorld(['Ada', 'Grace'], rows);
    const load = await world.as('Ada').load.mine();
    expect(load.reviewsAsked.map(({ key, title }) => [key, title])).toEqual([['#1', 'Change 1']]);
    expect(load.openPullRequests.map(({ key }) => key)).toEqual(['#3']);
    expect(load.itemsInProgress.map(({ key }) => key)).toEqual(['WID-1']);
    expect(load).toMatchObject({ fromDay: '2026-09-08', toDay: '2026-09-14' });
  });

  it('counts the places that were touched on each day', async () => {
    world = await createReportWorld(['Ada', 'Grace'], rows);
    const load = await world.as('Ada').load.mine();
    expect(load.days).toEqual([
      { day: '2026-09-13', repositories: 1, items: 0 },
      { day: '2026-09-14', repositories: 2, items: 0 },
    ]);
    expect(load.contextsPerDay).toBe(1.5);
  });

  it('holds hours against what its owner declared, and leaves out what an agent wrote at night', async () => {
    world = await createReportWorld(['Ada', 'Grace'], rows);
    const { load } = world.as('Ada');
    expect((await load.mine()).outOfHours).toBeNull();
    expect((await load.mine()).gaps).toEqual(['hours_not_declared']);
    await load.hours.declare({ fromTime: '09:00', toTime: '17:00' });
    // Inside are two commits of Monday; outside what was opened, reviewed and committed on Sunday.
    expect((await load.mine()).outOfHours).toEqual({ share: 0.6, outside: 3, total: 5 });
    await load.hours.withdraw();
    expect((await load.mine()).outOfHours).toBeNull();
  });

  it('keeps hours from everybody else, the ledger included', async () => {
    world = await createReportWorld(['Ada', 'Grace'], rows);
    await world.as('Ada').load.hours.declare({ fromTime: '09:15', toTime: '17:00' });
    expect(await world.as('Grace', 'admin').load.hours.get()).toBeNull();
    const entries = await world.as('Grace', 'admin').audit.list({ limit: 200 });
    expect(JSON.stringify(entries)).toContain('load.hours_declared');
    expect(JSON.stringify(entries)).not.toContain('09:15');
    await expect(
      world.agentOf('Ada').load.hours.declare({ fromTime: '00:00', toTime: '23:00' }),
    ).rejects.toMatchObject({ code: 'Permission' });
  });

  it('shows an assistant the load of the person it works for, and the system nobody’s', async () => {
    world = await createReportWorld(['Ada', 'Grace'], rows);
    const load = await world.agentOf('Grace').load.mine();
    expect(load.personId).toBe(world.idOf('Grace'));
    const system = world.adjutant.workspace().as({ kind: 'system' });
    await expect(system.load.mine()).rejects.toMatchObject({ code: 'Permission' });
  });
});

/** Ten people of whom so many did something last week, each in another number of repositories. */
function weekOfWork(names: readonly string[]): DomainRows {
  return {
    commits: names.flatMap((name, place) =>
      Array.from({ length: place + 1 }, (_, nth) =>
        commitOf(name, lastWeek + 10 * hour + nth, `${name}${nth}`, `acme/place-${nth}`),
      ),
    ),
  };
}

async function createTeamWorld(
  names: readonly string[],
  teams: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const groups = Object.keys(teams);
  world = await createReportWorld(names, {
    ...weekOfWork(names),
    accountGroups: groups.map((key) =>
      buildAccountGroup({ externalId: key, name: key, slug: `acme/${key}` }),
    ),
    accountGroupMembers: groups.flatMap((key) =>
      (teams[key] ?? []).map((name) => ({
        source: 'example',
        groupExternalId: key,
        accountExternalId: name.toLowerCase(),
        role: null,
      })),
    ),
  });
}

async function teamHandle(of: WorkspaceHandle, key: string): Promise<WorkspaceHandle> {
  const team = (await of.teams()).find((one) => one.name === key);
  if (team === undefined) throw new TypeError(`No team ${key}.`);
  return of.forTeam(team.id);
}

/** Makes teams of the groups, as somebody who leads would. */
async function acceptTeams(): Promise<void> {
  const lead = world.as('Ada', 'admin');
  for (let round = 0; round < 10; round += 1) {
    const proposals = await lead.teamProposals.list();
    if (proposals.length === 0) return;
    for (const { id } of proposals) await lead.teamProposals.accept(id);
  }
}

describe('the load of a team', () => {
  it('is a middle value of five people or more, without anybody in it', async () => {
    await createTeamWorld(everybody.slice(0, 5));
    const load = await world.as('Ada', 'lead').load.team();
    expect(load).toMatchObject({ fromDay: '2026-09-07', toDay: '2026-09-13', teamId: null });
    expect(load.figures.find(({ id }) => id === 'contexts_per_day')).toEqual({
      id: 'contexts_per_day',
      unit: 'count',
      value: 3,
      people: 5,
      reason: null,
    });
    const text = JSON.stringify(load);
    for (const name of everybody) {
      expect(text).not.toContain(name);
      if (everybody.indexOf(name) < 5) expect(text).not.toContain(world.idOf(name));
    }
  });

  it('is not told of four, whoever asks, and each refusal stands in the ledger', async () => {
    await createTeamWorld(everybody.slice(0, 4));
    for (const role of ['member', 'lead', 'admin'] as const) {
      const { figures } = await world.as('Ada', role).load.team();
      for (const figure of figures) {
        expect(figure).toMatchObject({ value: null, people: null });
        expect(figure.reason).not.toBeNull();
      }
    }
    const { items } = await world.as('Ada', 'admin').privacy.refusals();
    const told = { class: 'figures_on_people', reason: 'too_few_people' };
    // The first question is told of at once, and those after it together.
    expect(items).toMatchObject([
      { ...told, times: 2 },
      { ...told, times: 1 },
    ]);
    const entries = await world.as('Ada', 'admin').audit.list({ event: 'privacy.query_refused' });
    expect(entries.items).toMatchObject([{ outcome: 'refused' }, { outcome: 'refused' }]);
    expect(JSON.stringify(entries.items)).not.toContain('2026-09-07');
  });

  it('of out of hours needs five who declared theirs', async () => {
    await createTeamWorld(everybody.slice(0, 6));
    const shareOf = async () =>
      (await world.as('Ada', 'lead').load.team()).figures.find(
        ({ id }) => id === 'out_of_hours_share',
      );
    for (const name of everybody.slice(0, 4)) {
      await world.as(name).load.hours.declare({ fromTime: '09:00', toTime: '17:00' });
    }
    expect(await shareOf()).toMatchObject({ value: null, people: null });
    await world.as('Alan').load.hours.declare({ fromTime: '11:00', toTime: '17:00' });
    expect(await shareOf()).toMatchObject({ value: 0, people: 5 });
  });

  it('stays as it was told first, whoever is merged or comes in later', async () => {
    await createTeamWorld(everybody.slice(0, 7));
    const before = await world.as('Ada', 'lead').load.team();
    const told = before.figures.find(({ id }) => id === 'contexts_per_day');
    expect(told?.value).toBe(4);
    await world.as('Ada', 'admin').mergePeople(world.idOf('Edsger'), world.idOf('Grace'));
    const after = await world.as('Ada', 'lead').load.team();
    expect(after.figures.find(({ id }) => id === 'contexts_per_day')).toEqual(told);
  });

  it('is unknown until every source was read after the week, and of no week that goes on', async () => {
    await createTeamWorld(everybody.slice(0, 5));
    world.clock.advance(7 * day);
    const { figures } = await world.as('Ada', 'lead').load.team();
    expect(figures.every(({ value, reason }) => value === null && reason !== null)).toBe(true);
    await expect(world.as('Ada', 'lead').load.team({ week: '2026-09-22' })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });

  it('does not wait for a source that the configuration no longer names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'adjutant-load-'));
    try {
      const names = everybody.slice(0, 5);
      const store = join(folder, 'a.db');
      const old = createRowsConnector({ id: 'old', records: () => ({ all: {} }) });
      const before = await createReportWorld(names, {}, { store, connectors: [old] });
      await before.adjutant.close();
      world = await createReportWorld(names, weekOfWork(names), { store });
      world.clock.advance(7 * day);
      await world.adjutant.sync();
      const lead = world.as('Ada', 'lead').load;
      const told = await lead.team({ week: '2026-09-14' });
      for (const { reason } of told.figures) expect(reason ?? '').not.toContain('not every source');
    } finally {
      await world.adjutant.close();
      await rm(folder, { recursive: true, force: true });
      world = await createReportWorld([]);
    }
  });

  it('is not told of a part whose rest is fewer than five, once the whole was told', async () => {
    await createTeamWorld(everybody.slice(0, 8), { Front: everybody.slice(0, 6) });
    await acceptTeams();
    const lead = world.as('Ada', 'lead');
    const whole = await lead.load.team();
    expect(whole.figures[3]).toMatchObject({ people: 8 });
    const part = await (await teamHandle(lead, 'Front')).load.team();
    expect(part.figures.every(({ value }) => value === null)).toBe(true);
  });

  it('withstands teams that overlap so that their difference is one person', async () => {
    await createTeamWorld(everybody, {
      First: everybody.slice(0, 5),
      Second: everybody.slice(0, 6),
    });
    await acceptTeams();
    const lead = world.as('Ada', 'lead');
    const first = await (await teamHandle(lead, 'First')).load.team();
    expect(first.figures[3]).toMatchObject({ people: 5, value: 3 });
    const second = await (await teamHandle(lead, 'Second')).load.team();
    expect(second.figures.every(({ value }) => value === null)).toBe(true);
    const again = await (await teamHandle(lead, 'First')).load.team();
    expect(again.figures).toEqual(first.figures);
  });
});
