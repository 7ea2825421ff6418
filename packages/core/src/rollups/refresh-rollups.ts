import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { isShown } from '../metrics/load-shown.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import { type DeliveryPlaces, loadDeliveryPlaces, readOwnership } from './delivery-places.ts';
import { refreshGroup } from './refresh-group.ts';
import { removeRollups } from './remove-rollups.ts';
import { refreshRollupGaps } from './rollup-gaps.ts';
import { alsoShown, groupDefinitions, isRolledUp, type RollupGroup } from './rollup-groups.ts';
import { readMarks, removeMarks, type RollupMark } from './rollup-marks.ts';
import { loadScopes } from './rollup-scopes.ts';
import { dropGroupState, readState, type RollupState, writeCommonState } from './rollup-state.ts';
import { createRollupWriter } from './rollup-writer.ts';
import type { RollupPass } from './rollups-handle.ts';
import { loadReadings } from './scope-coverage.ts';

const leaseMs = 120_000;

export interface RollupOptions {
  /** Computes every week again, whether or not anything changed. */
  everything: boolean;
  signal?: AbortSignal | undefined;
  /** Reached in each transaction that writes weeks. */
  reach: () => void | Promise<void>;
}

const nothing: RollupPass = { weeks: 0, figures: 0, changed: 0 };

/**
 * Brings the weekly values in line with the rows and returns what was computed. What is written and
 * what it was computed from are kept one after the other, so that a crash in between only means
 * computing the same again. Returns null where another process is at it.
 */
export async function refreshRollups(
  context: ReadContext,
  options: RollupOptions,
): Promise<RollupPass | null> {
  const { store, workspaceId, clock } = context;
  const groups = groupDefinitions(context.metrics.metrics);
  if (groups.length === 0) return nothing;
  const lease = await acquireLease(store, {
    workspaceId,
    name: 'rollups',
    durationMs: leaseMs,
    clock,
  });
  if (lease === null) return null;
  try {
    return await refreshUnderLease({ ...context, teamId: null }, groups, options, lease);
  } finally {
    await lease.release().catch(() => undefined);
  }
}

async function refreshUnderLease(
  context: ReadContext,
  groups: readonly RollupGroup[],
  options: RollupOptions,
  lease: Lease,
): Promise<RollupPass> {
  const { store, workspaceId } = context;
  const now = context.clock.now();
  const state = await prepare(context, groups);
  const marks = await readMarks(store.read, workspaceId);
  const ownership = await readOwnership(context);
  const places = await placesNow(context, options.everything ? null : state, marks, ownership);
  const map = await loadScopes(context, places);
  const writer = createRollupWriter(store, workspaceId, { lease, now, reach: options.reach });
  const weeks = new Set<number>();
  let figures = 0;
  const run = {
    context,
    options,
    places,
    map,
    marks,
    now,
    coverageOf: await loadReadings(context),
    writer,
    noteCell(week: number) {
      weeks.add(week);
      figures += 1;
    },
  };
  const shown = await shownNow(context, groups);
  let isWhole = true;
  for (const group of groups) {
    const finished = await refreshGroup(run, group, {
      state: state.groups.get(group.key) ?? null,
      shown,
      contextDigest: contextOf(context, group, shown, places),
    });
    if (!finished) isWhole = false;
  }
  if (isWhole) {
    await refreshRollupGaps(context, context.metrics.metrics.filter(isRolledUp), map);
    await store.transaction(async (transaction) => {
      await removeMarks(transaction, workspaceId, marks);
      await writeCommonState(transaction, workspaceId, {
        timeZone: context.settings.timeZone,
        places,
        ownership,
      });
    });
  }
  return { weeks: weeks.size, figures, changed: writer.changed };
}

/**
 * Has changes marked from here on, and takes away what nothing will be computed for any more: weeks of
 * another time zone and metrics that are gone.
 */
async function prepare(context: ReadContext, groups: readonly RollupGroup[]): Promise<RollupState> {
  const { store, workspaceId } = context;
  const { timeZone } = context.settings;
  const state = await readState(store.read, workspaceId);
  if (state.common === null || state.common.timeZone !== timeZone) {
    await removeRollups(store, workspaceId, sql`true`);
    await store.transaction(async (transaction) => {
      for (const key of state.groups.keys()) await dropGroupState(transaction, workspaceId, key);
      await writeCommonState(transaction, workspaceId, { timeZone, places: null, ownership: '' });
    });
    return { common: null, groups: new Map() };
  }
  const present = new Set(groups.flatMap(({ definitions }) => definitions.map(({ id }) => id)));
  const known = [...state.groups.values()].flatMap(({ versions }) => Object.keys(versions));
  const gone = known.filter((id) => !present.has(id));
  if (gone.length > 0) {
    const ids = JSON.stringify(gone);
    await removeRollups(
      store,
      workspaceId,
      sql`metric_id in (select value from json_each(${ids}))`,
    );
  }
  const keys = new Set(groups.map(({ key }) => key));
  const outdated = [...state.groups.keys()].filter((key) => !keys.has(key));
  if (outdated.length > 0) {
    await store.transaction(async (transaction) => {
      for (const key of outdated) await dropGroupState(transaction, workspaceId, key);
    });
  }
  return state;
}

const placeSubjects = new Set(['deployment', 'release', 'pipeline_run', 'incident']);

/**
 * Whatever follows from all deployments and incidents is read again only once one of them changed, or
 * who owns what.
 */
async function placesNow(
  context: ReadContext,
  state: RollupState | null,
  marks: readonly RollupMark[],
  ownership: string,
): Promise<DeliveryPlaces> {
  const known = state?.common?.ownership === ownership ? state.common.places : null;
  const isTouched = marks.some(({ subject }) => placeSubjects.has(subject));
  return known === null || isTouched ? loadDeliveryPlaces(context) : known;
}

async function shownNow(
  context: ReadContext,
  groups: readonly RollupGroup[],
): Promise<Record<string, boolean>> {
  const shown: Record<string, boolean> = {};
  const allTime = { from: 0, to: context.clock.now() };
  for (const subject of new Set(groups.flatMap(alsoShown))) {
    shown[subject] = await isShown(context, subject, allTime);
  }
  return shown;
}

function contextOf(
  { settings }: ReadContext,
  group: RollupGroup,
  shown: Readonly<Record<string, boolean>>,
  { withoutProduction }: DeliveryPlaces,
): string {
  const isDelivered = ['deployment', 'deployed_commit', 'incident'].includes(group.subject);
  const wanted = alsoShown(group).map((subject) => [subject, shown[subject]]);
  const parts = [settings, wanted, isDelivered ? withoutProduction : null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
