import { runStatement } from '../store/raw-query.ts';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PullRequestFactsDefinition } from '../domain.ts';
import { deleteRows, upsertRows } from '../store/bulk-write.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { ensureDefaultTeam } from '../workspace/default-team.ts';
import { loadFactInputs } from './load-fact-inputs.ts';

const { dirtySubjects, repositoryLeads, repositoryTeams } = tables;
const factsTarget = { table: tables.pullRequestFacts, key: ['source', 'pullRequestExternalId'] };
const chunkSize = 200;

/**
 * Computes the facts of every pull request marked dirty and returns how many were computed. A mark
 * goes in the transaction that writes its facts, so a crash in between only means computing again.
 */
export async function refreshPullRequestFacts(
  store: Store,
  workspaceId: string,
  definition: PullRequestFactsDefinition,
  reach: () => void | Promise<void>,
): Promise<number> {
  await markOutdated(store, workspaceId, definition.version);
  const defaultTeamId = await ensureDefaultTeam(store, workspaceId);
  const teamByRepository = await loadRepositoryTeams(store, workspaceId);
  const following = await loadFollowers(store, workspaceId);
  let computed = 0;
  for (;;) {
    const chunk = await nextChunk(store, workspaceId);
    if (chunk === null) return computed;
    const { source, externalIds } = chunk;
    const inputs = await loadFactInputs(store.read, workspaceId, source, externalIds);
    await yieldToEventLoop();
    // A repository that another source leads has no facts of its own, so no metric can count it twice.
    const counted = inputs.filter(
      ({ input }) => !following.has(`${source}\n${input.pullRequest.repositoryExternalId}`),
    );
    const rows = counted.map(({ pullRequestId, input }) => {
      const facts = definition.compute(input);
      const owner = teamByRepository.get(`${source}\n${facts.repositoryExternalId}`);
      return { ...facts, pullRequestId, teamId: owner ?? defaultTeamId };
    });
    const found = new Set(rows.map((row) => row.pullRequestExternalId));
    const gone = externalIds
      .filter((id) => !found.has(id))
      .map((id) => ({ source, pullRequestExternalId: id }));
    await yieldToEventLoop();
    await store.transaction(async (transaction) => {
      await upsertRows(transaction, factsTarget, workspaceId, rows);
      await deleteRows(transaction, factsTarget, workspaceId, gone);
      await transaction
        .delete(dirtySubjects)
        .where(
          and(
            eq(dirtySubjects.workspaceId, workspaceId),
            eq(dirtySubjects.kind, 'pull_request'),
            eq(dirtySubjects.source, source),
            inArray(dirtySubjects.externalId, externalIds),
          ),
        );
      await reach();
    });
    computed += rows.length;
    await yieldToEventLoop();
  }
}

/** Facts of an older definition are computed again, all of them. */
async function markOutdated(store: Store, workspaceId: string, version: number): Promise<void> {
  await store.transaction(async (transaction) => {
    await runStatement(
      transaction,
      sql`
      insert into dirty_subjects (workspace_id, kind, source, external_id)
      select workspace_id, 'pull_request', source, pull_request_external_id
      from pull_request_facts
      where workspace_id = ${workspaceId} and facts_version <> ${version} on conflict do nothing`,
    );
  });
}

async function loadRepositoryTeams(
  store: Store,
  workspaceId: string,
): Promise<Map<string, string>> {
  const rows = await store.read
    .select()
    .from(repositoryTeams)
    .where(eq(repositoryTeams.workspaceId, workspaceId));
  return new Map(rows.map((row) => [`${row.source}\n${row.repositoryExternalId}`, row.teamId]));
}

async function loadFollowers(store: Store, workspaceId: string): Promise<Set<string>> {
  const rows = await store.read
    .select()
    .from(repositoryLeads)
    .where(eq(repositoryLeads.workspaceId, workspaceId));
  return new Set(rows.map((row) => `${row.source}\n${row.repositoryExternalId}`));
}

async function nextChunk(
  store: Store,
  workspaceId: string,
): Promise<{ source: string; externalIds: string[] } | null> {
  const rows = await store.read
    .select({ source: dirtySubjects.source, externalId: dirtySubjects.externalId })
    .from(dirtySubjects)
    .where(and(eq(dirtySubjects.workspaceId, workspaceId), eq(dirtySubjects.kind, 'pull_request')))
    .orderBy(dirtySubjects.source, dirtySubjects.externalId)
    .limit(chunkSize);
  const source = rows[0]?.source;
  if (source === undefined) return null;
  const externalIds = rows.filter((row) => row.source === source).map((row) => row.externalId);
  return { source, externalIds };
}
