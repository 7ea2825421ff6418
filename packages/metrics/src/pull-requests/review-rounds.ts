import { defineMetric } from '@adjutant/core/domain';
import { countOutcome, sharePart } from '../counts.ts';
import {
  countUnknown,
  leftOut,
  reviewsNotShown,
  sampleCaveats,
  unknownOfMerged,
} from '../merged-pull-requests.ts';

export const reviewRounds = defineMetric({
  id: 'review_rounds',
  title: 'Rounds of rework in review',
  unit: 'count',
  definition:
    'How often new work followed a call for changes, per merged pull request that a person other than the author reviewed. A call is a review that requests changes, or an approval taken back; new work is a commit authored after it or a force-push, up to the merge. Calls that come before the same new work are one round, and a call that nothing followed is none. A force-push that only moves the branch onto a newer base looks like work; a commit that was written before the call and pushed after it is not seen. Changes asked for in a comment alone are no call. The part is the share without rework. Pull requests without a review are told apart and left out: nobody asked them for anything. A pull request belongs to the week of its merge.',
  source: 'Own definition, from reviews and the work that follows them.',
  version: 1,
  subject: 'pull_request',
  columns: ['reworkRounds', 'reviewCount', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const { reviewCount, reworkRounds } = columns;
    const rounds = Float64Array.from(reworkRounds, (count, row) =>
      (reviewCount[row] ?? 0) > 0 ? (count ?? Number.NaN) : Number.NaN,
    );
    const outcome = countOutcome(rounds, columns.mergedAt, window, now, scratch);
    const { sampleSize } = outcome;
    const unseen = countUnknown(reviewCount);
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        unseen === rows
          ? 'Pull requests were merged in this window, but no source shows their reviews.'
          : 'Pull requests were merged in this window, and none is known to have been reviewed by a person other than its author.',
      );
    }
    let without = 0;
    for (const count of rounds) if (count === 0) without += 1;
    const unit = { size: 1, name: 'rounds' };
    const unreviewed = rows - sampleSize - unseen;
    outcome.parts = [sharePart('without_rework', 'Without rework', without, sampleSize)];
    outcome.caveats = [
      ...leftOut(unseen, rows, ['comes', 'come'], reviewsNotShown),
      ...leftOut(unreviewed, rows, ['was', 'were'], 'merged without a review and left out.'),
      ...sampleCaveats(columns.authorIsBot, rounds, scratch, sampleSize, unit),
    ];
    return outcome;
  },
});
