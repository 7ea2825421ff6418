import { and, eq, sql } from 'drizzle-orm';
import type { PullRequest } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { pullRequests } = tables;

/** Building a query costs more than running it, so each database keeps its own prepared one. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();

function prepare(database: Database) {
  return database
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.workspaceId, sql.placeholder('workspaceId')),
        eq(pullRequests.source, sql.placeholder('source')),
        eq(pullRequests.externalId, sql.placeholder('externalId')),
      ),
    )
    .prepare();
}

/** Returns the pull request with this key, or undefined. */
export async function findPullRequest(
  database: Database,
  workspaceId: string,
  source: string,
  externalId: string,
): Promise<(PullRequest & { id: string }) | undefined> {
  let query = prepared.get(database);
  if (query === undefined) {
    query = prepare(database);
    prepared.set(database, query);
  }
  const [row] = await query.execute({ workspaceId, source, externalId });
  return row;
}
