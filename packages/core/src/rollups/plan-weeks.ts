import type { MetricCoverage } from '../domain.ts';
import type { ChangedSpan } from './rollup-marks.ts';
import type { GroupState, ScopeState } from './rollup-state.ts';

/** The full weeks of a workspace, oldest first. */
export interface Weeks {
  starts: readonly number[];
  /** The end of each. */
  ends: readonly number[];
}

/** What of a group is to be computed: for each week, the scopes in which everything is. */
export interface WeekPlan {
  dirty: readonly ReadonlySet<number>[];
  /** The first week that is kept of each scope; past the last one where nothing is. */
  firstWeek: readonly number[];
  /** What to keep of each scope; null where it never had a row. */
  scopes: readonly (ScopeState | null)[];
}

/** A scope as it is now. */
export interface PresentScope {
  name: string;
  key: string;
  coverage: MetricCoverage | null;
}

/** Returns the position of the week that an instant lies in; -1 before the first. */
export function weekAt({ starts }: Weeks, at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Compares what weeks were computed from with what there is now, and returns which are to be computed. */
export function planWeeks(
  weeks: Weeks,
  present: readonly PresentScope[],
  state: GroupState | null,
  changed: readonly ChangedSpan[] | 'every',
): WeekPlan {
  const count = weeks.starts.length;
  const dirty = Array.from({ length: count }, () => new Set<number>());
  const firstWeek: number[] = [];
  const scopes: (ScopeState | null)[] = [];
  for (const [position, scope] of present.entries()) {
    const known = state?.scopes[scope.name] ?? null;
    const since = scope.coverage?.shownSince ?? null;
    const floors = [known?.floor ?? null, since].filter((at) => at !== null);
    if (floors.length === 0) {
      firstWeek.push(count);
      scopes.push(null);
      continue;
    }
    const floor = Math.min(...floors);
    const isAhead = floor >= (weeks.ends.at(-1) ?? 0);
    const first = isAhead ? count : Math.max(0, weekAt(weeks, floor));
    const next: ScopeState = {
      key: scope.key,
      shownSince: since,
      readUntil: scope.coverage?.readUntil ?? null,
      floor,
    };
    firstWeek.push(first);
    scopes.push(next);
    const spans =
      state === null || known === null || known.key !== scope.key || changed === 'every'
        ? 'every'
        : spansOf(known, next, state.through, changed);
    mark(dirty, weeks, position, first, spans);
  }
  return { dirty, firstWeek, scopes };
}

function spansOf(
  known: ScopeState,
  next: ScopeState,
  through: number,
  changed: readonly ChangedSpan[],
): readonly ChangedSpan[] | 'every' {
  const spans: ChangedSpan[] = [...changed, { from: through, to: Number.MAX_SAFE_INTEGER }];
  for (const name of ['shownSince', 'readUntil'] as const) {
    const before = known[name];
    const after = next[name];
    if (before === after) continue;
    if (before === null || after === null) return 'every';
    // Only between the two does a week know more, or less, than before.
    spans.push({ from: Math.min(before, after), to: Math.max(before, after) + 1 });
  }
  return spans;
}

function mark(
  dirty: readonly Set<number>[],
  weeks: Weeks,
  scope: number,
  first: number,
  spans: readonly ChangedSpan[] | 'every',
): void {
  const all: readonly ChangedSpan[] =
    spans === 'every' ? [{ from: 0, to: Number.MAX_SAFE_INTEGER }] : spans;
  for (const { from, to, scopes } of all) {
    if (scopes?.includes(scope) === false) continue;
    const start = Math.max(first, weekAt(weeks, from));
    for (let week = start; week < dirty.length; week += 1) {
      if ((weeks.starts[week] ?? 0) >= to) break;
      if ((weeks.ends[week] ?? 0) > from) dirty[week]?.add(scope);
    }
  }
}
