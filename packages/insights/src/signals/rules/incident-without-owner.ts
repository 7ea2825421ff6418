import { defineSignal, type IncidentSubject, type SuggestedAction } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';

/** An incident that nobody has taken. */
export const incidentWithoutOwner = defineSignal(
  {
    id: 'incident-without-owner',
    version: 1,
    title: 'Incident without owner',
    description:
      'An open incident that nobody has taken and nobody is named to lead: a severe one for more than 15 minutes, any other for more than an hour, by day and by night. One that came from outside of what the teams own is not theirs to take. It is over once somebody takes or leads it, or it is resolved.',
    subject: 'incident',
    severity: 'medium',
    params: z.object({
      severeMinutes: z
        .number()
        .positive()
        .default(15)
        .describe(
          'Minutes of a severe one; 15, because within that most rotations call the next person',
        ),
      otherMinutes: z
        .number()
        .positive()
        .default(60)
        .describe('Minutes of any other; 60, because nobody is woken for it'),
    }),
    evaluate(incident, { params }) {
      if (!incident.isOpen || incident.isExternal) return null;
      if (incident.isAcknowledged === true || incident.hasLead === true) return null;
      if (incident.createdAt === null || incident.openHours === null) {
        return { unknown: 'its source does not show when it began' };
      }
      const minutes = incident.isSevere ? params.severeMinutes : params.otherMinutes;
      if (incident.openHours * 60 <= minutes) return null;
      if (incident.isAcknowledged === null) {
        return { unknown: 'its source does not show whether somebody took an incident' };
      }
      const open = incident.openHours;
      const spoken = open < 1 ? `more than ${minutes} minutes` : spokenHours(open);
      return {
        since: incident.createdAt,
        severity: incident.isSevere ? 'high' : 'medium',
        sentence: `Nobody has taken incident ${incident.key} for ${spoken}.`,
        facts: { openHours: Math.floor(open), isSevere: incident.isSevere },
      };
    },
    suggest: (incident) => (incident.isSevere ? page(incident) : []),
  },
  'shipped',
);

/** An id such as PagerDuty gives its services; other sources page nobody. */
const serviceId = /^[A-Za-z0-9]{1,40}$/;

function page({ source, service, key }: IncidentSubject): SuggestedAction[] {
  if (source !== 'pagerduty' || service === null || !serviceId.test(service)) return [];
  const summary = `Nobody has taken incident ${key}`;
  return [
    {
      type: 'incident.page',
      payload: { service, summary, severity: 'critical' },
      why: 'Pages whoever is on call for the service once more.',
    },
  ];
}
