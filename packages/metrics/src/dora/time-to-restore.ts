import { defineMetric } from '@adjutant/core/domain';
import { incidentDurations } from '../incident-durations.ts';

export const timeToRestore = defineMetric({
  id: 'time_to_restore',
  aliases: ['mttr'],
  title: 'Time to restore',
  unit: 'hours',
  definition:
    'Elapsed time from the beginning of an incident, as its source dates it, until it was resolved: one value for each incident that began in the window and is not marked external, whether or not a deployment caused it. The value is the median, not the mean, so one long outage does not stand for all. What is still open has no value yet and is told beside. It begins at the detection, where failed_deployment_recovery_time begins at the deployment. An incident belongs to a service: a figure of one repository counts those of the services that are built or deployed from it.',
  source:
    'Detection-based time to restore, as DORA asked for it until 2023: https://dora.dev/insights/dora-metrics-history/',
  version: 1,
  subject: 'incident',
  columns: ['createdAt', 'resolvedAt', 'isExternal', 'linkMethod'],
  windowColumn: 'createdAt',
  alsoShown: ['incident'],
  better: 'lower',
  isDetail: true,
  compute: ({ columns, window, now, shown }) =>
    incidentDurations({
      columns,
      ends: columns.resolvedAt,
      window,
      now,
      isShown: shown.incident === true,
      withoutEnd: 'not resolved yet',
    }),
});
