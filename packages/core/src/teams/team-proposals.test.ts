import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  buildAccountGroup,
  buildAccountGroupMember,
  buildDeployment,
  buildIncident,
  buildRepositoryOwner,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

const source = 'forge';
const clock = createFakeClock(Date.UTC(2026, 8, 14, 12));
const group = (externalId: string, slug: string, parentExternalId: string | null = null) =>
  buildAccountGroup({
    source,
    externalId,
    slug,
    name: slug.split('/')[1] ?? slug,
    parentExternalId,
  });
const member = (groupExternalId: string, accountExternalId: string) =>
  buildAccountGroupMember({ source, groupExternalId, accountExternalId });
const account = (externalId: string, login: string, kind: 'human' | 'service_bot' = 'human') => ({
  source,
  externalId,
  login,
  name: login,
  email: null,
  emailVerified: false,
  vendorId: `forge:${externalId}`,
  kind,
  isBot: kind !== 'human',
});

/** An organization: engineering, with platform inside it, and a file that names both and a stranger. */
const organization: DomainRows = {
  repositories: [
    {
      source,
      externalId: '77',
      name: 'widgets',
      fullName: 'acme/widgets',
      url: null,
      defaultBranch: 'main',
      mergeStyle: null,
    },
  ],
  accounts: [account('1', 'ada'), account('2', 'bo'), account('3', 'buildbot', 'service_bot')],
  accountGroups: [group('20', 'acme/platform', '10'), group('10', 'acme/engineering')],
  accountGroupMembers: [member('10', '1'), member('20', '2'), member('20', '3')],
  repositoryOwners: [
    buildRepositoryOwner({ source, repositoryExternalId: '77', owner: '@acme/Platform' }),
    buildRepositoryOwner({
      source,
      repositoryExternalId: '77',
      position: 1,
      pattern: '/docs/',
      owner: '@acme/writers',
    }),
    buildRepositoryOwner({
      source,
      repositoryExternalId: '77',
      position: 2,
      pattern: '/x/',
      owner: '@ada',
    }),
  ],
};

let rows: DomainRows;
let adjutant: Adjutant;
let handle: WorkspaceHandle;
beforeEach(async () => {
  rows = organization;
  adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    connectors: [createRowsConnector({ id: source, records: () => ({ organization: rows }) })],
  });
  await adjutant.sync();
  handle = adjutant.workspace().as(await adjutant.owner());
});
afterEach(() => adjutant.close());

const ids = async () => (await handle.teamProposals.list()).map(({ id }) => id);
const accept = async (id: string) => handle.teamProposals.accept(id);
const allIn = async (name: string) => {
  const team = (await handle.teams()).find((found) => found.name === name);
  const people = await handle.forTeam(team?.id ?? '').findPeople();
  return people.items.map(({ displayName }) => displayName);
};

test('members of an organization are people by their number, bots are not', async () => {
  const people = (await handle.findPeople()).items;
  expect(people.map(({ displayName }) => displayName)).toEqual(['ada', 'bo']);
});

test('groups and ownership files propose, parents first, and change nothing by themselves', async () => {
  expect(await handle.teamProposals.list()).toMatchObject([
    {
      id: 'team:forge:10',
      kind: 'team',
      message: 'Make acme/engineering a team, with 1 person?',
      people: [{ displayName: 'ada' }],
    },
    { id: 'team:codeowners:acme/writers', people: [] },
    { id: 'team:forge:20', people: [{ displayName: 'bo' }] },
  ]);
  expect((await handle.teams()).map(({ name }) => name)).not.toContain('platform');
});

test('accepted groups become nested teams with their people, whichever comes first', async () => {
  await accept('team:forge:20');
  await accept('team:forge:10');
  const teams = await handle.teams();
  const [parent, child] = ['engineering', 'platform'].map((name) =>
    teams.find((team) => team.name === name),
  );
  expect(child?.parentTeamId).toBe(parent?.id);
  expect(await allIn('platform')).toEqual(['bo']);
});

test('a team of that key which is there already is taken, not doubled', async () => {
  const declared = await createAdjutant({
    store: ':memory:',
    clock,
    connectors: [createRowsConnector({ id: source, records: () => ({ organization }) })],
    teams: [{ key: 'platform', name: 'The platform', repositories: [] }],
  });
  await declared.sync();
  const theirs = declared.workspace().as(await declared.owner());
  const before = (await theirs.teams()).length;
  const decision = await theirs.teamProposals.accept('team:forge:20');
  expect(decision.subject).toBe('Is acme/platform the team The platform, with 1 person?');
  expect((await theirs.teams()).length).toBe(before);
  await theirs.teamProposals.undo(decision.id);
  expect((await theirs.teams()).length).toBe(before);
  await declared.close();
});

