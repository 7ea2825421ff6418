import { defineMetric } from '@adjutant/core/domain';
import { smallSampleCaveat } from '../caveats.ts';
import { sharePart } from '../counts.ts';
import { leftOut, unknownOfMerged } from '../merged-pull-requests.ts';
import { noPercentiles } from '../percentile.ts';
import { bucketOf, fullWeeks } from '../week-buckets.ts';

export const mergedWithoutReview = defineMetric({
  id: 'merged_without_review',
  title: 'Merged without review',
  unit: 'share',
  definition:
    'Merged pull requests that no person other than the author reviewed before the merge, divided by all merged ones of which that is known. A review counts whatever it said, also one that only comments or was dismissed later; a comment outside a review is none, and neither is a review by a bot, by the author or after the merge. Where no source shows reviews, as in a clone, or the one who reviewed is not known, it is unknown: told apart, and neither in the share nor in what it is a share of. The parts tell pull requests of people from those of bots, which are often merged by rule. Work that was reviewed elsewhere, in a pair or in a larger pull request, looks unreviewed here. A pull request belongs to the week of its merge.',
  source: 'Own definition, from the reviews that forges show.',
  version: 1,
  subject: 'pull_request',
  columns: ['mergedWithoutReview', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const rows = columns.length;
    const weeks = fullWeeks(window, now);
    const all = tally(weeks.count);
    const people = tally(0);
    const bots = tally(0);
    const without: number[] = [];
    const reviewed: number[] = [];
    for (let row = 0; row < rows; row += 1) {
      const missed = columns.mergedWithoutReview[row] ?? null;
      if (missed === null) continue;
      (missed ? without : reviewed).push(row);
      const week = bucketOf(weeks, columns.mergedAt[row] ?? Number.NaN);
      add(all, missed, week);
      add(columns.authorIsBot[row] === true ? bots : people, missed, -1);
    }
    if (all.known === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but of none is it known whether somebody reviewed it.',
      );
    }
    return {
      value: all.without / all.known,
      ...noPercentiles,
      sampleSize: all.known,
      parts: [
        sharePart('of_people', 'Opened by people', people.without, people.known),
        sharePart('of_bots', 'Opened by bots', bots.without, bots.known),
      ],
      series: Array.from(all.knownPerWeek, (known, week) => {
        const start = weeks.firstStart + week * weeks.lengthMs;
        const value = known === 0 ? null : (all.withoutPerWeek[week] ?? 0) / known;
        return { start, end: start + weeks.lengthMs, value, sampleSize: known };
      }),
      caveats: [
        ...leftOut(rows - all.known, rows, ['is', 'are'], notKnown),
        ...smallSampleCaveat(all.known, 'merged pull request'),
      ],
      // Those without a review first: they are what a reader wants to look at.
      evidence: [...without, ...reviewed],
    };
  },
});

const notKnown = 'not known to have been reviewed or not, and no part in the figure.';

interface Tally {
  known: number;
  without: number;
  knownPerWeek: Float64Array;
  withoutPerWeek: Float64Array;
}

function tally(weeks: number): Tally {
  return {
    known: 0,
    without: 0,
    knownPerWeek: new Float64Array(weeks),
    withoutPerWeek: new Float64Array(weeks),
  };
}

function add(to: Tally, missed: boolean, week: number): void {
  const one = missed ? 1 : 0;
  to.known += 1;
  to.without += one;
  if (week < 0) return;
  to.knownPerWeek[week] = (to.knownPerWeek[week] ?? 0) + 1;
  to.withoutPerWeek[week] = (to.withoutPerWeek[week] ?? 0) + one;
}
