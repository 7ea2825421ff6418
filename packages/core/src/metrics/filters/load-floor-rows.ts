import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { MetricSubject } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { readRows } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import type { ColumnQuery } from '../load-columns.ts';
import { subjects } from '../subjects/subjects.ts';
import { filterConditions } from './filter-conditions.ts';
import type { FloorRow } from './people-floor.ts';
import { canonicalPerson, type KnownPeople } from './read-people.ts';

/** A row of a window with who wrote it, and what it can be told apart by. */
export interface AuthoredRow extends FloorRow {
  id: string;
  at: number;
  /** In small letters. */
  labels: ReadonlySet<string>;
}

const rowSchema = z.object({
  id: z.string(),
  at: z.number(),
  personId: z.string().nullable(),
  isBot: z.number(),
  labels: z.string().nullable(),
});
const writerSchema = rowSchema.pick({ personId: true, isBot: true });
const labelsSchema = z.array(z.string());

/** How the writer of a row is found, per subject that has one. */
const writers: Readonly<Partial<Record<MetricSubject, { join: SQL; labels: SQL }>>> = {
  pull_request: {
    join: sql`left join pull_requests p on p.id = f.pull_request_id`,
    labels: sql`(select json_group_array(lower(label.value)) from json_each(p.labels) label)`,
  },
  deployed_commit: { join: sql`left join commits p on p.id = f.id`, labels: sql`null` },
};

/** Whether the rows of a subject are somebody's. */
export function hasWriters(subject: MetricSubject): boolean {
  return writers[subject] !== undefined;
}

/** Returns the rows of a window with who wrote each; none for a subject whose rows are nobody's. */
export async function loadFloorRows(
  context: ReadContext,
  query: ColumnQuery,
  people: KnownPeople,
): Promise<AuthoredRow[]> {
  const written = await writtenRows(context, query);
  if (written === null) return [];
  const { id, at, labels, from } = written;
  const rows = await readRows(
    context.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select ${id} as "id", ${at} as "at", l.person_id as "personId",
          ${isBotColumn} as "isBot", ${labels} as "labels" from ${from}`,
  );
  await yieldToEventLoop();
  return rows.map(({ id: rowId, at: instant, personId, isBot, labels: text }) => ({
    id: rowId,
    at: instant,
    person: personOf(people, { personId, isBot: isBot === 1 }),
    labels: new Set(text === null ? [] : labelsSchema.parse(JSON.parse(text))),
  }));
}

/** Returns those who wrote the rows of a window, each once, for a count that needs no row itself. */
export async function loadWriters(
  context: ReadContext,
  query: ColumnQuery,
  people: KnownPeople,
): Promise<FloorRow[]> {
  const written = await writtenRows(context, query);
  if (written === null) return [];
  const rows = await readRows(
    context.store.read,
    writerSchema,
    Object.keys(writerSchema.shape),
    sql`select distinct l.person_id as "personId", ${isBotColumn} as "isBot" from ${written.from}`,
  );
  return rows.map(({ personId, isBot }) => ({
    person: personOf(people, { personId, isBot: isBot === 1 }),
  }));
}

const isBotColumn = sql`coalesce(a.is_bot or a.kind <> 'human', 0)`;

/** The rows of a question joined to who wrote them; null for a subject whose rows are nobody's. */
async function writtenRows(
  context: ReadContext,
  query: ColumnQuery,
): Promise<{ id: SQL; at: SQL; labels: SQL; from: SQL } | null> {
  const { workspaceId } = context;
  const { definition, window } = query;
  const writer = writers[definition.subject];
  if (writer === undefined || definition.windowColumn === null) return null;
  const subject = await subjects[definition.subject](context, window, ['id']);
  const at = sql.raw(subject.columnOf(definition.windowColumn));
  const conditions = [
    subject.where,
    sql`${at} >= ${window.from} and ${at} < ${window.to}`,
    ...filterConditions(workspaceId, definition.subject, query.filter ?? null).map(
      ({ condition }) => condition,
    ),
  ];
  return {
    id: sql.raw(subject.columnOf('id')),
    at,
    labels: writer.labels,
    from: sql`${subject.from} ${writer.join}
        left join accounts a on a.workspace_id = ${workspaceId} and a.source = p.source
          and a.external_id = p.author_account_external_id
        left join person_accounts l on l.workspace_id = ${workspaceId}
          and l.account_source = p.source and l.account_external_id = p.author_account_external_id
        where ${sql.join(conditions, sql` and `)}`,
  };
}

function personOf(
  people: KnownPeople,
  { personId, isBot }: { personId: string | null; isBot: boolean },
): string | null {
  if (isBot) return null;
  if (personId !== null) return canonicalPerson(people, personId);
  // All who are not known count as one: five addresses of one person are not five people.
  return '';
}
