import { runStatement } from '../store/raw-query.ts';
import { and, eq, sql } from 'drizzle-orm';
import { normaliseOrigin } from '../leads/repository-origin.ts';
import { createIdentifier } from '../store/identifier.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { DeclaredTeam } from './declared-team.ts';

const { repositories, repositoryTeams, teams } = tables;

/** Brings teams and their repositories in line with what was declared. */
export async function assignTeams(
  store: Store,
  workspaceId: string,
  declared: readonly DeclaredTeam[],
): Promise<void> {
  if (declared.length === 0) return;
  const known = await store.read
    .select()
    .from(repositories)
    .where(eq(repositories.workspaceId, workspaceId));
  await store.transaction(async (transaction) => {
    for (const team of declared) {
      const [row] = await transaction
        .insert(teams)
        .values({
          id: createIdentifier(),
          workspaceId,
          key: team.key,
          name: team.name,
          parentTeamId: null,
          origin: team.origin ?? 'config',
        })
        .onConflictDoUpdate({
          target: [teams.workspaceId, teams.key],
          set: { name: team.name },
        })
        .returning({ id: teams.id });
      const wanted = new Set(team.repositories.map((name) => name.toLowerCase()));
      const owned = known.filter((repository) =>
        namesOf(repository).some((name) => wanted.has(name?.toLowerCase() ?? '')),
      );
      for (const repository of owned) {
        await assignRepository(transaction, workspaceId, repository, row?.id ?? '');
      }
    }
  });
}

/** A repository that two sources show is known by its place, whatever id each of them gives it. */
function namesOf(repository: typeof repositories.$inferSelect): (string | null)[] {
  const { name, fullName, externalId, url } = repository;
  return [name, fullName, externalId, url === null ? null : normaliseOrigin(url)];
}

/** Gives a repository to a team; its facts, which carry the team, are computed again. */
export async function assignRepository(
  transaction: Database,
  workspaceId: string,
  repository: { source: string; externalId: string },
  teamId: string,
): Promise<void> {
  const { source, externalId } = repository;
  const [present] = await transaction
    .select({ teamId: repositoryTeams.teamId })
    .from(repositoryTeams)
    .where(
      and(
        eq(repositoryTeams.workspaceId, workspaceId),
        eq(repositoryTeams.source, source),
        eq(repositoryTeams.repositoryExternalId, externalId),
      ),
    );
  if (present?.teamId === teamId) return;
  await transaction
    .insert(repositoryTeams)
    .values({ workspaceId, source, repositoryExternalId: externalId, teamId })
    .onConflictDoUpdate({
      target: [
        repositoryTeams.workspaceId,
        repositoryTeams.source,
        repositoryTeams.repositoryExternalId,
      ],
      set: { teamId },
    });
  await markRepositoryDirty(transaction, workspaceId, repository);
}

/** Leaves a repository to the default team again. */
export async function releaseRepository(
  transaction: Database,
  workspaceId: string,
  repository: { source: string; externalId: string },
): Promise<void> {
  await transaction
    .delete(repositoryTeams)
    .where(
      and(
        eq(repositoryTeams.workspaceId, workspaceId),
        eq(repositoryTeams.source, repository.source),
        eq(repositoryTeams.repositoryExternalId, repository.externalId),
      ),
    );
  await markRepositoryDirty(transaction, workspaceId, repository);
}

/** Has the facts of every pull request of a repository computed again. */
export async function markRepositoryDirty(
  transaction: Database,
  workspaceId: string,
  { source, externalId }: { source: string; externalId: string },
): Promise<void> {
  await runStatement(
    transaction,
    sql`
    insert into dirty_subjects (workspace_id, kind, source, external_id)
    select workspace_id, 'pull_request', source, external_id from pull_requests
    where workspace_id = ${workspaceId} and source = ${source}
      and repository_external_id = ${externalId} on conflict do nothing`,
  );
}
