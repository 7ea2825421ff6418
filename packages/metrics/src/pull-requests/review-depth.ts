import { defineMetric } from '@adjutant/core/domain';
import { countOutcome, countPart, sharePart } from '../counts.ts';
import {
  leftOut,
  reviewsNotShown,
  sampleCaveats,
  unknownOfMerged,
} from '../merged-pull-requests.ts';

export const reviewDepth = defineMetric({
  id: 'review_depth',
  title: 'Review depth',
  unit: 'count',
  definition:
    'Reviews and comments by people other than the author, per merged pull request, from the opening to the merge. The value is the median of both together, the parts are the median of each and the share that got neither. A pull request that got none counts with 0 where its source shows reviews; where no source does, as in a clone, it is unknown. Bots, accounts nobody knows and the author are not counted. What is counted are contributions as the forge lists them: a review with ten remarks in the code is one review. Much talk is no sign of care, nor little of haste; it is to be read beside the size. A pull request belongs to the week of its merge.',
  source: 'Own definition, from the reviews and comments that forges show.',
  version: 1,
  subject: 'pull_request',
  columns: ['reviewCount', 'commentCount', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const { reviewCount, commentCount } = columns;
    const both = Float64Array.from(
      reviewCount,
      (reviews, row) => (reviews ?? Number.NaN) + (commentCount[row] ?? Number.NaN),
    );
    const outcome = countOutcome(both, columns.mergedAt, window, now, scratch);
    const { sampleSize } = outcome;
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but no source shows their reviews and comments.',
      );
    }
    let neither = 0;
    for (const count of both) if (count === 0) neither += 1;
    const unit = { size: 1, name: 'reviews and comments' };
    outcome.parts = [
      countPart('reviews', 'Reviews', reviewCount, scratch),
      countPart('comments', 'Comments', commentCount, scratch),
      sharePart('neither', 'Neither review nor comment', neither, sampleSize),
    ];
    outcome.caveats = [
      ...leftOut(rows - sampleSize, rows, ['comes', 'come'], reviewsNotShown),
      ...sampleCaveats(columns.authorIsBot, both, scratch, sampleSize, unit),
    ];
    return outcome;
  },
});
