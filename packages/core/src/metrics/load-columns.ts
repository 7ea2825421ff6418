import { type SQL, sql } from 'drizzle-orm';
import type { KnownRows, MetricDefinition, Window } from '../domain.ts';
import { ofRepository } from '../reads/repositories.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { type ColumnValue, readColumns } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { filterConditions } from './filters/filter-conditions.ts';
import type { ReadFilter } from './filters/read-filter.ts';
import type { SubjectSource } from './subjects/subject-source.ts';
import { flagColumns, subjects } from './subjects/subjects.ts';

/** What a metric without a window column is read over. */
const allTime: Window = { from: 0, to: 8_640_000_000_000_000 };

export interface ColumnQuery {
  definition: MetricDefinition;
  window: Window;
  repositoryExternalId: string | null;
  /** Which of the rows are asked for; none means all. */
  filter?: ReadFilter | null;
  /** The instant of a figure of what is open; that of the reading unless told. */
  now?: number;
}

export interface LoadedColumns {
  length: number;
  columns: Record<string, unknown[]>;
  ids: string[];
  /** What is to be said of the rows, whatever the metric makes of them. */
  caveats: string[];
}

/** Returns the columns that a metric asked for, of the rows inside its window, with the row ids. */
export async function loadColumns(
  context: ReadContext,
  query: ColumnQuery,
): Promise<LoadedColumns> {
  const { windowColumn } = query.definition;
  const keyColumns = windowColumn === null ? ['id'] : ['id', windowColumn];
  const names = [...new Set([...keyColumns, ...query.definition.columns.map(String)])];
  const columns = new Map<string, unknown[]>(names.map((name) => [name, []]));
  const span = windowColumn === null ? allTime : { ...query.window, column: windowColumn };
  const subject = await subjects[query.definition.subject](context, span, names);
  let after: ChunkKey | null = null;
  for (;;) {
    const chunk: ColumnValue[][] = await readColumns(
      context.store.read,
      names,
      selectChunk(context, query, subject, { names, after }),
    );
    const size = chunk[0]?.length ?? 0;
    for (const [position, name] of names.entries()) {
      const read = chunk[position] ?? [];
      const values = flagColumns.has(name) ? read.map(asFlag) : read;
      const before = columns.get(name) ?? [];
      // Most figures are read in one chunk.
      if (before.length === 0) columns.set(name, values);
      else for (const value of values) before.push(value);
    }
    if (size < subject.chunkSize) break;
    const last = (name: string): ColumnValue => chunk[names.indexOf(name)]?.[size - 1] ?? null;
    after = { id: last('id'), at: windowColumn === null ? null : last(windowColumn) };
    await yieldToEventLoop();
  }
  const ids = (columns.get('id') ?? []) as string[];
  const isPartial =
    context.teamId !== null ||
    query.repositoryExternalId !== null ||
    query.filter?.asked.service !== undefined;
  const { partialCaveat } = subject;
  const caveats = isPartial && partialCaveat !== undefined ? [partialCaveat] : [];
  return { length: ids.length, columns: Object.fromEntries(columns), ids, caveats };
}

const asFlag = (value: ColumnValue): boolean | null => (value === null ? null : value === 1);

