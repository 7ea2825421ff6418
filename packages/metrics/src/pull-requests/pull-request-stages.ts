import { defineMetric } from '@adjutant/core/domain';
import { botDurationCaveat, shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { durationPart, durationsBetween } from '../durations.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';

export const pullRequestStages = defineMetric({
  id: 'pull_request_stages',
  title: 'Pull request stages',
  unit: 'hours',
  definition:
    'Where the time of merged pull requests goes. Coding: first authored commit to the last ready-for-review before the first human answer, else the opening. Pickup: from there to the first review or comment by a human other than the author; an answer after the merge is none. Review: from that answer to the merge. Merge to deployment: to the end of the deployment. Not attributed: what is left of the total, known only where it was deployed. Merge wait, last approval to merge, is the tail of review and is shown beside it, not added. A stage is unknown where one of its ends is. The value is opening to merge; a pull request belongs to the week of its merge.',
  source: 'Own definition, after the stages that DORA-style tools report.',
  version: 1,
  subject: 'pull_request',
  columns: [
    'openedAt',
    'mergedAt',
    'codingMs',
    'pickupMs',
    'reviewMs',
    'mergeWaitMs',
    'deployMs',
    'unattributedMs',
    'authorIsBot',
  ],
  windowColumn: 'mergedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const rows = columns.length;
    if (rows === 0) {
      return unknownOutcome(
        'No merged pull request is known in this window: none was merged, or no source shows merges.',
      );
    }
    const scratch = new Float64Array(rows);
    const parts = [
      durationPart('coding', 'Coding', columns.codingMs, scratch),
      durationPart('pickup', 'Waiting for a first answer', columns.pickupMs, scratch),
      durationPart('review', 'Review', columns.reviewMs, scratch),
      durationPart('merge_wait', 'Merge wait (the end of review)', columns.mergeWaitMs, scratch),
      durationPart('deploy', 'Merge to deployment', columns.deployMs, scratch),
      durationPart('unattributed', 'Not attributed', columns.unattributedMs, scratch),
    ];
    const durations = durationsBetween(columns.openedAt, columns.mergedAt);
    const outcome = durationOutcome(durations, columns.mergedAt, window, now, [], scratch);
    if (outcome.sampleSize === 0 && parts.every((part) => part.sampleSize === 0)) {
      return unknownOutcome(
        'Pull requests were merged in this window, but no source shows their openings, answers or deployments.',
      );
    }
    const noun = 'merged pull request';
    const have = ['has', 'have'] as const;
    const unknownOf = (id: string) =>
      rows - (parts.find((part) => part.id === id)?.sampleSize ?? 0);
    outcome.parts = parts;
    // A row without an opening can still have a stage, so every row made the figure.
    outcome.evidence = everyPosition(rows);
    outcome.caveats = [
      ...shareCaveat(rows - outcome.sampleSize, rows, noun, have, 'no known opening.'),
      ...shareCaveat(unknownOf('coding'), rows, noun, have, 'no known coding time.'),
      ...shareCaveat(unknownOf('pickup'), rows, noun, have, noAnswer),
      ...shareCaveat(unknownOf('deploy'), rows, noun, have, 'no known deployment after the merge.'),
      ...botDurationCaveat(columns.authorIsBot, durations, scratch),
      ...smallSampleCaveat(outcome.sampleSize, noun),
    ];
    return outcome;
  },
});

function everyPosition(rows: number): Uint32Array {
  const positions = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) positions[row] = row;
  return positions;
}

const noAnswer = 'no known human answer before the merge: pickup and review are unknown there.';