test('the owner of what no other line names is proposed once its team is there', async () => {
  expect((await ids()).some((id) => id.startsWith('owner:'))).toBe(false);
  await accept('team:forge:20');
  const proposal = (await handle.teamProposals.list()).find(
    ({ kind }) => kind === 'repository_owner',
  );
  expect(proposal).toMatchObject({ team: { key: 'platform' }, repository: { name: 'widgets' } });
  const decision = await accept(proposal?.id ?? '');
  const team = (await handle.teams()).find(({ key }) => key === 'platform');
  const overview = await handle.forTeam(team?.id ?? '').overview();
  expect(overview.repositories.map(({ name }) => name)).toEqual(['widgets']);
  expect((await ids()).some((id) => id.startsWith('owner:'))).toBe(false);
  await handle.teamProposals.undo(decision.id);
  expect((await handle.forTeam(team?.id ?? '').overview()).repositories).toEqual([]);
});

test('an incident follows its repository to a team, and back when that is undone', async () => {
  rows = {
    ...organization,
    deployments: [buildDeployment({ source, serviceKey: 'shop', repositoryExternalId: '77' })],
    incidents: [buildIncident({ source, serviceKey: 'shop' })],
  };
  await adjutant.sync();
  const [incident] = (await handle.listWork({ kind: 'incident' })).items;
  const whose = async (): Promise<string[]> => {
    const keys: string[] = [];
    for (const { id, key } of await handle.teams()) {
      const found = await handle
        .forTeam(id)
        .history.incident(incident?.id ?? '')
        .catch(() => null);
      if (found !== null) keys.push(key);
    }
    return keys;
  };
  expect(await whose()).toEqual(['default']);
  const made = await accept('team:forge:20');
  const owner = (await ids()).find((id) => id.startsWith('owner:')) ?? '';
  const owned = await accept(owner);
  expect(await whose()).toEqual(['platform']);
  await handle.teamProposals.undo(owned.id);
  await handle.teamProposals.undo(made.id);
  expect(await whose()).toEqual(['default']);
});

test('who joins or leaves a group later is proposed again', async () => {
  await accept('team:forge:20');
  rows = { ...organization, accountGroupMembers: [member('20', '1'), member('10', '2')] };
  await adjutant.sync({ mode: 'backfill' });
  const changes = (await handle.teamProposals.list()).filter(({ kind }) => kind.endsWith('member'));
  expect(changes.map(({ kind, message }) => [kind, message])).toEqual([
    ['member', 'ada is in acme/platform: add to the team platform?'],
    ['former_member', 'bo is no longer in acme/platform: end the stay in the team platform?'],
  ]);
  const decisions = [];
  for (const { id } of changes) decisions.push(await accept(id));
  expect(await allIn('platform')).toEqual(['ada']);
  for (const { id } of decisions.toReversed()) await handle.teamProposals.undo(id);
  expect(await allIn('platform')).toEqual(['bo']);
});

describe('a decision', () => {
  test('against a proposal silences it until it is taken back, syncs or not', async () => {
    const decision = await handle.teamProposals.dismiss('team:forge:20');
    await adjutant.sync();
    expect(await ids()).not.toContain('team:forge:20');
    await handle.teamProposals.undo(decision.id);
    expect(await ids()).toContain('team:forge:20');
  });

  test('is taken back whole, and not while another rests on it', async () => {
    const before = await handle.teams();
    const child = await accept('team:forge:20');
    const parent = await accept('team:forge:10');
    const owner = await accept((await ids()).find((id) => id.startsWith('owner:')) ?? '');
    await expect(handle.teamProposals.undo(child.id)).rejects.toMatchObject({ code: 'Conflict' });
    for (const { id } of [owner, parent, child]) await handle.teamProposals.undo(id);
    expect(await handle.teams()).toEqual(before);
    expect((await ids()).length).toBe(3);
    const decided = await handle.teamProposals.decisions();
    expect(decided.map(({ undoneAt }) => undoneAt)).toEqual([
      clock.now(),
      clock.now(),
      clock.now(),
    ]);
    await expect(handle.teamProposals.undo(child.id)).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('is a line of the ledger', async () => {
    const decision = await accept('team:forge:20');
    await handle.teamProposals.undo(decision.id);
    const lines: string[] = [];
    for await (const line of adjutant.exportWorkspace()) lines.push(line);
    const events = lines.filter((line) => line.includes('team_proposal.'));
    expect(events).toHaveLength(2);
  });

  test('is not for assistants or members', async () => {
    const owner = await adjutant.owner();
    const sponsorPersonId = owner.kind === 'person' ? owner.personId : '';
    const agent = adjutant.workspace().as({ kind: 'agent', name: 'tool', sponsorPersonId });
    const refused: unknown = await agent.teamProposals
      .accept('team:forge:20')
      .catch((error: unknown) => error);
    expect(AdjutantError.isInstance(refused) && refused.code).toBe('Permission');
    expect((await agent.teamProposals.list()).length).toBe(3);
  });

  test('about what is not proposed is not found', async () => {
    await expect(accept('team:forge:999')).rejects.toMatchObject({ code: 'NotFound' });
  });
});
