import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';

/** An incident that takes longer than its severity allows. */
export const incidentOpenPastTarget = defineSignal(
  {
    id: 'incident-open-past-target',
    version: 1,
    title: 'Incident open past its target',
    description:
      'An incident that has been open for longer than the target of its severity: four hours where it is severe, a day otherwise, by day and by night. One that came from outside of what the teams own is not theirs to end. It is over once the incident is resolved.',
    subject: 'incident',
    severity: 'medium',
    params: z.object({
      severeHours: z
        .number()
        .positive()
        .default(4)
        .describe('Hours of a severe one; 4, a common target for the two highest severities'),
      otherHours: z
        .number()
        .positive()
        .default(24)
        .describe('Hours of any other; 24, because it should not outlast a day and a night'),
    }),
    evaluate(incident, { params }) {
      if (!incident.isOpen || incident.isExternal) return null;
      if (incident.createdAt === null || incident.openHours === null) {
        return { unknown: 'its source does not show when it began' };
      }
      const target = incident.isSevere ? params.severeHours : params.otherHours;
      if (incident.openHours <= target) return null;
      return {
        since: incident.createdAt,
        severity: incident.isSevere ? 'high' : 'medium',
        sentence: `Incident ${incident.key} has been open for ${spokenHours(incident.openHours)}; its target is ${spokenHours(target)}.`,
        facts: { openHours: Math.floor(incident.openHours), targetHours: target },
      };
    },
  },
  'shipped',
);
