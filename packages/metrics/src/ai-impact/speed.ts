import type { AiImpactSpeed } from '@adjutant/core/domain';
import { bootstrapByAuthor } from './author-bootstrap.ts';
import { cliffsDelta, deltaBand } from './cliffs-delta.ts';
import { hodgesLehmannShift } from './hodges-lehmann.ts';
import { mannWhitney } from './mann-whitney.ts';
import { sampleItems } from './sample-values.ts';
import { seededRandom } from '@adjutant/core/domain';
import { medianDifference, type TimedRow } from './strata.ts';

/** Draws behind an interval. */
const resamples = 2_000;
/** Pull requests per arm whose intervals are drawn; more are sampled, so that an answer stays quick. */
const mostDrawn = 300;

/** Returns how far the first lies from the second, with intervals that draw authors. @unit hours */
export function compareSpeed(
  first: readonly TimedRow[],
  second: readonly TimedRow[],
  seed: number,
): AiImpactSpeed {
  const one = inOrder(first);
  const other = inOrder(second);
  const hours = one.map((row) => row.hours);
  const otherHours = other.map((row) => row.hours);
  const generator = seededRandom(seed);
  const drawn = [one, other].map((rows) =>
    sampleItems(rows, mostDrawn, generator).map((row) => ({
      value: row.hours,
      authorKey: row.authorKey,
    })),
  );
  const intervals = bootstrapByAuthor(drawn[0] ?? [], drawn[1] ?? [], generator, resamples);
  const delta = cliffsDelta(hours, otherHours);
  const { u, pValue } = mannWhitney(hours, otherHours);
  return {
    medianDifferenceHours: medianDifference(one, other),
    medianDifferenceInterval: intervals.medianDifference,
    shiftHours: hodgesLehmannShift(hours, otherHours),
    shiftInterval: intervals.shift,
    cliffsDelta: delta,
    cliffsDeltaBand: deltaBand(delta),
    mannWhitneyU: u,
    pValue,
    adjustedPValue: null,
    resamples,
    sampledPerArm: Math.max(one.length, other.length) > mostDrawn ? mostDrawn : null,
  };
}

/** The same order whatever the rows came in, so that the same are drawn. */
function inOrder(rows: readonly TimedRow[]): TimedRow[] {
  return rows.toSorted((left, right) => {
    if (left.hours !== right.hours) return left.hours - right.hours;
    return compareKeys(left.authorKey ?? '', right.authorKey ?? '');
  });
}

function compareKeys(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
