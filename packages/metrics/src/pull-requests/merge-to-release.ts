import { defineMetric } from '@adjutant/core/domain';
import { botDurationCaveat, shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';

export const mergeToRelease = defineMetric({
  id: 'merge_to_release',
  title: 'Merge to release',
  unit: 'hours',
  definition:
    'Elapsed time from the merge of a pull request to the first release that contains it; it belongs to the week of the release, so that what still waits for a release does not make recent weeks look fast. A release is a tag, or what the forge calls a release; it is not a deployment.',
  source: 'Own definition: the tail of DORA change lead time, up to a release.',
  version: 1,
  subject: 'pull_request',
  columns: ['releaseWaitMs', 'releasedAt', 'authorIsBot'],
  windowColumn: 'releasedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const durations = columns.releaseWaitMs;
    const outcome = durationOutcome(durations, columns.releasedAt, window, now, [], scratch);
    if (outcome.sampleSize === 0) {
      return unknownOutcome(
        rows === 0
          ? 'No pull request is known to have been released in this window: none was, or no source shows releases.'
          : 'Pull requests were released in this window, but each release is dated before the merge.',
      );
    }
    const noun = 'released pull request';
    const backwards = 'left out: the release is dated before the merge.';
    outcome.caveats = [
      ...shareCaveat(rows - outcome.sampleSize, rows, noun, ['is', 'are'], backwards),
      ...botDurationCaveat(columns.authorIsBot, durations, scratch),
      ...smallSampleCaveat(outcome.sampleSize, noun),
    ];
    return outcome;
  },
});
