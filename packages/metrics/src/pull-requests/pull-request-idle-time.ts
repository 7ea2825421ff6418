import { defineMetric } from '@adjutant/core/domain';
import { sharePart } from '../counts.ts';
import { leftOut, sampleCaveats, unknownOfMerged } from '../merged-pull-requests.ts';
import { durationOutcome } from '../outcome.ts';

export const pullRequestIdleTime = defineMetric({
  id: 'pull_request_idle_time',
  title: 'Idle time of pull requests',
  unit: 'hours',
  definition:
    'How long nothing happened to a merged pull request: the sum of all stretches of more than 24 hours between two acts, from the opening to the merge. Acts are the opening, a commit authored since, a force-push, a review, comment or request by a person, the author included, a change between draft, ready, closed and open, and the merge; what a bot answers is none, so a reminder does not end the silence. A stretch counts whole, weekends and holidays included: two quiet days from Friday to Monday are idle time too. Time as a draft or closed is left out, and one that was a draft all the time has no known idle time. The value is the median; a known 0 means that no stretch was longer than a day. The part is the share of those. A pull request belongs to the week of its merge.',
  source: 'Own definition, from the events that forges show.',
  version: 1,
  subject: 'pull_request',
  columns: ['idleMs', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const scratch = new Float64Array(rows);
    const idle = columns.idleMs;
    const outcome = durationOutcome(idle, columns.mergedAt, window, now, [], scratch);
    const { sampleSize } = outcome;
    if (sampleSize === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but none shows its opening and a time in which it was ready.',
      );
    }
    let never = 0;
    for (const length of idle) if (length === 0) never += 1;
    outcome.parts = [sharePart('never_idle', 'Never idle for a day', never, sampleSize)];
    outcome.caveats = [
      ...leftOut(rows - sampleSize, rows, ['has', 'have'], noEvents),
      ...sampleCaveats(columns.authorIsBot, idle, scratch, sampleSize),
    ];
    return outcome;
  },
});

const noEvents = 'no known opening, or no time in which it was ready, and no part in the figure.';
