import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { runStatement } from '../store/raw-query.ts';
import { isNameable, keysIn, namedItemMark, namedWorkMark } from './keys-in.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Marks what names a work item by its key, and the items that have keys which can be named. A pull
 * request that names none is marked only where it did before: most of them never do, and a mark is
 * written, read and taken away again.
 */
export async function markNamedWork(
  transaction: Database,
  workspaceId: string,
  source: string,
  pullRequests: readonly Row[],
  workItems: readonly Row[],
): Promise<void> {
  const marks: [mark: string, externalId: unknown][] = [];
  const silent: unknown[] = [];
  for (const row of pullRequests) {
    if (namesWork(row)) marks.push([namedWorkMark, row['externalId']]);
    else silent.push(row['externalId']);
  }
  for (const { key, externalId } of workItems) {
    if (typeof key === 'string' && isNameable(key)) marks.push([namedItemMark, externalId]);
  }
  if (marks.length > 0) {
    await runStatement(
      transaction,
      sql`
      insert into dirty_subjects (workspace_id, kind, source, external_id)
      select distinct ${workspaceId}, value->>0, ${source}, value->>1
      from json_each(${JSON.stringify(marks)}) where true on conflict do nothing`,
    );
  }
  if (silent.length > 0) {
    await runStatement(
      transaction,
      sql`
      insert into dirty_subjects (workspace_id, kind, source, external_id)
      select distinct workspace_id, ${namedWorkMark}, source, pull_request_external_id
      from json_each(${JSON.stringify(silent)}) cross join pull_request_keys
        on workspace_id = ${workspaceId} and source = ${source}
          and pull_request_external_id = value
      where true on conflict do nothing`,
    );
  }
}

function namesWork({ title, headRef }: Row): boolean {
  const branch = typeof headRef === 'string' ? headRef : null;
  return keysIn(typeof title === 'string' ? title : '', branch).length > 0;
}
