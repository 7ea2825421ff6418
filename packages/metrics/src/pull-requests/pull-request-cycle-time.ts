import { defineMetric } from '@adjutant/core/domain';
import { durationPart, durationsBetween, medianHours } from '../durations.ts';
import { leftOut, sampleCaveats, unknownOfMerged } from '../merged-pull-requests.ts';
import { durationOutcome } from '../outcome.ts';

export const pullRequestCycleTime = defineMetric({
  id: 'pull_request_cycle_time',
  title: 'Pull request cycle time',
  unit: 'hours',
  definition:
    'Elapsed time from the opening of a pull request to its merge, nights and weekends included; it belongs to the week of the merge. The parts tell drafts in and out. Opened to merge is the value, with the time as a draft. Ready to merge starts at the last ready-for-review before the first human answer, else at the opening; where neither an answer nor the first commit is known, that instant is not, and the part leaves the pull request out. A pull request that was closed and opened again counts from its first opening. The way from the merge to users is no part of it: that is lead time for changes.',
  source: 'Own definition: the part of the way that a forge alone shows.',
  version: 1,
  subject: 'pull_request',
  columns: [
    'openedAt',
    'mergedAt',
    'firstCommitAt',
    'codingMs',
    'pickupMs',
    'reviewMs',
    'authorIsBot',
  ],
  windowColumn: 'mergedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const { openedAt, mergedAt, firstCommitAt, codingMs, pickupMs, reviewMs } = columns;
    const fromOpening = durationsBetween(openedAt, mergedAt);
    const outcome = durationOutcome(fromOpening, mergedAt, window, now, [], scratch);
    const { sampleSize } = outcome;
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but no source shows their openings.',
      );
    }
    // Coding ends where waiting begins; the facts keep that instant as the end of the one stage and
    // as the start of the other.
    const fromReady = Float64Array.from(mergedAt, (merged, row) => {
      const answered = (pickupMs[row] ?? Number.NaN) + (reviewMs[row] ?? Number.NaN);
      const ready = (firstCommitAt[row] ?? Number.NaN) + (codingMs[row] ?? Number.NaN);
      return Number.isNaN(answered) ? (merged ?? Number.NaN) - ready : answered;
    });
    const ready = durationPart('ready_to_merge', 'Ready to merge', fromReady, scratch);
    outcome.parts = [
      durationPart('opened_to_merge', 'Opened to merge', fromOpening, scratch),
      ready,
    ];
    const have = ['has', 'have'] as const;
    outcome.caveats = [
      ...leftOut(rows - sampleSize, rows, have, 'no known opening and no part in the figure.'),
      ...leftOut(rows - ready.sampleSize, rows, have, noReady),
      ...sampleCaveats(columns.authorIsBot, fromOpening, scratch, sampleSize),
    ];
    return outcome;
  },
  computeValue: ({ columns }) => medianHours(durationsBetween(columns.openedAt, columns.mergedAt)),
});

const noReady = 'no known instant from which it was ready, and no part in ready to merge.';
