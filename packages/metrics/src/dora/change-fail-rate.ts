import { defineMetric } from '@adjutant/core/domain';
import { counted as countOf, smallSampleCaveat } from '../caveats.ts';
import {
  countedDeployments,
  isFailed,
  linkCaveats,
  noIncidentSource,
  noSuccessfulDeployment,
} from '../counted-deployments.ts';
import { unknownOutcome } from '../outcome.ts';
import { shareOutcome } from '../share-outcome.ts';
import { hourMs } from '../week-buckets.ts';

/** How long after a deployment an incident may still be held to come from it by time alone. */
const linkedWithinMs = 72 * hourMs;

export const changeFailRate = defineMetric({
  id: 'change_fail_rate',
  title: 'Change fail rate',
  unit: 'share',
  definition:
    'Successful deployments to production that failed their users, divided by all successful ones. A deployment failed where at least one incident is held to come from it, or where a rollback names it as the one that it took back; however many incidents, it counts once. A rollback that is itself taken back brings the change again and is no second failure. An incident comes from the deployment that its source names, else from the latest successful one of the same service at most 72 hours before it; otherwise it stays unlinked and only a caveat counts it. Incidents marked external never count. A run that failed never reached users and is in pipeline_failure_share. Without a source of incidents the figure is unknown, as it is where there are incidents and none of them can be linked.',
  source: 'DORA, change fail rate: https://dora.dev/guides/dora-metrics/',
  version: 2,
  subject: 'deployment',
  columns: ['environment', 'result', 'finishedAt', 'incidentCount', 'incidentLink', 'rolledBackAt'],
  windowColumn: 'finishedAt',
  alsoShown: ['incident'],
  better: 'lower',
  compute({ columns, window, now, shown, unlinkedIncidents }) {
    if (shown.incident !== true) return unknownOutcome(noIncidentSource);
    const { counted, caveats } = countedDeployments(columns, ['success']);
    if (counted.length === 0) return unknownOutcome(noSuccessfulDeployment);
    const failed = counted.filter((row) => isFailed(columns, row));
    if (failed.length === 0 && unlinkedIncidents !== null && unlinkedIncidents > 0) {
      return unknownOutcome(
        `No incident can be linked to a deployment, but there ${unlinkedIncidents === 1 ? 'is' : 'are'} ${countOf(unlinkedIncidents, 'incident')} in this window: name the deployment or the service of each, or look at revert_share as a proxy.`,
      );
    }
    const young = counted.filter(
      (row) => (columns.finishedAt[row] ?? 0) > now - linkedWithinMs && !isFailed(columns, row),
    ).length;
    const isPart = (row: number): boolean => isFailed(columns, row);
    return shareOutcome({ counted, isPart, instants: columns.finishedAt }, window, now, [
      ...caveats,
      ...linkCaveats(columns, failed, unlinkedIncidents),
      ...(young > 0
        ? [`${countOf(young, 'deployment')} ended within the last 72 hours and may still fail.`]
        : []),
      ...smallSampleCaveat(counted.length, 'deployment'),
    ]);
  },
  computeValue({ columns, shown, unlinkedIncidents }) {
    if (shown.incident !== true) return null;
    const { counted } = countedDeployments(columns, ['success']);
    const failed = counted.filter((row) => isFailed(columns, row)).length;
    if (counted.length === 0 || (failed === 0 && (unlinkedIncidents ?? 0) > 0)) return null;
    return failed / counted.length;
  },
});
