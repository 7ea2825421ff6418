import { defineMetric } from '@adjutant/core/domain';
import { type Band, bandParts, countOutcome } from '../counts.ts';
import { leftOut, sampleCaveats, unknownOfMerged } from '../merged-pull-requests.ts';

const bands: readonly Band[] = [
  { id: 'up_to_10', title: 'Up to 10 lines', upTo: 10 },
  { id: 'from_11_to_100', title: '11 to 100 lines', upTo: 100 },
  { id: 'from_101_to_400', title: '101 to 400 lines', upTo: 400 },
  { id: 'from_401_to_1000', title: '401 to 1,000 lines', upTo: 1_000 },
  { id: 'over_1000', title: 'Over 1,000 lines', upTo: Number.POSITIVE_INFINITY },
];

export const pullRequestSize = defineMetric({
  id: 'pull_request_size',
  title: 'Pull request size',
  unit: 'count',
  definition:
    'Lines added plus lines removed by a merged pull request, as the forge counts them when it was last read; it belongs to the week of the merge. The value is the median; the parts are the shares of pull requests in bands of size, whose limits are our own and no verdict. Generated files, lock files and moved code count as lines like any others, so one such pull request says little: look at the median and the rows. Where additions or deletions are not shown, as in a clone, the size is unknown and not 0.',
  source: 'Own definition, after the change size that forges show.',
  version: 1,
  subject: 'pull_request',
  columns: ['sizeLines', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const sizes = columns.sizeLines;
    const outcome = countOutcome(sizes, columns.mergedAt, window, now, scratch);
    const { sampleSize } = outcome;
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but no source shows how many lines they changed.',
      );
    }
    const unit = { size: 1, name: 'lines' };
    outcome.parts = bandParts(sizes, bands);
    outcome.caveats = [
      ...leftOut(rows - sampleSize, rows, ['has', 'have'], noSize),
      ...sampleCaveats(columns.authorIsBot, sizes, scratch, sampleSize, unit),
    ];
    return outcome;
  },
});

const noSize = 'no known size, as in a clone, and no part in the figure.';
