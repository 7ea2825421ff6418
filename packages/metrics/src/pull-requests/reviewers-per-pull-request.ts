import { defineMetric } from '@adjutant/core/domain';
import { type Band, bandParts, countOutcome } from '../counts.ts';
import {
  leftOut,
  reviewsNotShown,
  sampleCaveats,
  unknownOfMerged,
} from '../merged-pull-requests.ts';

const bands: readonly Band[] = [
  { id: 'nobody', title: 'Reviewed by nobody', upTo: 0 },
  { id: 'one', title: 'One reviewer', upTo: 1 },
  { id: 'two', title: 'Two reviewers', upTo: 2 },
  { id: 'three_or_more', title: 'Three reviewers or more', upTo: Number.POSITIVE_INFINITY },
];

export const reviewersPerPullRequest = defineMetric({
  id: 'reviewers_per_pull_request',
  title: 'Reviewers per pull request',
  unit: 'count',
  definition:
    'How many people other than the author reviewed a merged pull request, from the opening to the merge. Each account counts once, however often it reviewed; who only commented outside a review is not counted, nor are bots, accounts nobody knows and reviews after the merge. The value is the median; the parts are the shares by number of reviewers. A pull request that nobody reviewed counts with 0 where its source shows reviews; where no source does, as in a clone, the number is unknown. It names no reviewer and says nothing of how reviews are spread over people. A pull request belongs to the week of its merge.',
  source: 'Own definition, from the reviews that forges show.',
  version: 1,
  subject: 'pull_request',
  columns: ['reviewerCount', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const reviewers = columns.reviewerCount;
    const outcome = countOutcome(reviewers, columns.mergedAt, window, now, scratch);
    const { sampleSize } = outcome;
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but no source shows their reviews.',
      );
    }
    const unit = { size: 1, name: 'reviewers' };
    outcome.parts = bandParts(reviewers, bands);
    outcome.caveats = [
      ...leftOut(rows - sampleSize, rows, ['comes', 'come'], reviewsNotShown),
      ...sampleCaveats(columns.authorIsBot, reviewers, scratch, sampleSize, unit),
    ];
    return outcome;
  },
});
