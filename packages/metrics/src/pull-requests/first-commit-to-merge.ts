import { defineMetric } from '@adjutant/core/domain';
import { botDurationCaveat, shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';

export const firstCommitToMerge = defineMetric({
  id: 'first_commit_to_merge',
  title: 'First commit to merge',
  unit: 'hours',
  definition:
    'Elapsed time from the first authored commit of a pull request to its merge; it belongs to the week of the merge. It is the one duration that a bare clone shows, and there only for merge commits: a squash merge hides its commits, and then the time is unknown, not 0.',
  source: 'Own definition: the part of DORA change lead time that needs no deployment.',
  version: 1,
  subject: 'pull_request',
  columns: ['firstCommitToMergeMs', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const durations = columns.firstCommitToMergeMs;
    const outcome = durationOutcome(durations, columns.mergedAt, window, now, [], scratch);
    if (outcome.sampleSize === 0) {
      return unknownOutcome(
        rows === 0
          ? 'No merged pull request is known in this window: none was merged, or no source shows merges.'
          : 'Pull requests were merged in this window, but of none is the first commit known, as after squash merges in a clone.',
      );
    }
    const noun = 'merged pull request';
    const hidden =
      'no known first commit, as after a squash merge in a clone, and no part in the figure.';
    outcome.caveats = [
      ...shareCaveat(rows - outcome.sampleSize, rows, noun, ['has', 'have'], hidden),
      ...botDurationCaveat(columns.authorIsBot, durations, scratch),
      ...smallSampleCaveat(outcome.sampleSize, noun),
    ];
    return outcome;
  },
});
