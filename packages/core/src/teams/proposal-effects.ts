import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { assignRepository, releaseRepository } from '../workspace/assign-teams.ts';
import type { TeamProposal } from './propose-teams.ts';

const { accountGroups, memberships, repositoryLeads, repositoryTeams, teamGroups, teams } = tables;

/** One thing that accepting changed. */
const effectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('team_made'), teamId: z.string() }),
  z.object({ kind: z.literal('group_linked'), source: z.string(), groupExternalId: z.string() }),
  z.object({ kind: z.literal('parent_set'), teamId: z.string() }),
  z.object({
    kind: z.literal('stay'),
    teamId: z.string(),
    personId: z.string(),
    /** The membership as it was; null where there was none. */
    before: z.object({ toDay: z.string().nullable() }).nullable(),
  }),
  z.object({
    kind: z.literal('repository_owned'),
    source: z.string(),
    repositoryExternalId: z.string(),
    teamId: z.string(),
  }),
]);
type Effect = z.infer<typeof effectSchema>;

/** Does what a proposal says and returns each thing that changed. */
export async function applyProposal(
  transaction: Database,
  context: ReadContext,
  proposal: TeamProposal,
): Promise<Effect[]> {
  const { kind, team, people, repository } = proposal;
  if (kind === 'team') return makeTeam(transaction, context, proposal);
  const teamId = team.id ?? '';
  if (kind === 'repository_owner') {
    return repository === null
      ? []
      : giveRepository(transaction, context.workspaceId, repository, teamId);
  }
  const toDay = kind === 'member' ? null : dayOf(context.clock.now());
  const effects: Effect[] = [];
  for (const { id } of people) {
    effects.push(...(await setStay(transaction, context.workspaceId, teamId, id, toDay)));
  }
  return effects;
}

async function makeTeam(
  transaction: Database,
  context: ReadContext,
  { team, people, group }: TeamProposal,
): Promise<Effect[]> {
  const { workspaceId } = context;
  const teamId = team.id ?? createIdentifier();
  const effects: Effect[] = [];
  if (team.id === null) {
    await transaction.insert(teams).values({
      id: teamId,
      workspaceId,
      key: team.key,
      name: team.name,
      parentTeamId: null,
      origin: group.source,
    });
    effects.push({ kind: 'team_made', teamId });
  }
  const link = { source: group.source, groupExternalId: group.externalId };
  await transaction.insert(teamGroups).values({ workspaceId, ...link, teamId });
  effects.push({ kind: 'group_linked', ...link });
  effects.push(...(await setParents(transaction, workspaceId, group, teamId)));
  for (const { id } of people) {
    effects.push(...(await setStay(transaction, workspaceId, teamId, id, null)));
  }
  return effects;
}

/** Nested groups make nested teams, in whichever order they are accepted. */
async function setParents(
  transaction: Database,
  workspaceId: string,
  group: { source: string; externalId: string },
  teamId: string,
): Promise<Effect[]> {
  const linked = await transaction
    .select({ group: accountGroups, teamId: teamGroups.teamId })
    .from(teamGroups)
    .innerJoin(
      accountGroups,
      and(
        eq(accountGroups.workspaceId, teamGroups.workspaceId),
        eq(accountGroups.source, teamGroups.source),
        eq(accountGroups.externalId, teamGroups.groupExternalId),
      ),
    )
    .where(and(eq(teamGroups.workspaceId, workspaceId), eq(teamGroups.source, group.source)));
  const own = linked.find((link) => link.group.externalId === group.externalId)?.group;
  const parent = linked.find((link) => link.group.externalId === own?.parentExternalId);
  const pairs = [
    ...(parent === undefined ? [] : [{ child: teamId, parent: parent.teamId }]),
    ...linked
      .filter((link) => link.group.parentExternalId === group.externalId)
      .map((link) => ({ child: link.teamId, parent: teamId })),
  ];
  const effects: Effect[] = [];
  for (const { child, parent: parentTeamId } of pairs) {
    if (child === parentTeamId) continue;
    const changed = await transaction
      .update(teams)
      .set({ parentTeamId })
      .where(and(teamKey(workspaceId, child), isNull(teams.parentTeamId)))
      .returning({ id: teams.id });
    if (changed.length > 0) effects.push({ kind: 'parent_set', teamId: child });
  }
  return effects;
}

async function setStay(
  transaction: Database,
  workspaceId: string,
  teamId: string,
  personId: string,
  toDay: string | null,
): Promise<Effect[]> {
  const key = stayKey(workspaceId, teamId, personId);
  const [present] = await transaction.select().from(memberships).where(key);
  if (present !== undefined && present.toDay === toDay) return [];
  if (present === undefined) {
    // Since when is not known: the source tells who is in a group, not since when.
    const fromDay = null;
    await transaction.insert(memberships).values({ workspaceId, personId, teamId, fromDay, toDay });
  } else {
    await transaction.update(memberships).set({ toDay }).where(key);
  }
  const before = present === undefined ? null : { toDay: present.toDay };
  return [{ kind: 'stay', teamId, personId, before }];
}

