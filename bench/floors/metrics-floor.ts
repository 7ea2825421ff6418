// The least that lead time can cost: medians per week and percentiles of four stages over typed
// arrays that are already in memory, by a counting group and the sort of subarrays. NaN is unknown.
export interface FloorColumns {
  /** Instant that places a row in a week, epoch milliseconds. */
  deployedAt: Float64Array;
  totalMs: Float64Array;
  /** Four stage columns in milliseconds. */
  stages: readonly Float64Array[];
  firstWeekStart: number; // Monday 00:00 UTC
  weekCount: number;
}

/* oxlint-disable typescript/no-non-null-assertion -- plain arithmetic: a check per element would slow the floor. */
const weekMs = 604_800_000;

export function metricsFloor(columns: FloorColumns): {
  weeklyMedians: Float64Array;
  stagePercentiles: number[][];
} {
  const { deployedAt, totalMs, firstWeekStart, weekCount } = columns;
  const rows = totalMs.length;
  const week = new Int32Array(rows);
  const ends = new Uint32Array(weekCount + 1);
  for (let row = 0; row < rows; row += 1) {
    const index = Math.floor((deployedAt[row]! - firstWeekStart) / weekMs);
    const counts = index >= 0 && index < weekCount && totalMs[row]! >= 0;
    week[row] = counts ? index : -1;
    if (counts) ends[index + 1]! += 1;
  }
  for (let index = 1; index <= weekCount; index += 1) ends[index]! += ends[index - 1]!;
  const starts = ends.slice();
  const grouped = new Float64Array(ends[weekCount]!);
  for (let row = 0; row < rows; row += 1) {
    if (week[row]! >= 0) grouped[ends[week[row]!]!++] = totalMs[row]!;
  }
  const weeklyMedians = new Float64Array(weekCount);
  for (let index = 0; index < weekCount; index += 1) {
    const values = grouped.subarray(starts[index], starts[index + 1]);
    values.sort();
    weeklyMedians[index] = percentile(values, 0.5);
  }
  const stagePercentiles = columns.stages.map((stage) => {
    const known = new Float64Array(stage.length);
    let count = 0;
    for (let row = 0; row < stage.length; row += 1) {
      if (stage[row]! >= 0) known[count++] = stage[row]!;
    }
    const sorted = known.subarray(0, count);
    sorted.sort();
    return [0.5, 0.75, 0.9].map((fraction) => percentile(sorted, fraction));
  });
  return { weeklyMedians, stagePercentiles };
}

function percentile(sorted: Float64Array, fraction: number): number {
  const rank = fraction * (sorted.length - 1);
  const below = Math.floor(rank);
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted.length === 0 ? NaN : sorted[below]! + (upper - sorted[below]!) * (rank - below);
}
