import type { AiImpactMeasure } from './ai-impact-handle.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { AiClass, AiImpactRow, Window } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { marksOf } from './ai-marks.ts';

/** Rows per query: each looks its marks up, so that more would hold the event loop. */
const chunkSize = 1_000;
const hourMs = 3_600_000;
const revertWindowMs = 30 * 24 * hourMs;
/** Longer chains of merged people are not followed. */
const longestMergeChain = 20;

/** The strongest mark decides. Where there is none, it is unknown. */
const classByStrength: readonly AiClass[] = [
  'unknown',
  'declared_none',
  'assisted',
  'agent_authored',
];

const rowSchema = z.object({
  id: z.string(),
  at: z.number().nullable(),
  teamId: z.string(),
  source: z.string(),
  repositoryExternalId: z.string(),
  repository: z.string(),
  number: z.number().nullable(),
  openedAt: z.number().nullable(),
  mergedAt: z.number().nullable(),
  firstCommitToMergeMs: z.number().nullable(),
  sizeLines: z.number().nullable(),
  reworkRounds: z.number().nullable(),
  mergedWithoutReview: z.number().nullable(),
  workType: z.string().nullable(),
  strength: z.number().nullable(),
  author: z.string().nullable(),
  personId: z.string().nullable(),
});
type LoadedRow = z.infer<typeof rowSchema>;

/** A row with where it stands, for filters. */
export interface PlacedRow {
  teamId: string;
  repositoryExternalId: string;
  row: AiImpactRow;
}

/**
 * Returns every pull request of the workspace merged in the weeks, and those still open. Authors are
 * numbered here: who stands behind a number is known nowhere else.
 */
export async function loadAiImpactRows(
  database: Database,
  workspaceId: string,
  weeks: Window,
  now: number,
): Promise<{ rows: PlacedRow[]; measure: AiImpactMeasure }> {
  const loaded = [
    ...(await loadMerged(database, workspaceId, weeks)),
    ...(await loadOpen(database, workspaceId, weeks)),
  ];
  const mergedInto = await loadMergedPeople(database, workspaceId);
  const reverts = await loadReverts(database, workspaceId);
  const keys = new Map<string, string>();
  const keyOf = (row: LoadedRow): string | null => {
    // What an agent wrote is nobody's.
    if (row.author === null || classOf(row) === 'agent_authored') return null;
    const person = row.personId === null ? row.author : canonical(row.personId, mergedInto);
    const key = keys.get(person) ?? String(keys.size);
    keys.set(person, key);
    return key;
  };
  const known = (hours: (row: LoadedRow) => number | null): number =>
    loaded.filter((row) => hours(row) !== null).length;
  const isForge = known(hoursFromOpening) >= known(hoursFromFirstCommit);
  const hoursOf = isForge ? hoursFromOpening : hoursFromFirstCommit;
  const rows = loaded.map((row) => ({
    teamId: row.teamId,
    repositoryExternalId: row.repositoryExternalId,
    row: {
      aiClass: classOf(row),
      authorKey: keyOf(row),
      hours: hoursOf(row),
      repository: row.repository,
      sizeLines: row.sizeLines,
      workType: row.workType,
      wasReverted30d: wasReverted(row, reverts, now),
      reworkRounds: row.reworkRounds,
      mergedWithoutReview: row.mergedWithoutReview === null ? null : row.mergedWithoutReview === 1,
      mergedAt: row.mergedAt,
      isOpen: row.mergedAt === null,
    },
  }));
  return { rows, measure: isForge ? 'opened_to_merge' : 'first_commit_to_merge' };
}

async function loadMerged(
  database: Database,
  workspaceId: string,
  weeks: Window,
): Promise<LoadedRow[]> {
  const rows: LoadedRow[] = [];
  for (let after: { at: number; id: string } | null = null; ; ) {
    const behind: SQL =
      after === null
        ? sql`f.merged_at >= ${weeks.from}`
        : sql`(f.merged_at, f.pull_request_id) > (${after.at}, ${after.id})`;
    const chunk = await loadChunk(
      database,
      workspaceId,
      sql`${behind} and f.merged_at < ${weeks.to} order by f.merged_at, f.pull_request_id limit ${chunkSize}`,
    );
    rows.push(...chunk);
    const last = chunk.at(-1);
    if (chunk.length < chunkSize || last?.at === undefined || last.at === null) return rows;
    after = { at: last.at, id: last.id };
    await yieldToEventLoop();
  }
}

async function loadOpen(
  database: Database,
  workspaceId: string,
  weeks: Window,
): Promise<LoadedRow[]> {
  const rows: LoadedRow[] = [];
  for (let after = ''; ; ) {
    const chunk = await loadChunk(
      database,
      workspaceId,
      sql`request.state = 'open' and f.merged_at is null and f.opened_at < ${weeks.to}
        and f.pull_request_id > ${after} order by f.pull_request_id limit ${chunkSize}`,
    );
    rows.push(...chunk);
    const last = chunk.at(-1);
    if (chunk.length < chunkSize || last === undefined) return rows;
    after = last.id;
    await yieldToEventLoop();
  }
}