/** A repository that two sources show belongs to the team in both. */
async function giveRepository(
  transaction: Database,
  workspaceId: string,
  repository: { source: string; externalId: string },
  teamId: string,
): Promise<Effect[]> {
  const followers = await transaction
    .select()
    .from(repositoryLeads)
    .where(
      and(
        eq(repositoryLeads.workspaceId, workspaceId),
        eq(repositoryLeads.leadSource, repository.source),
        eq(repositoryLeads.leadRepositoryExternalId, repository.externalId),
      ),
    );
  const all = [
    repository,
    ...followers.map((row) => ({ source: row.source, externalId: row.repositoryExternalId })),
  ];
  const effects: Effect[] = [];
  for (const { source, externalId } of all) {
    const [present] = await transaction
      .select()
      .from(repositoryTeams)
      .where(ownerKey(workspaceId, source, externalId));
    if (present !== undefined) continue;
    await assignRepository(transaction, workspaceId, { source, externalId }, teamId);
    effects.push({ kind: 'repository_owned', source, repositoryExternalId: externalId, teamId });
  }
  return effects;
}

/** Takes back what was changed, last first. @throws AdjutantError `Conflict` where something rests on it */
export async function undoEffects(
  transaction: Database,
  { workspaceId }: ReadContext,
  stored: readonly unknown[],
): Promise<void> {
  const effects = z.array(effectSchema).parse(stored);
  for (const effect of effects.toReversed()) {
    switch (effect.kind) {
      case 'repository_owned':
        await undoOwner(transaction, workspaceId, effect);
        break;
      case 'stay':
        await undoStay(transaction, workspaceId, effect);
        break;
      case 'parent_set':
        await transaction
          .update(teams)
          .set({ parentTeamId: null })
          .where(teamKey(workspaceId, effect.teamId));
        break;
      case 'group_linked':
        await transaction
          .delete(teamGroups)
          .where(
            and(
              eq(teamGroups.workspaceId, workspaceId),
              eq(teamGroups.source, effect.source),
              eq(teamGroups.groupExternalId, effect.groupExternalId),
            ),
          );
        break;
      case 'team_made':
        await refuseUsedTeam(transaction, workspaceId, effect.teamId);
        await transaction.delete(teams).where(teamKey(workspaceId, effect.teamId));
        break;
    }
  }
}

async function undoOwner(
  transaction: Database,
  workspaceId: string,
  effect: Extract<Effect, { kind: 'repository_owned' }>,
): Promise<void> {
  const { source, repositoryExternalId: externalId, teamId } = effect;
  const [present] = await transaction
    .select()
    .from(repositoryTeams)
    .where(ownerKey(workspaceId, source, externalId));
  // Somebody else's word has taken its place since; that one stays.
  if (present?.teamId !== teamId) return;
  await releaseRepository(transaction, workspaceId, { source, externalId });
}

async function undoStay(
  transaction: Database,
  workspaceId: string,
  { teamId, personId, before }: Extract<Effect, { kind: 'stay' }>,
): Promise<void> {
  const key = stayKey(workspaceId, teamId, personId);
  if (before === null) await transaction.delete(memberships).where(key);
  else await transaction.update(memberships).set({ toDay: before.toDay }).where(key);
}

async function refuseUsedTeam(
  transaction: Database,
  workspaceId: string,
  teamId: string,
): Promise<void> {
  const uses = [
    await transaction
      .select({ id: memberships.personId })
      .from(memberships)
      .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.teamId, teamId))),
    await transaction
      .select({ id: repositoryTeams.repositoryExternalId })
      .from(repositoryTeams)
      .where(and(eq(repositoryTeams.workspaceId, workspaceId), eq(repositoryTeams.teamId, teamId))),
    await transaction
      .select({ id: teamGroups.groupExternalId })
      .from(teamGroups)
      .where(and(eq(teamGroups.workspaceId, workspaceId), eq(teamGroups.teamId, teamId))),
    await transaction
      .select({ id: teams.id })
      .from(teams)
      .where(and(eq(teams.workspaceId, workspaceId), eq(teams.parentTeamId, teamId))),
  ];
  if (uses.every((found) => found.length === 0)) return;
  throw new AdjutantError('Conflict', 'The team has members, repositories or teams inside it.', {
    hint: 'Undo the later decisions about it first.',
  });
}

function teamKey(workspaceId: string, teamId: string): SQL | undefined {
  return and(eq(teams.workspaceId, workspaceId), eq(teams.id, teamId));
}

function stayKey(workspaceId: string, teamId: string, personId: string): SQL | undefined {
  return and(
    eq(memberships.workspaceId, workspaceId),
    eq(memberships.teamId, teamId),
    eq(memberships.personId, personId),
  );
}

function ownerKey(workspaceId: string, source: string, externalId: string): SQL | undefined {
  return and(
    eq(repositoryTeams.workspaceId, workspaceId),
    eq(repositoryTeams.source, source),
    eq(repositoryTeams.repositoryExternalId, externalId),
  );
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
