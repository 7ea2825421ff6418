import { and, eq, inArray } from 'drizzle-orm';
import { canonicalPerson, readPeople } from '../metrics/filters/read-people.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { ReportSummary } from './handle.ts';
import { type ReportRow, selfOf } from './report-access.ts';

const { people } = tables;
/** Of ids in one statement. */
const chunkSize = 500;

/** Returns rows as they are shown, each with its author's present name. */
export async function toSummaries(
  context: ReadContext,
  rows: readonly ReportRow[],
): Promise<ReportSummary[]> {
  if (rows.length === 0) return [];
  const names = await namesOfPeople(
    context,
    rows.map((row) => row.authorPersonId),
  );
  const self = selfOf(context);
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    timeZone: row.timeZone,
    author: { personId: row.authorPersonId, name: names.get(row.authorPersonId) ?? '' },
    isOwn: row.authorPersonId === self,
    did: row.did,
    next: row.next,
    blockers: row.blockers,
    visibility: row.visibility,
    revision: row.revision,
    submittedVia: row.submittedVia,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }));
}

/** Returns one row as it is shown. */
export async function toSummary(context: ReadContext, row: ReportRow): Promise<ReportSummary> {
  const [summary] = await toSummaries(context, [row]);
  if (summary === undefined) throw new TypeError('A row has one summary.');
  return summary;
}

/** Returns what people are called after all merges. */
async function namesOfPeople(
  { store, workspaceId }: ReadContext,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = await readPeople(store.read, workspaceId);
  const asked = new Map([...new Set(personIds)].map((id) => [id, canonicalPerson(known, id)]));
  const ids = [...new Set(asked.values())];
  const names = new Map<string, string>();
  for (let start = 0; start < ids.length; start += chunkSize) {
    const rows = await store.read
      .select({ id: people.id, name: people.displayName })
      .from(people)
      .where(
        and(
          eq(people.workspaceId, workspaceId),
          inArray(people.id, ids.slice(start, start + chunkSize)),
        ),
      );
    for (const { id, name } of rows) names.set(id, name);
  }
  return new Map([...asked].map(([id, present]) => [id, names.get(present) ?? '']));
}
