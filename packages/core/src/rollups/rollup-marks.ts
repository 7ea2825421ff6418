import { eq, sql } from 'drizzle-orm';
import type { Window } from '../domain.ts';
import { linkedWithinMs } from '../metrics/subjects/incident-links.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import type { FirstInstant } from './group-members.ts';
import { alsoShown, type RollupGroup, reads } from './rollup-groups.ts';
import type { ScopeMap } from './rollup-scopes.ts';

const { rollupMarks } = tables;
const dayMs = 86_400_000;
/** Written out: a bound number is a real one, and would not divide into whole days. */
const wholeDay = sql.raw(String(dayMs));
const linkedWithinDays = Math.ceil(linkedWithinMs / dayMs);

/** A day in UTC on which rows of a subject changed. */
export interface RollupMark {
  subject: string;
  windowColumn: string;
  day: number;
  /** Whose rows they are; empty where it may be anybody's. */
  source: string;
  repositoryExternalId: string;
  times: number;
}

/** A span of time in which rows changed. */
export interface ChangedSpan extends Window {
  /** Of these scopes only; of all of them unless told. */
  scopes?: readonly number[];
}

/** The instants by which marks tell days apart; by any other, a change touches every week. */
const markedColumns: Readonly<Record<string, readonly string[]>> = {
  pull_request: [
    'openedAt',
    'mergedAt',
    'closedAt',
    'deployedAt',
    'releasedAt',
    'firstCommitAt',
    'lastActivityAt',
  ],
  deployment: ['finishedAt'],
  deployed_commit: ['deployedAt'],
  incident: ['createdAt'],
  release: ['releasedAt'],
  pipeline_run: ['finishedAt', 'startedAt', 'queuedAt'],
  work_item: ['createdAt', 'startedAt', 'doneAt'],
  status_span: ['createdAt', 'startedAt', 'doneAt'],
  action: ['decidedAt'],
};

export async function readMarks(read: Database, workspaceId: string): Promise<RollupMark[]> {
  return read
    .select({
      subject: rollupMarks.subject,
      windowColumn: rollupMarks.windowColumn,
      day: rollupMarks.day,
      source: rollupMarks.source,
      repositoryExternalId: rollupMarks.repositoryExternalId,
      times: rollupMarks.times,
    })
    .from(rollupMarks)
    .where(eq(rollupMarks.workspaceId, workspaceId));
}

/** Takes away the marks that were dealt with; one that was made again meanwhile stays. */
export async function removeMarks(
  transaction: Database,
  workspaceId: string,
  marks: readonly RollupMark[],
): Promise<void> {
  const keys = marks.map((mark) => [
    mark.subject,
    mark.windowColumn,
    mark.day,
    mark.source,
    mark.repositoryExternalId,
    mark.times,
  ]);
  await runStatement(
    transaction,
    sql`delete from rollup_marks where workspace_id = ${workspaceId}
      and (subject, window_column, day, source, repository_external_id, times) in (
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5
        from json_each(${JSON.stringify(keys)}))`,
  );
}

/**
 * Returns whether rows changed that tell a group's scopes, or since when its rows are shown. Where a
 * row's repository alone tells its scopes, a change after the first instant of its repository moves
 * neither.
 */
export function movesMembers(
  { subject, windowColumn }: RollupGroup,
  marks: readonly RollupMark[],
  firsts: Readonly<Record<string, readonly FirstInstant[]>>,
): boolean {
  const own = marks.filter((mark) => isOfMembers(subject, mark));
  if (own.length === 0 || !placedByRepository.has(subject)) return own.length > 0;
  const firstDays = new Map<string, number>();
  for (const [source, repository, at] of Object.values(firsts).flat()) {
    const key = JSON.stringify([source, repository]);
    const day = Math.floor(at / dayMs);
    firstDays.set(key, Math.min(firstDays.get(key) ?? day, day));
  }
  return own.some(({ windowColumn: column, day, source, repositoryExternalId }) => {
    if (column !== windowColumn) return false;
    return day <= (firstDays.get(JSON.stringify([source, repositoryExternalId])) ?? day);
  });
}

const placedByRepository: ReadonlySet<string> = new Set([
  'pull_request',
  'release',
  'pipeline_run',
]);

function isOfMembers(subject: string, mark: RollupMark): boolean {
  const isDelivered = subject === 'incident' || subject === 'deployed_commit';
  return mark.subject === subject || (isDelivered && mark.subject === 'deployment');
}

/** Returns whether anything changed that a group's rows may say. */
function touches(group: RollupGroup, marks: readonly RollupMark[]): boolean {
  if (marks.some((mark) => isOfMembers(group.subject, mark))) return true;
  const beside = group.subject === 'deployment' ? ['incident', 'pull_request'] : [];
  return marks.some(({ subject }) => beside.includes(subject));
}

/**
 * Returns the spans of time in which a group's rows changed, or `every` where that cannot be told:
 * what links deployments and incidents reaches 72 hours, and what an earlier status meant is told by
 * items of any time.
 */
