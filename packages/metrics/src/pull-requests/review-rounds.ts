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
    'How often new work followed a call for changes, per merged pull request that a person other than the author reviewed. A call is a review that requests changes, or an approval taken back; new work is a commit authored after it or a force-push, up to the merge. Calls that come before the same new work are one round, and a call that nothing followed is none. A force-push that only moves the branch onto a newer base looks like work; a commit that was written before the call and pushed after it is not seen. Changes asked for in a comment alone are no call. The part is the share without rework. Pull requests without a review are told apart and left out: nobody asked them for anything. So are those of which no commit is known, where nothing is seen to follow a call: whether work did is unknown. A pull request belongs to the week of its merge.',
  source: 'Own definition, from reviews and the work that follows them.',
  version: 2,
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
    let workUnseen = 0;
    for (let row = 0; row < rows; row += 1) {
      if ((reviewCount[row] ?? 0) > 0 && reworkRounds[row] === null) workUnseen += 1;
    }
    if (sampleSize === 0) return unknownOfMerged(rows, reasonOf(rows, unseen, workUnseen));
    let without = 0;
    for (const count of rounds) if (count === 0) without += 1;
    const unit = { size: 1, name: 'rounds' };
    const unreviewed = rows - sampleSize - unseen - workUnseen;
    outcome.parts = [sharePart('without_rework', 'Without rework', without, sampleSize)];
    outcome.caveats = [
      ...leftOut(unseen, rows, ['comes', 'come'], reviewsNotShown),
      ...leftOut(workUnseen, rows, ['has', 'have'], commitsNotShown),
      ...leftOut(unreviewed, rows, ['was', 'were'], 'merged without a review and left out.'),
      ...sampleCaveats(columns.authorIsBot, rounds, scratch, sampleSize, unit),
    ];
    return outcome;
  },
});

const commitsNotShown =
  'no known commit, so what followed a call for changes is unknown, and no part in the figure.';

function reasonOf(rows: number, unseen: number, workUnseen: number): string {
  if (unseen === rows) {
    return 'Pull requests were merged in this window, but no source shows their reviews.';
  }
  return workUnseen > 0
    ? 'Pull requests were reviewed and merged in this window, but no source shows their commits, so what followed a call for changes is unknown.'
    : 'Pull requests were merged in this window, and none is known to have been reviewed by a person other than its author.';
}
