import type { FillRandomly } from './seeded-random.ts';
import { createSeededFill } from './seeded-random.ts';

/** Days drawn at once where it is not known how many a run takes. */
const blockDays = 16;

/** What every simulation needs. */
export interface Resampling {
  /** Items finished per day, in any order: days are drawn one by one, each as likely as the others. */
  counts: readonly number[];
  seed: number;
  runs: number;
}

/** Returns how many items each run finished in so many drawn days, ascending. */
export function drawTotals(resampling: Resampling, days: number): Float64Array {
  const { counts, fill } = drawing(resampling);
  const drawn = new Uint32Array(days);
  const totals = new Float64Array(resampling.runs);
  for (let run = 0; run < totals.length; run += 1) {
    fill(drawn, counts.length);
    let total = 0;
    for (let day = 0; day < days; day += 1) total += counts[drawn[day] ?? 0] ?? 0;
    totals[run] = total;
  }
  return totals.toSorted();
}

/** Returns after how many days each run had finished the items, ascending; Infinity past the longest. */
export function drawDurations(
  resampling: Resampling,
  items: number,
  longestDays: number,
): Float64Array {
  const { counts, fill } = drawing(resampling);
  const drawn = new Uint32Array(blockDays);
  const durations = new Float64Array(resampling.runs);
  for (let run = 0; run < durations.length; run += 1) {
    let left = items;
    let days = 0;
    while (left > 0 && days < longestDays) {
      const inBlock = days % blockDays;
      if (inBlock === 0) fill(drawn, counts.length);
      left -= counts[drawn[inBlock] ?? 0] ?? 0;
      days += 1;
    }
    durations[run] = left > 0 ? Number.POSITIVE_INFINITY : days;
  }
  return durations.toSorted();
}

/** Returns the largest count that at least this share of the ascending totals reaches. */
export function itemsReached(totals: Float64Array, probability: number): number | null {
  return totals[totals.length - runsNeeded(totals.length, probability)] ?? null;
}

/** Returns the first day by which at least this share of the ascending durations is over; null beyond all. */
export function daysNeeded(durations: Float64Array, probability: number): number | null {
  const days = durations[runsNeeded(durations.length, probability) - 1];
  return days === undefined || days === Number.POSITIVE_INFINITY ? null : days;
}

/** A product such as 0.7 × 10 may lie a hair above the whole number that it is. */
function runsNeeded(runs: number, probability: number): number {
  return Math.ceil(probability * runs - 1e-9);
}

function drawing({ counts, seed }: Resampling): { counts: Float64Array; fill: FillRandomly } {
  // Sorted, so that the same days give the same answer in whatever order they come.
  return { counts: Float64Array.from(counts).toSorted(), fill: createSeededFill(seed) };
}
