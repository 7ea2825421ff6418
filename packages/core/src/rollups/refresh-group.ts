import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { calendarIn } from '../calendar/calendar-in.ts';
import type { MetricDefinition } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { DeliveryPlaces } from './delivery-places.ts';
import {
  type FirstInstant,
  type GroupMembers,
  hasRepository,
  loadMembers,
} from './group-members.ts';
import { type PresentScope, planWeeks, type WeekPlan, type Weeks } from './plan-weeks.ts';
import type { RollupOptions } from './refresh-rollups.ts';
import { removeRollups } from './remove-rollups.ts';
import { alsoShown, type RollupGroup } from './rollup-groups.ts';
import { changedSpans, movesMembers, type RollupMark } from './rollup-marks.ts';
import { type ScopeMap, scopeName } from './rollup-scopes.ts';
import { type GroupState, writeGroupState } from './rollup-state.ts';
import type { RollupWriter } from './rollup-writer.ts';
import { type CoverageOf, coverageOfWeek } from './scope-coverage.ts';
import { countUnlinkedByScope } from './unlinked-incidents.ts';
import { computeOver, loadWeeks, rowsByScope } from './week-slices.ts';

/** Weeks whose rows are held in memory together. */
const weeksPerRead = 13;
const breathAfterMs = 8;
const weekMs = 7 * 86_400_000;

export interface RollupRun {
  context: ReadContext;
  options: RollupOptions;
  places: DeliveryPlaces;
  map: ScopeMap;
  marks: readonly RollupMark[];
  now: number;
  coverageOf: CoverageOf;
  writer: RollupWriter;
  noteCell(week: number): void;
}

interface GroupInput {
  state: GroupState | null;
  shown: Readonly<Record<string, boolean>>;
  contextDigest: string;
}

/** Computes what changed of one group; false where it was told to stop before the end. */
export async function refreshGroup(
  run: RollupRun,
  group: RollupGroup,
  { state, shown, contextDigest }: GroupInput,
): Promise<boolean> {
  const { context, map, marks, options } = run;
  const scopesDigest = digest(map.scopes.map((scope, at) => [scopeName(scope), map.keys[at]]));
  const isSame =
    state !== null &&
    state.scopesDigest === scopesDigest &&
    !movesMembers(group, marks, state.firsts);
  const load = (firsts: readonly FirstInstant[][] | null): Promise<GroupMembers> =>
    loadMembers(context, group, map, run.places, firsts);
  const known = isSame && !options.everything ? knownMembers(map, state) : null;
  const loaded = known === null ? await load(null) : null;
  const found = known ?? loaded ?? { firsts: [], keys: [] };
  const present: PresentScope[] = map.scopes.map((scope, at) => ({
    name: scopeName(scope),
    key: digest([map.keys[at], found.keys[at]]),
    coverage: run.coverageOf(found.firsts[at] ?? [], hasRepository(group)),
  }));
  const isNew = state === null || state.context !== contextDigest || options.everything;
  const weeks = fullWeeks(run, present, state);
  const changed = isNew ? 'every' : await changedSpans(context, group, marks, map);
  const plan = planWeeks(weeks, present, state, changed);
  const fresh = group.definitions.filter(({ id, version }) => state?.versions[id] !== version);
  const isIdle = fresh.length === 0 && plan.dirty.every((scopes) => scopes.size === 0);
  if (!isIdle) {
    const members = loaded ?? (await load(found.firsts));
    const work = { members, present, weeks, plan, fresh, shown };
    if (!(await computeWeeks(run, group, work))) return false;
  }
  await run.writer.flush();
  await removeGoneScopes(run, group, state);
  await keep(run, group, {
    context: contextDigest,
    versions: Object.fromEntries(group.definitions.map(({ id, version }) => [id, version])),
    through: weeks.ends.at(-1) ?? 0,
    scopes: byName(map, plan.scopes),
    firsts: byName(map, found.firsts),
    keys: byName(map, found.keys),
    scopesDigest,
  });
  return true;
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}

function byName<Value>(map: ScopeMap, values: readonly (Value | null)[]): Record<string, Value> {
  const named: Record<string, Value> = {};
  for (const [position, scope] of map.scopes.entries()) {
    const value = values[position];
    if (value !== null && value !== undefined) named[scopeName(scope)] = value;
  }
  return named;
}

function knownMembers(
  map: ScopeMap,
  { firsts, keys }: GroupState,
): Pick<GroupMembers, 'firsts' | 'keys'> {
  const names = map.scopes.map(scopeName);
  return {
    firsts: names.map((name) => firsts[name] ?? []),
    keys: names.map((name) => keys[name] ?? ''),
  };
}

