import { type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { MetricDefinition, Window } from '../domain.ts';
import { countsOnce, ofRepository, ownedByTeam } from '../reads/repositories.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { type ColumnValue, readColumns } from '../store/json-columns.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { countedEnvironments } from './counted-environments.ts';

/**
 * Rows per query: large enough to be fast, small enough not to hold the event loop. Subjects that are
 * joined together are read at once, because each further chunk would join them all again.
 */
const chunkSizes: Record<MetricDefinition['subject'], number> = {
  pull_request: 5_000,
  deployed_commit: 200_000,
  deployment: 20_000,
  release: 20_000,
};

const flagColumns = new Set(['authorIsBot', 'isRevert', 'isHotfix']);

export interface ColumnQuery {
  definition: MetricDefinition;
  window: Window;
  repositoryExternalId: string | null;
}

/** Returns the columns that a metric asked for, of the rows inside its window, with the row ids. */
export async function loadColumns(
  context: ReadContext,
  query: ColumnQuery,
): Promise<{ length: number; columns: Record<string, unknown[]>; ids: string[] }> {
  const { windowColumn } = query.definition;
  const keyColumns = windowColumn === null ? ['id'] : ['id', windowColumn];
  const names = [...new Set([...keyColumns, ...query.definition.columns.map(String)])];
  const chunkSize = chunkSizes[query.definition.subject];
  const columns = new Map<string, unknown[]>(names.map((name) => [name, []]));
  const subject = await subjectOf(context, query);
  let after: ChunkKey | null = null;
  for (;;) {
    const chunk: ColumnValue[][] = await readColumns(
      context.store.read,
      names,
      selectChunk(context, query, subject, { names, after }),
    );
    const size = chunk[0]?.length ?? 0;
    for (const [position, name] of names.entries()) {
      const target = columns.get(name) ?? [];
      const isFlag = flagColumns.has(name);
      for (const value of chunk[position] ?? []) target.push(isFlag ? value === 1 : value);
    }
    if (size < chunkSize) break;
    const last = (name: string): ColumnValue => chunk[names.indexOf(name)]?.[size - 1] ?? null;
    after = { id: last('id'), at: windowColumn === null ? null : last(windowColumn) };
    await yieldToEventLoop();
  }
  const ids = (columns.get('id') ?? []) as string[];
  return { length: ids.length, columns: Object.fromEntries(columns), ids };
}

function selectChunk(
  context: ReadContext,
  query: ColumnQuery,
  subject: SubjectSource,
  { names, after }: { names: readonly string[]; after: ChunkKey | null },
): SQL {
  const { definition, window, repositoryExternalId } = query;
  const list = sql.raw(names.map((name) => `${subject.columnOf(name)} as "${name}"`).join(', '));
  const conditions = [subject.where];
  const { windowColumn } = definition;
  if (windowColumn !== null) {
    const column = sql.raw(subject.columnOf(windowColumn));
    // A later chunk begins where the one before ended: from the window's start, each would walk
    // through all the rows before it again.
    conditions.push(sql`${column} >= ${after?.at ?? window.from} and ${column} < ${window.to}`);
  }
  if (repositoryExternalId !== null) {
    conditions.push(
      ofRepository(context.workspaceId, subject.repositoryColumn, repositoryExternalId),
    );
  }
  const id = sql.raw(subject.columnOf('id'));
  // In the order of an index, so that a chunk costs its own rows and not a sort of all of them.
  const order = windowColumn === null ? id : sql`${sql.raw(subject.columnOf(windowColumn))}, ${id}`;
  if (after !== null) {
    conditions.push(
      windowColumn === null
        ? sql`${id} > ${after.id}`
        : sql`(${order}) > (${after.at}, ${after.id})`,
    );
  }
  return sql`select ${list} from ${subject.from} where ${sql.join(conditions, sql` and `)}
    order by ${order} limit ${chunkSizes[definition.subject]}`;
}

/** The last row of a chunk, which the next one begins behind. */
interface ChunkKey {
  id: ColumnValue;
  at: ColumnValue;
}

interface SubjectSource {
  from: SQL;
  where: SQL;
  repositoryColumn: string;
  columnOf(name: string): string;
}

/** Returns where the rows of a metric's subject lie, and which of them this viewer sees. */
export async function subjectOf(
  context: ReadContext,
  { definition, window }: Pick<ColumnQuery, 'definition' | 'window'>,
): Promise<SubjectSource> {
  const { subject } = definition;
  if (subject !== 'deployed_commit') return subjects[subject](context);
  const environments = await countedEnvironments(context.store.read, context.workspaceId);
  return deployedCommits(context, window, environments);
}

function deployedCommits(
  context: ReadContext,
  window: Window,
  environments: readonly string[],
): SubjectSource {
  const { workspaceId } = context;
  return {
    // A commit counts once, at the first successful deployment to production that carried it.
    from: sql`(select c.id, c.authored_at, c.repository_external_id, c.source,
                 min(d.finished_at) as deployed_at
               from deployment_changes l
               join deployments d on d.workspace_id = l.workspace_id and d.source = l.source
                 and d.external_id = l.deployment_external_id and d.result = 'success'
               join commits c on c.workspace_id = l.workspace_id and c.sha = l.sha
                 and c.repository_external_id = l.repository_external_id and c.source = l.source
               where l.workspace_id = ${workspaceId} and d.finished_at < ${window.to}
                 and d.environment in (select value from json_each(${JSON.stringify(environments)}))
                 and ${countsOnce(workspaceId, 'deployments', 'd')}
               group by c.id) f`,
    where: ownedByTeam(context, 'f.repository_external_id', 'f.source'),
    repositoryColumn: 'f.repository_external_id',
    columnOf: (name) => `f.${toSnakeCase(name)}`,
  };
}

const subjects: Record<
  Exclude<MetricDefinition['subject'], 'deployed_commit'>,
  (context: ReadContext) => SubjectSource
> = {
  pull_request: (context) => ({
    from: sql`pull_request_facts f`,
    where:
      context.teamId === null
        ? sql`f.workspace_id = ${context.workspaceId}`
        : sql`f.workspace_id = ${context.workspaceId} and f.team_id = ${context.teamId}`,
    repositoryColumn: 'f.repository_external_id',
    columnOf: (name) => (name === 'id' ? 'f.pull_request_id' : `f.${toSnakeCase(name)}`),
  }),
  deployment: (context) => ({
    from: sql`deployments f`,
    where: sql`f.workspace_id = ${context.workspaceId}
      and ${ownedByTeam(context, 'f.repository_external_id', 'f.source')}
      and ${countsOnce(context.workspaceId, 'deployments', 'f')}`,
    repositoryColumn: 'f.repository_external_id',
    columnOf: (name) => `f.${toSnakeCase(name)}`,
  }),
  release: (context) => ({
    from: sql`releases f`,
    where: sql`f.workspace_id = ${context.workspaceId}
      and ${ownedByTeam(context, 'f.repository_external_id', 'f.source')}
      and ${countsOnce(context.workspaceId, 'releases', 'f')}`,
    repositoryColumn: 'f.repository_external_id',
    columnOf: (name) => `f.${toSnakeCase(name)}`,
  }),
};
