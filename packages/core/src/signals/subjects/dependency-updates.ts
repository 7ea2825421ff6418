import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readRows } from '../../store/json-columns.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { isDependencyUpdate } from './change-kind.ts';

const oldAfterMs = 14 * 86_400_000;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  repositoryExternalId: z.string(),
  title: z.string(),
  author: z.string().nullable(),
  headRef: z.string().nullable(),
  openedAt: z.number().nullable(),
});

/** An open pull request of a program that renews a dependency. */
export interface DependencyUpdate {
  id: string;
  openedAt: number;
}

/** Returns those of each repository, under its key, the oldest first. */
export async function loadDependencyUpdates(
  context: SubjectContext,
): Promise<Map<string, DependencyUpdate[]>> {
  const { read, now, isPast } = context;
  const { workspaceId } = read;
  const isOpen = isPast
    ? sql`p.opened_at <= ${now} and coalesce(p.merged_at, p.closed_at, ${now} + 1) > ${now}`
    : sql`p.state = 'open'`;
  const rows = await readRows(
    read.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    // Few are open: with the plus they are found by that, not by going through all in this order.
    sql`select p.id, p.source, p.repository_external_id as "repositoryExternalId", p.title,
        p.author_account_external_id as author, p.head_ref as "headRef", p.opened_at as "openedAt"
      from pull_requests p where p.workspace_id = ${workspaceId} and ${isOpen}
      order by +p.opened_at, p.id`,
  );
  const accounts = await context.accounts();
  const found = new Map<string, DependencyUpdate[]>();
  for (const { id, openedAt, ...row } of rows) {
    const isByBot = accounts.get(keyOf(row.source, row.author))?.isBot ?? false;
    if (openedAt === null || !isDependencyUpdate(row, isByBot)) continue;
    const key = keyOf(row.source, row.repositoryExternalId);
    const known = found.get(key);
    if (known === undefined) found.set(key, [{ id, openedAt }]);
    else known.push({ id, openedAt });
  }
  return found;
}

/** Returns how many have been open for fourteen days. */
export function countOld(updates: readonly DependencyUpdate[], asOf: number): number {
  return updates.filter(({ openedAt }) => asOf - openedAt >= oldAfterMs).length;
}