function selectChunk(
  context: ReadContext,
  query: ColumnQuery,
  subject: SubjectSource,
  { names, after }: { names: readonly string[]; after: ChunkKey | null },
): SQL {
  const { definition, window } = query;
  const list = sql.raw(names.map((name) => `${subject.columnOf(name)} as "${name}"`).join(', '));
  const conditions = [subject.where];
  const { windowColumn } = definition;
  if (windowColumn !== null) {
    const column = sql.raw(subject.columnOf(windowColumn));
    // A later chunk begins where the one before ended: from the window's start, each would walk
    // through all the rows before it again.
    conditions.push(sql`${column} >= ${after?.at ?? window.from} and ${column} < ${window.to}`);
  }
  conditions.push(...askedRows(context, query, subject));
  const id = sql.raw(subject.columnOf('id'));
  // In the order of an index, so that a chunk costs its own rows and not a sort of all of them.
  // A team's rows are found by their team and then put in order: the order of ids is everybody's.
  const byId = context.teamId === null ? id : sql`+${id}`;
  const order =
    windowColumn === null ? byId : sql`${sql.raw(subject.columnOf(windowColumn))}, ${id}`;
  if (after !== null) {
    conditions.push(
      windowColumn === null
        ? sql`${byId} > ${after.id}`
        : // Not as a comparison of pairs, for which SQLite takes an index that is not the team's.
          sql`(${sql.raw(subject.columnOf(windowColumn))} > ${after.at} or ${id} > ${after.id})`,
    );
  }
  const rows = sql`select ${list} from ${subject.from} where ${sql.join(conditions, sql` and `)}`;
  const { openBetween } = definition;
  if (openBetween === undefined) return sql`${rows} order by ${order} limit ${subject.chunkSize}`;
  const now = query.now ?? context.clock.now();
  const open = whileOpen(subject, openBetween.until, now).map((part) => sql`${rows} and ${part}`);
  return sql`select * from (${sql.join(open, sql` union all `)})
    order by "id" limit ${subject.chunkSize}`;
}

/** The conditions of a repository and a filter. */
function askedRows(context: ReadContext, query: ColumnQuery, subject: SubjectSource): SQL[] {
  const { definition, repositoryExternalId, filter = null } = query;
  const parts = filterConditions(context.workspaceId, definition.subject, filter);
  const ofFilter = parts.map(({ condition }) => condition);
  return repositoryExternalId === null
    ? ofFilter
    : [isOfRepository(context, subject, repositoryExternalId), ...ofFilter];
}

/**
 * The conditions of which a row that has not ended meets one. Two and not one, so that each finds its
 * few rows by an index of the first end.
 */
function whileOpen(subject: SubjectSource, until: readonly unknown[], now: number): SQL[] {
  const [first, ...later] = until.map((name) => sql.raw(subject.columnOf(String(name))));
  if (first === undefined) return [sql`true`];
  const others =
    later.length === 0 ? sql`null` : sql`coalesce(${sql.join([...later, sql`null`], sql`, `)})`;
  return [sql`${first} is null and coalesce(${others} > ${now}, true)`, sql`${first} > ${now}`];
}

/** Returns how many rows a figure of what is open is taken from: all that were read, for any other. */
export async function countKnown(
  context: ReadContext,
  query: ColumnQuery,
  read: number,
): Promise<KnownRows> {
  const { openBetween, subject: name } = query.definition;
  if (openBetween === undefined) return { rows: read, withoutStart: 0 };
  const subject = await subjects[name](context, allTime, ['id', openBetween.from]);
  const where = sql.join([subject.where, ...askedRows(context, query, subject)], sql` and `);
  const from = sql.raw(subject.columnOf(openBetween.from));
  // Two counts, because each is told by an index of its own.
  const [row] = await queryTuples<[number, number]>(
    context.store.read,
    sql`select (select count(*) from ${subject.from} where ${where}),
      (select count(*) from ${subject.from} where ${where} and ${from} is null)`,
  );
  const [rows = 0, withoutStart = 0] = row ?? [];
  return { rows, withoutStart };
}

/** The last row of a chunk, which the next one begins behind. */
interface ChunkKey {
  id: ColumnValue;
  at: ColumnValue;
}

/** Returns the condition that a row is of one repository; none is where rows belong to no repository. */
export function isOfRepository(
  { workspaceId }: Pick<ReadContext, 'workspaceId'>,
  subject: SubjectSource,
  externalId: string,
): SQL {
  if (subject.isOfRepository !== undefined) return subject.isOfRepository(externalId);
  return subject.repositoryColumn === null
    ? sql`false`
    : ofRepository(workspaceId, subject.repositoryColumn, externalId);
}
