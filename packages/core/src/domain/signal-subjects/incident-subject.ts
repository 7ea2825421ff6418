import { z } from 'zod';
import { countField, hoursField, instantField, subjectFields } from './subject-fields.ts';

/** An incident that is open, or was resolved in the last thirty days. */
export const incidentSubjectSchema = z.object({
  ...subjectFields,
  service: z.string().nullable().describe('The service that broke'),
  severity: z.string().nullable().describe('As its source calls it: text from outside'),
  isSevere: z.boolean().describe('Whether the severity is of the two highest, or high urgency'),
  isExternal: z.boolean().describe('Whether it came from outside of what the teams own'),
  isOpen: z.boolean().describe('Whether it is not resolved'),
  isAcknowledged: z.boolean().describe('Whether somebody took it'),
  hasLead: z.boolean().nullable().describe('Whether somebody is named to lead it'),
  createdAt: instantField.describe('When it began'),
  openHours: hoursField.describe('Hours that it is, or was, open'),
  resolvedAt: instantField.describe('When it was resolved'),
  resolvedWeekdayHours: hoursField.describe(
    'Hours since it was resolved, Saturdays and Sundays left out',
  ),
  followUpCount: countField.describe('Work items that were written for what follows from it'),
  openFollowUpCount: countField.describe('Those of them that are not done'),
  similarCount: countField.describe('Incidents of the same service in the thirty days before it'),
});
export type IncidentSubject = z.infer<typeof incidentSubjectSchema>;
