import { sql } from 'drizzle-orm';
import { calendarIn } from '../calendar/calendar-in.ts';
import type { MetricDefinition, MetricSubject, MetricUnit } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { findMetric } from '../metrics/compute-metric.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import { dataWithoutSecrets } from '../redaction/secrets-only.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { findRepository } from '../reads/repositories.ts';
import { queryTuples } from '../store/raw-query.ts';
import { isRolledUp } from './rollup-groups.ts';
import { readState } from './rollup-state.ts';
import type {
  RollupAnswer,
  RollupQuery,
  Rollups,
  RollupScope,
  RollupWeek,
} from './rollups-handle.ts';

const weekMs = 7 * 86_400_000;
const weeksUnlessTold = 12;

type Row = [
  start: number,
  part: string,
  unit: MetricUnit,
  value: number | null,
  sampleSize: number,
  p50: number | null,
  p75: number | null,
  p90: number | null,
  computedAt: number,
  revision: number,
  correctedAt: number | null,
  previousValue: number | null,
];

export function createRollups(context: ReadContext): Rollups {
  // Its answer says what it is about.
  return { read: (query) => readRollups(context, dataWithoutSecrets(query)) };
}

async function readRollups(context: ReadContext, query: RollupQuery): Promise<RollupAnswer> {
  const definition = findMetric(context, query.metricId);
  if (!isRolledUp(definition)) {
    const why =
      definition.windowColumn === null
        ? 'It says what is open now, which no stored row can say of a past week.'
        : 'It is a figure on people, told in periods of four weeks.';
    throw new AdjutantError('InvalidInput', `${definition.id} has no weekly values.`, {
      hint: `${why} Ask for the metric itself.`,
    });
  }
  const scope = await findScope(context, query.scope, definition.subject);
  const { common } = await readState(context.store.read, context.workspaceId);
  const timeZone = common?.timeZone ?? context.settings.timeZone;
  const now = context.clock.now();
  const to = Math.min(query.to ?? now, now);
  const from = query.from ?? to - (weeksUnlessTold + 1) * weekMs;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to) {
    throw new AdjutantError('InvalidInput', 'The weeks must end after they begin.', {
      hint: 'Give both ends as epoch milliseconds, the earlier one first.',
    });
  }
  const bounds = calendarIn(timeZone).startsOf('week', { from, to });
  return {
    metricId: definition.id,
    title: definition.title,
    unit: definition.unit,
    definitionVersion: definition.version,
    scope,
    timeZone,
    weeks: await readWeeks(context, definition, scope, bounds),
    gaps: await readGaps(context, definition, scope),
    meta: await readAnswerMeta(context),
  };
}

/** Each full week, whether or not anything is stored of it: then it is unknown. */
async function readWeeks(
  { store, workspaceId }: ReadContext,
  definition: MetricDefinition,
  scope: RollupScope,
  bounds: readonly number[],
): Promise<RollupWeek[]> {
  const weeks: RollupWeek[] = bounds.slice(0, -1).map((start, index) => ({
    start,
    end: bounds[index + 1] ?? start,
    unit: definition.unit,
    value: null,
    sampleSize: 0,
    p50: null,
    p75: null,
    p90: null,
    revision: 0,
    correctedAt: null,
    previousValue: null,
    computedAt: null,
    parts: [],
  }));
  const byStart = new Map(weeks.map((week) => [week.start, week]));
  // Row by row: as JSON, SQLite would write a number with fifteen digits and so another one.
  const rows = await queryTuples<Row>(
    store.read,
    sql`select week_start, part, unit, value, sample_size, p50, p75, p90, computed_at, revision,
        corrected_at, previous_value
      from metric_rollups where workspace_id = ${workspaceId} and metric_id = ${definition.id}
        and definition_version = ${definition.version}
        and scope_kind = ${scope.kind} and scope_key = ${scope.key}
        and week_start >= ${bounds[0] ?? 0} and week_start < ${bounds.at(-1) ?? 0}
      order by week_start, part`,
  );
  for (const [start, part, unit, value, sampleSize, p50, p75, p90, computedAt, ...late] of rows) {
    const week = byStart.get(start);
    if (week === undefined) continue;
    const [revision, correctedAt, previousValue] = late;
    const stored = { unit, value, sampleSize, p50, p75, p90, revision, correctedAt, previousValue };
    if (part === '') Object.assign(week, stored, { computedAt });
    else week.parts.push({ id: part, ...stored });
  }
  return weeks;
}

async function readGaps(
  { store, workspaceId }: ReadContext,
  definition: MetricDefinition,
  scope: RollupScope,
): Promise<string[]> {
  const rows = await queryTuples<[string]>(
    store.read,
    sql`select c.value from metric_rollup_gaps g, json_each(g.codes) c
      where g.workspace_id = ${workspaceId} and g.metric_id = ${definition.id}
        and g.scope_kind = ${scope.kind} and g.scope_key = ${scope.key} order by 1`,
  );
  return rows.map(([code]) => code);
}

/** A handle that was narrowed to a team sees that team and its repositories. */
async function findScope(
  context: ReadContext,
  asked: RollupQuery['scope'],
  subject: MetricSubject,
): Promise<RollupScope> {
  const { teamId } = context;
  if (asked === undefined) {
    return teamId === null ? { kind: 'workspace', key: '' } : { kind: 'team', key: teamId };
  }
  const { kind, key = '' } = asked;
  if (kind === 'repository') {
    // Incidents belong to the owner of a service, who may be another than the repository's.
    if (teamId !== null && subject === 'incident') {
      throw new AdjutantError('NotFound', 'This is not kept for a team and one repository.', {
        hint: 'Ask for the team, or ask the metric itself for the repository.',
      });
    }
    return { kind, key: await findRepository(context, key) };
  }
  if (kind === 'team') {
    const found = await findTeam(context, key === '' && teamId !== null ? teamId : key);
    if (found !== null && (teamId === null || found === teamId)) return { kind, key: found };
  } else if (teamId === null) {
    if (kind === 'workspace') return { kind, key: '' };
    return { kind, key };
  }
  throw new AdjutantError('NotFound', `There is no such ${kind} here.`, {
    hint:
      teamId === null ? 'Ask for one by its id, key or name.' : 'This handle sees one team only.',
  });
}

async function findTeam(context: ReadContext, name: string): Promise<string | null> {
  const rows = await queryTuples<[string]>(
    context.store.read,
    sql`select id from teams where workspace_id = ${context.workspaceId}
      and (id = ${name} or key = ${name} or lower(name) = ${name.toLowerCase()})
      order by id <> ${name}, key <> ${name}, id limit 1`,
  );
  return rows[0]?.[0] ?? null;
}
