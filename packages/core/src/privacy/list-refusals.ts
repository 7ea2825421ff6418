import { and, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { storedObject } from '../audit/stored-object.ts';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { nextCursor, readCursor, readLimit } from '../reads/paging.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import type { RefusalCount, RefusalPage, RefusedQuestions } from './handle.ts';
import { refusalEvent, refusalSchema, refusalSubject } from './refusal.ts';
import { grantOf } from './visibility.ts';

const { auditEntries, people } = tables;

const detailSchema = refusalSchema.extend({
  times: z.number().int().positive(),
  firstAt: z.number(),
  lastAt: z.number(),
});
const personIn = /person:(.+)$/;

/** Returns refused questions, newest first: all of them, or those of the viewer. */
export async function listRefusals(
  context: ReadContext,
  query: { limit?: number | undefined; cursor?: string | undefined },
): Promise<RefusalPage> {
  const { store, viewer } = context;
  const grant = grantOf(viewer, 'privacy_refusals');
  if (grant === 'never') {
    throw new AdjutantError('Permission', 'An assistant is not told who was refused what.', {
      hint: 'Ask as the person that it works for.',
    });
  }
  const limit = readLimit(query.limit);
  const offset = readCursor(query.cursor);
  const own = grant === 'shown' ? [] : [eq(auditEntries.actor, viewerLabel(viewer))];
  const where = and(...isRefusal(context), ...own);
  const rows = await store.read
    .select({
      entryId: auditEntries.id,
      actor: auditEntries.actor,
      detail: sql<string>`${auditEntries.detail}`,
    })
    .from(auditEntries)
    .where(where)
    .orderBy(desc(auditEntries.id))
    .limit(limit)
    .offset(offset);
  const [counted] = await store.read.select({ total: count() }).from(auditEntries).where(where);
  const names = await readNames(context, rows);
  const items = rows.flatMap(({ entryId, actor, detail }): RefusedQuestions[] => {
    // Anybody who owns the file may have left anything there.
    const told = detailSchema.safeParse(storedObject(detail));
    if (!told.success) return [];
    return [{ actor, name: names.get(personOf(actor) ?? '') ?? null, ...told.data, entryId }];
  });
  const total = counted?.total ?? 0;
  return { items, total, nextCursor: nextCursor(offset, rows.length, total) };
}

/** Returns how often what was refused, the most frequent first, without who asked. */
export async function countRefusals({ store, workspaceId }: ReadContext): Promise<RefusalCount[]> {
  const rows = await queryTuples<[string, string, number]>(
    store.read,
    sql`select detail ->> '$.class', detail ->> '$.reason', sum(coalesce(detail ->> '$.times', 1))
        from audit_entries where workspace_id = ${workspaceId} and subject = ${refusalSubject}
          and event = ${refusalEvent} and json_valid(detail) group by 1, 2 order by 3 desc, 1, 2`,
  );
  return rows.flatMap(([of, reason, times]) => {
    const told = refusalSchema.safeParse({ class: of, reason });
    return told.success ? [{ ...told.data, times }] : [];
  });
}

function isRefusal({ workspaceId }: ReadContext): SQL[] {
  return [
    eq(auditEntries.workspaceId, workspaceId),
    eq(auditEntries.subject, refusalSubject),
    eq(auditEntries.event, refusalEvent),
  ];
}

function personOf(actor: string): string | null {
  return personIn.exec(actor)?.[1] ?? null;
}

async function readNames(
  { store, workspaceId }: ReadContext,
  rows: readonly { actor: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap(({ actor }) => personOf(actor) ?? []))];
  if (ids.length === 0) return new Map();
  const found = await store.read
    .select({ id: people.id, name: people.displayName })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, ids)));
  return new Map(found.map(({ id, name }) => [id, name]));
}
