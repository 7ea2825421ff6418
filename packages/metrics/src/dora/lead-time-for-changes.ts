import { defineMetric } from '@adjutant/core/domain';
import { botDurationCaveat, shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { durationPart, isKnown, medianHours } from '../durations.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';

export const leadTimeForChanges = defineMetric({
  id: 'lead_time_for_changes',
  title: 'Lead time for changes',
  unit: 'hours',
  definition:
    'Elapsed time from the first authored commit of a pull request, or its opening where that is earlier or the commit is unknown, to the end of the deployment that first carried it. One value per pull request; it belongs to the week of that deployment. The parts are its stages. Stages add up within each pull request; their medians do not add up to the median of the whole.',
  source: 'DORA, change lead time: https://dora.dev/guides/dora-metrics/',
  version: 1,
  subject: 'pull_request',
  columns: [
    'totalMs',
    'codingMs',
    'pickupMs',
    'reviewMs',
    'deployMs',
    'unattributedMs',
    'deployedAt',
    'openedAt',
    'firstCommitAt',
    'deploymentMethod',
    'authorIsBot',
  ],
  windowColumn: 'deployedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const rows = columns.length;
    const totals = columns.totalMs;
    const scratch = new Float64Array(rows);
    let known = 0;
    let withoutCommit = 0;
    let withoutOpening = 0;
    let byTime = 0;
    for (let row = 0; row < rows; row += 1) {
      if (!isKnown(totals, row)) continue;
      known += 1;
      if (columns.firstCommitAt[row] === null) withoutCommit += 1;
      if (columns.openedAt[row] === null) withoutOpening += 1;
      if (columns.deploymentMethod[row] === 'time') byTime += 1;
    }
    if (known === 0) {
      return unknownOutcome(
        rows === 0
          ? 'No pull request is known to have been deployed in this window: none was, or no source shows deployments.'
          : 'Pull requests were deployed in this window, but of none is the beginning known, or each was deployed before its merge.',
      );
    }
    const noun = 'pull request';
    const haveNo = ['has', 'have'] as const;
    const outcome = durationOutcome(
      totals,
      columns.deployedAt,
      window,
      now,
      [
        ...shareCaveat(rows - known, rows, noun, ['is', 'are'], beginningUnknown),
        ...shareCaveat(withoutCommit, known, noun, haveNo, commitUnknown),
        ...shareCaveat(withoutOpening, known, noun, haveNo, openingUnknown),
        ...shareCaveat(byTime, known, noun, ['was', 'were'], matchedByTime),
        ...botDurationCaveat(columns.authorIsBot, totals, scratch),
        ...smallSampleCaveat(known, noun),
      ],
      scratch,
    );
    outcome.parts = [
      durationPart('coding', 'Coding', columns.codingMs, scratch),
      durationPart('pickup', 'Waiting for a first answer', columns.pickupMs, scratch),
      durationPart('review', 'Review', columns.reviewMs, scratch),
      durationPart('deploy', 'Merge to deployment', columns.deployMs, scratch),
      durationPart('unattributed', 'Not attributed', columns.unattributedMs, scratch),
    ];
    return outcome;
  },
  computeValue: ({ columns }) => medianHours(columns.totalMs),
});

const beginningUnknown =
  'left out: the beginning is unknown, or the deployment came before the merge.';
const commitUnknown =
  'no known first commit: coding is unknown and the time counts from the opening.';
const openingUnknown =
  'no known opening: the time counts from the first commit, and the stages before the merge are not attributed.';
const matchedByTime = 'matched to a deployment by time alone, which can be wrong.';
