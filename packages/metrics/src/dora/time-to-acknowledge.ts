import { defineMetric } from '@adjutant/core/domain';
import { incidentDurations } from '../incident-durations.ts';

export const timeToAcknowledge = defineMetric({
  id: 'time_to_acknowledge',
  aliases: ['mtta'],
  title: 'Time to acknowledge',
  unit: 'hours',
  definition:
    'Elapsed time from the beginning of an incident, as its source dates it, until somebody acknowledged it: one value for each incident that began in the window and is not marked external. An incident that shows no acknowledgement has no value and is told beside, also where it was resolved without one. An incident belongs to a service: a figure of one repository counts those of the services that are built or deployed from it.',
  source: 'Own definition, in the manner of time to restore.',
  version: 1,
  subject: 'incident',
  columns: ['createdAt', 'acknowledgedAt', 'isExternal', 'linkMethod'],
  windowColumn: 'createdAt',
  alsoShown: ['incident'],
  better: 'lower',
  isDetail: true,
  compute: ({ columns, window, now, shown }) =>
    incidentDurations({
      columns,
      ends: columns.acknowledgedAt,
      window,
      now,
      isShown: shown.incident === true,
      withoutEnd: 'not known to be acknowledged',
    }),
});