export async function changedSpans(
  { store: { read }, workspaceId }: ReadContext,
  group: RollupGroup,
  marks: readonly RollupMark[],
  map: ScopeMap,
): Promise<ChangedSpan[] | 'every'> {
  const { subject, windowColumn } = group;
  const own = marks.filter((mark) => mark.subject === subject);
  const byDay = markedColumns[subject]?.includes(windowColumn) === true;
  const isReplayed = subject === 'status_span' && reads(group, 'category');
  if (!byDay || isReplayed) {
    return touches(group, marks) ? 'every' : [];
  }
  const daysOf = (of: string, column: string): number[] =>
    marks
      .filter((mark) => mark.subject === of && mark.windowColumn === column)
      .map(({ day }) => day);
  const spans: ChangedSpan[] = own
    .filter((mark) => mark.windowColumn === windowColumn)
    .map((mark) => ({ ...spanOf(mark.day), ...scopesOf(mark, map.ofRow) }));
  if (subject === 'deployment') {
    const linked = reads(group, 'incidentCount') || alsoShown(group).includes('incident');
    const reach = linked || reads(group, 'incidentLink') || reads(group, 'restoredAt');
    if (reach) {
      for (const day of daysOf('deployment', 'finishedAt')) {
        spans.push(spanOf(day, linkedWithinDays, linkedWithinDays));
      }
      const stated = await statedDays(read, workspaceId, daysOf('deployment', 'finishedAt'));
      for (const day of [...daysOf('incident', 'createdAt'), ...stated]) {
        spans.push(spanOf(day, linkedWithinDays));
      }
    }
    if (reads(group, 'hotfixCount')) {
      for (const mark of marks) {
        if (mark.subject !== 'pull_request' || mark.windowColumn !== 'deployedAt') continue;
        spans.push({ ...spanOf(mark.day), ...scopesOf(mark, map.ofFamily) });
      }
    }
  }
  if (subject === 'incident') {
    const days = daysOf('deployment', 'finishedAt');
    // Whose an incident is, too, may be told by the deployment that it is stated to come from.
    for (const day of await statedDays(read, workspaceId, days)) spans.push(spanOf(day));
    if (reads(group, 'linkMethod')) {
      for (const day of days) spans.push(spanOf(day, 0, linkedWithinDays));
    }
  }
  if (subject === 'deployed_commit') {
    const days = daysOf('deployment', 'finishedAt');
    for (const day of await carryingDays(read, workspaceId, days)) spans.push(spanOf(day));
  }
  return spans;
}

function scopesOf(
  { source, repositoryExternalId }: RollupMark,
  scopesOfRow: ScopeMap['ofFamily'],
): Pick<ChangedSpan, 'scopes'> {
  const isPlaced = repositoryExternalId !== '';
  return isPlaced ? { scopes: scopesOfRow(source, repositoryExternalId) } : {};
}

/** The days of incidents that are stated to come from a deployment of these days, or from one that is gone. */
async function statedDays(
  read: Database,
  workspaceId: string,
  days: readonly number[],
): Promise<number[]> {
  if (days.length === 0) return [];
  const rows = await queryTuples<[number]>(
    read,
    sql`select distinct i.created_at / ${wholeDay} from incident_deployments s
      join incidents i on i.workspace_id = s.workspace_id and i.source = s.source
        and i.external_id = s.incident_external_id
      left join deployments d on d.workspace_id = s.workspace_id
        and d.source = s.deployment_source and d.external_id = s.deployment_external_id
      where s.workspace_id = ${workspaceId} and (d.id is null or d.finished_at is null
        or d.finished_at / ${wholeDay} in (select value from json_each(${JSON.stringify(days)})))`,
  );
  return rows.map(([day]) => day);
}

/** The days of all deployments that carry a commit that a deployment of these days carries. */
async function carryingDays(
  read: Database,
  workspaceId: string,
  days: readonly number[],
): Promise<number[]> {
  if (days.length === 0) return [];
  const rows = await queryTuples<[number]>(
    read,
    sql`select distinct d.finished_at / ${wholeDay} from deployment_changes m
      join deployments d on d.workspace_id = m.workspace_id and d.source = m.source
        and d.external_id = m.deployment_external_id
      where m.workspace_id = ${workspaceId} and d.finished_at is not null
        and (m.source, m.repository_external_id, m.sha) in (
          select l.source, l.repository_external_id, l.sha from deployment_changes l
          where l.workspace_id = ${workspaceId} and (l.source, l.deployment_external_id) in (
            select source, external_id from deployments where workspace_id = ${workspaceId}
              and finished_at / ${wholeDay} in (select value from json_each(${JSON.stringify(days)}))))`,
  );
  return [...rows.map(([day]) => day), ...days];
}

function spanOf(day: number, daysBefore = 0, daysAfter = 0): Window {
  return { from: (day - daysBefore) * dayMs, to: (day + 1 + daysAfter) * dayMs };
}
