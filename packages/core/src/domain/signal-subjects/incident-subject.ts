import { z } from 'zod';
import { countField, hoursField, instantField, subjectFields } from './subject-fields.ts';

/** An incident that is open, or was resolved in the last thirty days. */
export const incidentSubjectSchema = z.object({
  ...subjectFields,
  source: z.string().describe('The source that tells of it: pagerduty, events …'),
  externalId: z.string().describe('What its source knows it by: text from outside'),
  service: z.string().nullable().describe('The service that broke'),
  severity: z.string().nullable().describe('As its source calls it: text from outside'),
  isSevere: z.boolean().describe('Whether the severity is of the two highest, or high urgency'),
  isExternal: z.boolean().describe('Whether it came from outside of what the teams own'),
  isOpen: z.boolean().describe('Whether it is not resolved'),
  isAcknowledged: z
    .boolean()
    .nullable()
    .describe(
      'Whether somebody took it; unknown where its source showed five incidents that were resolved and none that was ever taken',
    ),
  hasLead: z
    .boolean()
    .nullable()
    .describe('Whether somebody is named to lead it; unknown while no source tells'),
  createdAt: instantField.describe('When it began'),
  openHours: hoursField.describe('Hours that it is, or was, open'),
  resolvedAt: instantField.describe('When it was resolved'),
  resolvedWeekdayHours: hoursField.describe(
    'Hours since it was resolved, Saturdays and Sundays left out',
  ),
  followUpCount: countField.describe(
    'Work items that were created since it began and name it in their key or title: by its id (Q1ABC, INC-42), by its number (Incident 42), or by its whole title; and what people wrote down as its follow-ups, pull requests too. Unknown where no work items are read and nobody wrote any down',
  ),
  openFollowUpCount: countField.describe(
    'Those of them that are not done; unknown where one of them is not read as a work item',
  ),
  followUpIds: z.array(z.string()).describe('Ids of those that are work items'),
  followUpProject: z
    .string()
    .nullable()
    .describe(
      'The project, or repository, in which most follow-ups of these incidents were written',
    ),
  similarCount: countField.describe('Incidents of the same service in the thirty days before it'),
});
export type IncidentSubject = z.infer<typeof incidentSubjectSchema>;
