import { and, eq, isNull } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { type ProposalInput, proposeTeams, type TeamProposal } from './propose-teams.ts';

const {
  accountGroupMembers,
  accountGroups,
  memberships,
  people,
  personAccounts,
  repositories,
  repositoryLeads,
  repositoryOwners,
  repositoryTeams,
  teamDecisions,
  teamGroups,
  teams,
} = tables;

/** Returns what groups of accounts and ownership files suggest and nobody has answered yet. */
export async function readTeamProposals(context: ReadContext): Promise<TeamProposal[]> {
  return proposeTeams(await loadProposalInput(context.store.read, context.workspaceId));
}

/** Returns all that proposals follow from. */
export async function loadProposalInput(
  database: Database,
  workspaceId: string,
): Promise<ProposalInput> {
  const groups = await database
    .select()
    .from(accountGroups)
    .where(eq(accountGroups.workspaceId, workspaceId))
    .orderBy(accountGroups.source, accountGroups.slug, accountGroups.externalId);
  const owners = await loadOwners(database, workspaceId);
  const teamRows = await database.select().from(teams).where(eq(teams.workspaceId, workspaceId));
  const links = await database
    .select()
    .from(teamGroups)
    .where(eq(teamGroups.workspaceId, workspaceId));
  const stays = await database
    .select({
      personId: memberships.personId,
      teamId: memberships.teamId,
      fromDay: memberships.fromDay,
      toDay: memberships.toDay,
      displayName: people.displayName,
    })
    .from(memberships)
    .innerJoin(
      people,
      and(eq(people.workspaceId, memberships.workspaceId), eq(people.id, memberships.personId)),
    )
    .where(eq(memberships.workspaceId, workspaceId));
  const owned = await database
    .select()
    .from(repositoryTeams)
    .where(eq(repositoryTeams.workspaceId, workspaceId));
  const answered = await database
    .select({ proposalId: teamDecisions.proposalId })
    .from(teamDecisions)
    .where(
      and(
        eq(teamDecisions.workspaceId, workspaceId),
        eq(teamDecisions.decision, 'dismissed'),
        isNull(teamDecisions.undoneAt),
      ),
    );
  return {
    groups,
    owners,
    teams: teamRows,
    teamGroups: links,
    memberships: stays,
    members: await loadMembers(database, workspaceId),
    repositories: await loadLeadingRepositories(database, workspaceId),
    owned: new Set(owned.map((row) => `${row.source}\n${row.repositoryExternalId}`)),
    dismissed: new Set(answered.map(({ proposalId }) => proposalId)),
  };
}

async function loadMembers(
  database: Database,
  workspaceId: string,
): Promise<ProposalInput['members']> {
  return database
    .select({
      source: accountGroupMembers.source,
      groupExternalId: accountGroupMembers.groupExternalId,
      personId: people.id,
      displayName: people.displayName,
    })
    .from(accountGroupMembers)
    .innerJoin(
      personAccounts,
      and(
        eq(personAccounts.workspaceId, accountGroupMembers.workspaceId),
        eq(personAccounts.accountSource, accountGroupMembers.source),
        eq(personAccounts.accountExternalId, accountGroupMembers.accountExternalId),
      ),
    )
    .innerJoin(
      people,
      and(
        eq(people.workspaceId, personAccounts.workspaceId),
        eq(people.id, personAccounts.personId),
      ),
    )
    .where(eq(accountGroupMembers.workspaceId, workspaceId));
}

/** The ownership file of a leading repository, read from whichever source shows it. */
async function loadOwners(
  database: Database,
  workspaceId: string,
): Promise<ProposalInput['owners']> {
  const rows = await database
    .select({ owner: repositoryOwners, lead: repositoryLeads })
    .from(repositoryOwners)
    .leftJoin(
      repositoryLeads,
      and(
        eq(repositoryLeads.workspaceId, repositoryOwners.workspaceId),
        eq(repositoryLeads.source, repositoryOwners.source),
        eq(repositoryLeads.repositoryExternalId, repositoryOwners.repositoryExternalId),
      ),
    )
    .where(eq(repositoryOwners.workspaceId, workspaceId));
  const own = new Set(
    rows.flatMap(({ owner, lead }) =>
      lead === null ? [`${owner.source}\n${owner.repositoryExternalId}`] : [],
    ),
  );
  return rows.flatMap(({ owner, lead }) => {
    if (lead === null) return [owner];
    const { leadSource: source, leadRepositoryExternalId: repositoryExternalId } = lead;
    // The leading source's own reading of the file stands; the other one's would double it.
    if (own.has(`${source}\n${repositoryExternalId}`)) return [];
    return [{ ...owner, source, repositoryExternalId }];
  });
}

async function loadLeadingRepositories(
  database: Database,
  workspaceId: string,
): Promise<ProposalInput['repositories']> {
  const rows = await database
    .select({
      source: repositories.source,
      externalId: repositories.externalId,
      name: repositories.name,
      lead: repositoryLeads.leadSource,
    })
    .from(repositories)
    .leftJoin(
      repositoryLeads,
      and(
        eq(repositoryLeads.workspaceId, repositories.workspaceId),
        eq(repositoryLeads.source, repositories.source),
        eq(repositoryLeads.repositoryExternalId, repositories.externalId),
      ),
    )
    .where(eq(repositories.workspaceId, workspaceId))
    .orderBy(repositories.name, repositories.source);
  return rows.filter(({ lead }) => lead === null).map(({ lead: _, ...repository }) => repository);
}