async function loadChunk(database: Database, workspaceId: string, rest: SQL): Promise<LoadedRow[]> {
  // Not "p": among the marks' own tables one is called so, and would be meant.
  const marks = marksOf(workspaceId, {
    source: sql`request.source`,
    externalId: sql`request.external_id`,
    sha: sql`request.merge_sha`,
  });
  return readRows(
    database,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select f.pull_request_id as "id", f.merged_at as "at", f.team_id as "teamId",
        f.source, f.repository_external_id as "repositoryExternalId",
        coalesce(r.full_name, r.name, f.repository_external_id) as "repository",
        request.number, f.opened_at as "openedAt", f.merged_at as "mergedAt",
        f.first_commit_to_merge_ms as "firstCommitToMergeMs",
        coalesce(f.size_lines, request.additions + request.deletions) as "sizeLines",
        f.rework_rounds as "reworkRounds", f.merged_without_review as "mergedWithoutReview",
        ${workTypeOf(workspaceId)} as "workType",
        (select max(case json_extract(mark.value, '$.class') when 'agent_authored' then 3
            when 'assisted' then 2 when 'declared_none' then 1 end)
          from json_each(${marks}) mark) as "strength",
        case when a.kind = 'human' and a.is_bot = 0 then a.source || char(10) || a.external_id end as "author",
        l.person_id as "personId"
      from pull_request_facts f
      join pull_requests request on request.id = f.pull_request_id
      left join repositories r on r.workspace_id = f.workspace_id and r.source = f.source
        and r.external_id = f.repository_external_id
      left join accounts a on a.workspace_id = request.workspace_id and a.source = request.source
        and a.external_id = request.author_account_external_id
      left join person_accounts l on l.workspace_id = a.workspace_id
        and l.account_source = a.source and l.account_external_id = a.external_id
      where f.workspace_id = ${workspaceId} and ${rest}`,
  );
}

/** The kind of the work items that a pull request names; null where they are of several kinds or none is known. */
function workTypeOf(workspaceId: string): SQL {
  return sql`(select case when min(i.kind) = max(i.kind) then min(i.kind) end
    from pull_request_work_items w
    join work_items i on i.workspace_id = w.workspace_id and i.source = w.work_item_source
      and i.external_id = w.work_item_external_id
    where w.workspace_id = ${workspaceId} and w.source = request.source
      and w.pull_request_external_id = request.external_id)`;
}

function classOf({ strength }: LoadedRow): AiClass {
  return classByStrength[strength ?? 0] ?? 'unknown';
}

function hoursFromOpening({ openedAt, mergedAt }: LoadedRow): number | null {
  if (openedAt === null || mergedAt === null || mergedAt < openedAt) return null;
  return (mergedAt - openedAt) / hourMs;
}

function hoursFromFirstCommit({ firstCommitToMergeMs }: LoadedRow): number | null {
  return firstCommitToMergeMs === null ? null : firstCommitToMergeMs / hourMs;
}

/** Instants of merged reverts, by what they take back. */
async function loadReverts(
  database: Database,
  workspaceId: string,
): Promise<Map<string, number[]>> {
  const rows = await queryTuples<[string, string, number, number]>(
    database,
    sql`select source, repository_external_id, reverts_number, merged_at from pull_requests
      where workspace_id = ${workspaceId} and merged_at is not null and reverts_number is not null`,
  );
  const reverts = new Map<string, number[]>();
  for (const [source, repository, number, mergedAt] of rows) {
    const key = revertKey(source, repository, number);
    reverts.set(key, [...(reverts.get(key) ?? []), mergedAt]);
  }
  return reverts;
}

function revertKey(source: string, repositoryExternalId: string, number: number): string {
  return `${source}\n${repositoryExternalId}\n${number}`;
}

/** Null while the thirty days last: counting early reverts of young merges would flatter the rest. */
function wasReverted(
  { source, repositoryExternalId, number, mergedAt }: LoadedRow,
  reverts: ReadonlyMap<string, number[]>,
  now: number,
): boolean | null {
  if (mergedAt === null || number === null || now < mergedAt + revertWindowMs) return null;
  const found = reverts.get(revertKey(source, repositoryExternalId, number)) ?? [];
  return found.some((at) => at > mergedAt && at <= mergedAt + revertWindowMs);
}

async function loadMergedPeople(
  database: Database,
  workspaceId: string,
): Promise<Map<string, string>> {
  const rows = await queryTuples<[string, string]>(
    database,
    sql`select id, merged_into_person_id from people
      where workspace_id = ${workspaceId} and merged_into_person_id is not null`,
  );
  return new Map(rows);
}

function canonical(personId: string, mergedInto: ReadonlyMap<string, string>): string {
  let present = personId;
  for (let step = 0; step < longestMergeChain; step += 1) {
    const next = mergedInto.get(present);
    if (next === undefined) return present;
    present = next;
  }
  return present;
}
