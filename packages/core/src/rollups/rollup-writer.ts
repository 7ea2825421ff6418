import { sql } from 'drizzle-orm';
import type { MetricDefinition, MetricOutcome, Window } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { type BulkTarget, upsertRows } from '../store/bulk-write.ts';
import type { Lease } from '../store/lease.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { RollupScope } from './rollups-handle.ts';

const rowsPerTransaction = 1_000;

const sameVersion = '"metric_rollups"."definition_version" = excluded."definition_version"';

/** A value that differs is late data, unless another version of the metric says it. */
const target: BulkTarget = {
  table: tables.metricRollups,
  key: ['metricId', 'scopeKind', 'scopeKey', 'weekStart', 'part'],
  compared: ['definitionVersion', 'unit', 'value', 'sampleSize', 'p50', 'p75', 'p90'],
  merged: {
    revision: `case when ${sameVersion} then "metric_rollups"."revision" + 1 else 0 end`,
    correctedAt: `case when ${sameVersion} then excluded."computed_at" end`,
    previousValue: `case when ${sameVersion} then "metric_rollups"."value" end`,
  },
};

/** A metric of one week in one scope. */
export interface RollupCell {
  definition: MetricDefinition;
  scope: RollupScope;
  week: Window;
  outcome: MetricOutcome;
}

export interface RollupWriter {
  add(cell: RollupCell): Promise<void>;
  flush(): Promise<void>;
  /** Rows written that were not there or said something else. */
  readonly changed: number;
}

type Row = Omit<typeof tables.metricRollups.$inferInsert, 'workspaceId'>;

/** Returns what writes weekly values, a bounded number of rows in each transaction. */
export function createRollupWriter(
  store: Store,
  workspaceId: string,
  { lease, now, reach }: { lease: Lease; now: number; reach: () => void | Promise<void> },
): RollupWriter {
  let cells: RollupCell[] = [];
  let rows: Row[] = [];
  let changed = 0;
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const vanished = await findVanished(store, workspaceId, cells, rows);
    const written = [...rows, ...vanished];
    changed += await store.transaction(async (transaction) => {
      if (!(await lease.renew(transaction))) {
        throw new AdjutantError('Conflict', 'Another process took over computing weekly values.', {
          hint: 'Nothing is lost: the other process computes what was left.',
        });
      }
      const count = await upsertRows(transaction, target, workspaceId, written);
      await reach();
      return count;
    });
    cells = [];
    rows = [];
  };
  return {
    async add(cell) {
      cells.push(cell);
      rows.push(...toRows(cell, now));
      if (rows.length >= rowsPerTransaction) await flush();
    },
    flush,
    get changed() {
      return changed;
    },
  };
}

/** The figure, and those of its parts that have anything to say. */
function toRows({ definition, scope, week, outcome }: RollupCell, now: number): Row[] {
  const place = {
    metricId: definition.id,
    scopeKind: scope.kind,
    scopeKey: scope.key,
    weekStart: week.from,
    weekEnd: week.to,
    definitionVersion: definition.version,
    computedAt: now,
    revision: 0,
    correctedAt: null,
    previousValue: null,
  };
  const { value, sampleSize, p50, p75, p90, parts = [] } = outcome;
  const rows: Row[] = [
    { ...place, part: '', unit: definition.unit, value, sampleSize, p50, p75, p90 },
  ];
  for (const part of parts) {
    if (part.value === null && part.sampleSize === 0) continue;
    const { id, unit = definition.unit } = part;
    const { value: partValue, sampleSize: size, p50: half, p75: most, p90: nearly } = part;
    rows.push({
      ...place,
      part: id,
      unit,
      value: partValue,
      sampleSize: size,
      p50: half,
      p75: most,
      p90: nearly,
    });
  }
  return rows;
}

/** Parts that had something to say and have no more: they are unknown now, and say what they were. */
async function findVanished(
  store: Store,
  workspaceId: string,
  cells: readonly RollupCell[],
  rows: readonly Row[],
): Promise<Row[]> {
  const byPlace = new Map(cells.map((cell) => [placeOf(cell), cell]));
  const answered = new Set(
    rows.map((row) =>
      JSON.stringify([row.metricId, row.scopeKind, row.scopeKey, row.weekStart, row.part]),
    ),
  );
  const places = JSON.stringify([...byPlace.keys()].map((place) => JSON.parse(place) as unknown));
  const kept = await queryTuples<[string, string, string, number, string, Row['unit']]>(
    store.read,
    sql`select r.metric_id, r.scope_kind, r.scope_key, r.week_start, r.part, r.unit
      from json_each(${places}) c cross join metric_rollups r on r.workspace_id = ${workspaceId}
        and r.metric_id = c.value->>0 and r.scope_kind = c.value->>1
        and r.scope_key = c.value->>2 and r.week_start = c.value->>3
      where r.part <> '' and (r.value is not null or r.sample_size > 0)`,
  );
  const vanished: Row[] = [];
  for (const [metricId, kind, key, start, part, unit] of kept) {
    if (answered.has(JSON.stringify([metricId, kind, key, start, part]))) continue;
    const cell = byPlace.get(JSON.stringify([metricId, kind, key, start]));
    const figure = rows.find((row) => row.metricId === metricId && row.part === '');
    if (cell === undefined || figure === undefined) continue;
    vanished.push({
      ...figure,
      scopeKind: cell.scope.kind,
      scopeKey: key,
      weekStart: start,
      weekEnd: cell.week.to,
      part,
      unit,
      value: null,
      sampleSize: 0,
      p50: null,
      p75: null,
      p90: null,
    });
  }
  return vanished;
}

function placeOf({ definition, scope, week }: RollupCell): string {
  return JSON.stringify([definition.id, scope.kind, scope.key, week.from]);
}
