import type { MetricOutcome } from '@adjutant/core/domain';
import { botDurationCaveat, shareCaveat, smallSampleCaveat } from './caveats.ts';
import type { NumberColumn, Scratch } from './durations.ts';
import { unknownOutcome } from './outcome.ts';

/** Why nothing is said where no merged pull request lies in a window. */
const nothingMerged =
  'No merged pull request is known in this window: none was merged, or no source shows merges.';

/** How a sentence goes on about merged pull requests of which only a clone is known. */
export const reviewsNotShown =
  'from a source that shows no reviews, as a clone, and no part in the figure.';

/** An unknown figure over merged pull requests: of none, or of some that do not show what it needs. */
export function unknownOfMerged(rows: number, reason: string): MetricOutcome {
  return unknownOutcome(rows === 0 ? nothingMerged : reason);
}

/** How many of the merged pull requests are left out, and why. */
export function leftOut(
  part: number,
  whole: number,
  verb: readonly [one: string, many: string],
  rest: string,
): string[] {
  return shareCaveat(part, whole, 'merged pull request', verb, rest);
}

/** What is said of every figure over merged pull requests: bots among them, and too few of them. */
export function sampleCaveats(
  authorIsBot: readonly boolean[],
  column: NumberColumn,
  scratch: Scratch,
  sampleSize: number,
  unit?: { size: number; name: string },
): string[] {
  return [
    ...botDurationCaveat(authorIsBot, column, scratch, unit),
    ...smallSampleCaveat(sampleSize, 'merged pull request'),
  ];
}

/** How many values of a column are unknown. */
export function countUnknown(column: readonly unknown[]): number {
  let unknown = 0;
  for (const value of column) if (value === null) unknown += 1;
  return unknown;
}
