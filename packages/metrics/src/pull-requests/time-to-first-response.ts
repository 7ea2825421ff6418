import { defineMetric } from '@adjutant/core/domain';
import { sharePart } from '../counts.ts';
import {
  countUnknown,
  leftOut,
  reviewsNotShown,
  sampleCaveats,
  unknownOfMerged,
} from '../merged-pull-requests.ts';
import { medianHours } from '../durations.ts';
import { durationOutcome } from '../outcome.ts';
import { dayMs } from '../week-buckets.ts';

export const timeToFirstResponse = defineMetric({
  id: 'time_to_first_response',
  title: 'Time to first response',
  unit: 'hours',
  definition:
    'Elapsed time until a person other than the author first reviewed or commented on a merged pull request, nights and weekends included. It starts at the last ready-for-review before that answer, else at the opening, so that time as a draft is not counted as waiting; a draft that was answered before it was ready is counted from its opening. Answers of bots, of accounts nobody knows and of the author are none, and neither is one after the merge. A pull request belongs to the week of its merge; what was never merged is not in the figure. Without an answer the time is unknown, not 0. The part is the share of the answered ones that were answered within 24 hours.',
  source: 'Own definition: the pickup stage of a pull request.',
  version: 1,
  subject: 'pull_request',
  columns: ['pickupMs', 'reviewCount', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const waits = columns.pickupMs;
    const outcome = durationOutcome(waits, columns.mergedAt, window, now, [], scratch);
    const { sampleSize } = outcome;
    const unseen = countUnknown(columns.reviewCount);
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        unseen === rows
          ? 'Pull requests were merged in this window, but no source shows their reviews and comments.'
          : 'Pull requests were merged in this window, and no person other than the author is known to have answered one while it was open.',
      );
    }
    let withinDay = 0;
    for (const wait of waits) if (wait !== null && wait <= dayMs) withinDay += 1;
    const unanswered = rows - sampleSize - unseen;
    outcome.parts = [sharePart('within_a_day', 'Answered within 24 hours', withinDay, sampleSize)];
    outcome.caveats = [
      ...leftOut(unseen, rows, ['comes', 'come'], reviewsNotShown),
      ...leftOut(unanswered, rows, ['has', 'have'], noAnswer),
      ...sampleCaveats(columns.authorIsBot, waits, scratch, sampleSize),
    ];
    return outcome;
  },
  computeValue: ({ columns }) => medianHours(columns.pickupMs),
});

const noAnswer = 'no known human answer between opening and merge and no part in the figure.';
