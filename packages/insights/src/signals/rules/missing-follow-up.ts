import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';
import { suggestIssue } from '../suggest-comment.ts';

/** A severe incident that nothing follows from. */
export const missingFollowUp = defineSignal(
  {
    id: 'missing-follow-up',
    version: 1,
    title: 'Follow-up missing',
    description:
      "A severe incident, of what the teams own, that has been resolved for more than five weekdays without any work item that names it: by its id, by its number or by its title. Without such an item what was learnt of it is nobody's to do. It is over once one is written, and thirty days after the incident was resolved.",
    subject: 'incident',
    severity: 'medium',
    params: z.object({
      resolvedHours: z
        .number()
        .positive()
        .default(120)
        .describe(
          'Weekday hours since it was resolved; 120, five weekdays, in which most teams hold their review',
        ),
    }),
    evaluate(incident, { params }) {
      if (incident.isOpen || incident.isExternal || !incident.isSevere) return null;
      const { resolvedAt, resolvedWeekdayHours: hours } = incident;
      if (resolvedAt === null || hours === null || hours <= params.resolvedHours) return null;
      if (incident.followUpCount === null) return { unknown: 'no work items are read' };
      if (incident.followUpCount > 0) return null;
      return {
        since: resolvedAt,
        sentence: `Incident ${incident.key} was resolved ${spokenHours(hours)} ago, weekends left out, and no work item names it.`,
        facts: { resolvedHours: Math.floor(hours) },
      };
    },
    suggest: (incident) =>
      suggestIssue(
        incident.followUpProject,
        {
          title: `Follow-up of incident ${incident.key}`,
          body: `What keeps incident ${incident.key} from happening again, and who does it?`,
        },
        `Opens a work item for what follows from incident ${incident.key}.`,
      ),
  },
  'shipped',
);
