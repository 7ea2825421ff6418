import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { readColumns } from '../store/json-columns.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

const { repositoryLeads } = tables;
const chunkSize = 5_000;

export interface RepositoryKey {
  source: string;
  externalId: string;
}

/**
 * Returns the parents of each commit of a repository, as its own source shows them and every source
 * whose repository it leads; undefined for a commit that none of them shows.
 */
export async function loadHistory(
  database: Database,
  workspaceId: string,
  repository: RepositoryKey,
): Promise<(sha: string) => readonly string[] | undefined> {
  const followers = await database
    .select({ source: repositoryLeads.source, externalId: repositoryLeads.repositoryExternalId })
    .from(repositoryLeads)
    .where(
      and(
        eq(repositoryLeads.workspaceId, workspaceId),
        eq(repositoryLeads.leadSource, repository.source),
        eq(repositoryLeads.leadRepositoryExternalId, repository.externalId),
      ),
    );
  const parents = new Map<string, string[]>();
  for (const place of [repository, ...followers]) {
    await addParents(parents, database, workspaceId, place);
  }
  return (sha) => parents.get(sha);
}

async function addParents(
  parents: Map<string, string[]>,
  database: Database,
  workspaceId: string,
  { source, externalId }: RepositoryKey,
): Promise<void> {
  for (let after = ['', -1]; ; ) {
    const [shas = [], positions = [], parentShas = []] = await readColumns(
      database,
      ['sha', 'position', 'parent_sha'],
      sql`select sha, position, parent_sha from commit_parents
          where workspace_id = ${workspaceId} and source = ${source}
            and repository_external_id = ${externalId}
            and (sha, position) > (${after[0]}, ${after[1]})
          order by sha, position limit ${chunkSize}`,
    );
    for (const [index, sha] of shas.entries()) {
      addParent(parents, String(sha), String(parentShas[index]));
    }
    if (shas.length < chunkSize) return;
    after = [String(shas.at(-1)), Number(positions.at(-1))];
    await yieldToEventLoop();
  }
}

function addParent(parents: Map<string, string[]>, sha: string, parent: string): void {
  const known = parents.get(sha);
  if (known === undefined) parents.set(sha, [parent]);
  else if (!known.includes(parent)) known.push(parent);
  // A commit that is known as a parent only is where the history that is known begins.
  if (!parents.has(parent)) parents.set(parent, []);
}
