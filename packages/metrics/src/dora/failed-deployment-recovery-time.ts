import { defineMetric } from '@adjutant/core/domain';
import { counted as countOf, shareCaveat, smallSampleCaveat } from '../caveats.ts';
import {
  countedDeployments,
  isFailed,
  linkCaveats,
  noIncidentSource,
  noSuccessfulDeployment,
} from '../counted-deployments.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';

export const failedDeploymentRecoveryTime = defineMetric({
  id: 'failed_deployment_recovery_time',
  title: 'Failed deployment recovery time',
  unit: 'hours',
  definition:
    'Elapsed time from the end of a deployment to production that failed its users until the last incident held to come from it was resolved: one value for each failed deployment, whatever number of incidents it caused. Where no incident but a rollback tells of the failure, until the rollback had ended. What is still open has no value yet and is told beside. A value belongs to the week in which the deployment ended. Which deployments failed is known as in change_fail_rate; external incidents never count. time_to_restore begins at the detection instead.',
  source: 'DORA, failed deployment recovery time: https://dora.dev/guides/dora-metrics/',
  version: 2,
  subject: 'deployment',
  columns: [
    'environment',
    'result',
    'finishedAt',
    'incidentCount',
    'incidentLink',
    'restoredAt',
    'rolledBackAt',
  ],
  windowColumn: 'finishedAt',
  alsoShown: ['incident'],
  better: 'lower',
  compute({ columns, window, now, shown, unlinkedIncidents }) {
    if (shown.incident !== true) return unknownOutcome(noIncidentSource);
    const { counted, caveats } = countedDeployments(columns, ['success']);
    if (counted.length === 0) return unknownOutcome(noSuccessfulDeployment);
    const failed = counted.filter((row) => isFailed(columns, row));
    if (failed.length === 0) {
      return unknownOutcome(
        `None of ${countOf(counted.length, 'deployment')} is known to have failed: nothing to recover from.`,
      );
    }
    const durations = new Float64Array(columns.length).fill(Number.NaN);
    let open = 0;
    let backwards = 0;
    for (const row of failed) {
      const byRollback = (columns.incidentCount[row] ?? 0) === 0;
      const end = (byRollback ? columns.rolledBackAt[row] : columns.restoredAt[row]) ?? null;
      const duration = (end ?? Number.NaN) - (columns.finishedAt[row] ?? Number.NaN);
      if (end === null) open += 1;
      else if (duration < 0) backwards += 1;
      else durations[row] = duration;
    }
    const scratch = new Float64Array(columns.length);
    const outcome = durationOutcome(durations, columns.finishedAt, window, now, [], scratch);
    const noun = 'failed deployment';
    const left = [
      ...shareCaveat(open, failed.length, noun, ['has', 'have'], 'not recovered yet: left out.'),
      ...shareCaveat(
        backwards,
        failed.length,
        noun,
        ['is', 'are'],
        'left out: the recovery is dated before the deployment.',
      ),
    ];
    if (outcome.sampleSize === 0) return unknownOutcome(left.join(' '));
    outcome.caveats = [
      ...caveats,
      ...left,
      ...linkCaveats(columns, failed, unlinkedIncidents),
      ...smallSampleCaveat(outcome.sampleSize, noun),
    ];
    return outcome;
  },
});