/** Every week that is over, from the first one that any scope has rows in. */
function fullWeeks(
  { context, now }: RollupRun,
  present: readonly PresentScope[],
  state: GroupState | null,
): Weeks {
  const floors = Object.values(state?.scopes ?? {}).map(({ floor }) => floor);
  for (const { coverage } of present) if (coverage !== null) floors.push(coverage.shownSince);
  if (floors.length === 0) return { starts: [], ends: [] };
  const floor = floors.reduce((least, at) => Math.min(least, at), now);
  const calendar = calendarIn(context.settings.timeZone);
  // A week in which the clocks go back is an hour longer than seven days.
  const bounds = calendar.startsOf('week', { from: floor - weekMs - weekMs / 7, to: now });
  const ends = bounds.slice(1);
  const skipped = ends.filter((end) => end <= floor).length;
  return { starts: bounds.slice(skipped, -1), ends: ends.slice(skipped) };
}

interface GroupWork {
  members: GroupMembers;
  present: readonly PresentScope[];
  weeks: Weeks;
  plan: WeekPlan;
  /** Metrics of which every week is new. */
  fresh: readonly MetricDefinition[];
  shown: Readonly<Record<string, boolean>>;
}

async function computeWeeks(run: RollupRun, group: RollupGroup, work: GroupWork): Promise<boolean> {
  const { weeks, plan, fresh } = work;
  const wanted = weeks.starts.flatMap((_, week) =>
    (plan.dirty[week]?.size ?? 0) > 0 || fresh.length > 0 ? [week] : [],
  );
  for (let next = 0; next < wanted.length; ) {
    if (run.options.signal?.aborted === true) return false;
    const first = wanted[next] ?? 0;
    let count = 1;
    while (count < weeksPerRead && wanted[next + count] === first + count) count += 1;
    await computeSpan(run, group, work, { first, last: first + count - 1 });
    next += count;
  }
  return true;
}

/** Reads some weeks that follow each other once, and computes what of them changed. */
async function computeSpan(
  run: RollupRun,
  group: RollupGroup,
  { members, present, weeks, plan, fresh, shown }: GroupWork,
  { first, last }: { first: number; last: number },
): Promise<void> {
  const { context, map, writer } = run;
  const span = { from: weeks.starts[first] ?? 0, to: weeks.ends[last] ?? 0 };
  const loaded = await loadWeeks(context, group, members, span);
  const countsUnlinked =
    group.subject !== 'incident' && alsoShown(group).includes('incident') && shown['incident'];
  const unlinked = countsUnlinked
    ? await countUnlinkedByScope(context, map, run.places, span)
    : null;
  let breathedAtMs = performance.now();
  for (let week = first; week <= last; week += 1) {
    const window = { from: weeks.starts[week] ?? 0, to: weeks.ends[week] ?? 0 };
    const rows = rowsByScope(loaded, members, window);
    const unlinkedHere = unlinked?.(window) ?? null;
    for (const [position, scope] of map.scopes.entries()) {
      if (week < (plan.firstWeek[position] ?? 0)) continue;
      const definitions = plan.dirty[week]?.has(position) === true ? group.definitions : fresh;
      if (definitions.length === 0) continue;
      const here = rows.get(position) ?? [];
      const compute = computeOver(context, loaded.columns, here, window);
      const known = present[position]?.coverage ?? null;
      const coverage = here.length > 0 ? null : coverageOfWeek(known, window);
      for (const definition of definitions) {
        const outcome = compute(definition, {
          coverage,
          ...besideOf(definition, shown, unlinkedHere?.get(position) ?? 0),
        });
        run.noteCell(window.from);
        await writer.add({ definition, scope, week: window, outcome });
      }
      if (performance.now() - breathedAtMs < breathAfterMs) continue;
      await yieldToEventLoop();
      breathedAtMs = performance.now();
    }
  }
}

/** As `loadShown` tells it for an answer. */
function besideOf(
  definition: MetricDefinition,
  shown: Readonly<Record<string, boolean>>,
  unlinked: number,
) {
  const wanted = definition.alsoShown ?? [];
  const told = Object.fromEntries(wanted.map((subject) => [subject, shown[subject] === true]));
  const counts = told['incident'] === true && definition.subject !== 'incident';
  return { shown: told, unlinkedIncidents: counts ? unlinked : null };
}

async function removeGoneScopes(
  { context, map }: RollupRun,
  group: RollupGroup,
  state: GroupState | null,
): Promise<void> {
  const present = new Set(map.scopes.map(scopeName));
  const gone = Object.keys(state?.scopes ?? {}).filter((name) => !present.has(name));
  if (gone.length === 0) return;
  const ids = JSON.stringify(group.definitions.map(({ id }) => id));
  await removeRollups(
    context.store,
    context.workspaceId,
    sql`metric_id in (select value from json_each(${ids}))
      and scope_kind || ' ' || scope_key in (select value from json_each(${JSON.stringify(gone)}))`,
  );
}

async function keep({ context }: RollupRun, group: RollupGroup, state: GroupState): Promise<void> {
  const { store, workspaceId } = context;
  await store.transaction((transaction) =>
    writeGroupState(transaction, workspaceId, group.key, state),
  );
}
