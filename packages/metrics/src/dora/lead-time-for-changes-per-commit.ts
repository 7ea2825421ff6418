import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { durationsBetween, isKnown } from '../durations.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';

export const leadTimeForChangesPerCommit = defineMetric({
  id: 'lead_time_for_changes_per_commit',
  title: 'Lead time for changes, per commit',
  unit: 'hours',
  definition:
    'Elapsed time from the authored time of a commit to the end of the first deployment to production that contains it; where its repository has no environment named after production, the first to any. One value per commit; it belongs to the week of that deployment. A pull request of many commits weighs more here than in the figure per pull request. A squash merge brings one commit, authored when it was squashed: what was written before is not seen here, and in lead_time_for_changes it is.',
  source: 'DORA, change lead time: https://dora.dev/guides/dora-metrics/',
  version: 3,
  subject: 'deployed_commit',
  columns: ['authoredAt', 'deployedAt'],
  windowColumn: 'deployedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const durations = durationsBetween(columns.authoredAt, columns.deployedAt);
    const rows = columns.length;
    let known = 0;
    let undated = 0;
    for (let row = 0; row < rows; row += 1) {
      if (isKnown(durations, row)) known += 1;
      else if (columns.authoredAt[row] === null) undated += 1;
    }
    if (known === 0) {
      return unknownOutcome(
        rows === 0
          ? 'No commit is known to have been deployed in this window: none was, or no source shows deployments.'
          : 'Commits were deployed in this window, but of none is a time of authoring before the deployment known.',
      );
    }
    const noun = 'commit';
    return durationOutcome(
      durations,
      columns.deployedAt,
      window,
      now,
      [
        ...shareCaveat(
          undated,
          rows,
          noun,
          ['has', 'have'],
          'no authored time and no part in the figure.',
        ),
        ...shareCaveat(rows - known - undated, rows, noun, ['is', 'are'], authoredLater),
        ...smallSampleCaveat(known, noun),
      ],
      new Float64Array(rows),
    );
  },
});

const authoredLater = 'left out: authored after the deployment, by a clock that was wrong.';
