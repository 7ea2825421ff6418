import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** Through which door a report came. */
export const reportDoorSchema = z.enum(['sdk', 'cli', 'mcp', 'slack', 'http']);
export type ReportDoor = z.infer<typeof reportDoorSchema>;

/** Who may read a report: its author alone, or the author's colleagues. */
export const reportVisibilitySchema = z.enum(['private', 'team']);
export type ReportVisibility = z.infer<typeof reportVisibilitySchema>;

/** What somebody says of one day of theirs: what was done, what comes next, what is in the way. */
export const progressReportSchema = z.object({
  id: z.string(),
  /** Whoever was signed in, or for whom an assistant wrote it. */
  authorPersonId: z.string(),
  /** The calendar day in the author's zone. */
  day: z.iso.date(),
  timeZone: z.string(),
  did: z.string().nullable(),
  next: z.string().nullable(),
  blockers: z.string().nullable(),
  visibility: reportVisibilitySchema,
  revision: z.number().int(),
  submittedVia: reportDoorSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type ProgressReport = z.infer<typeof progressReportSchema>;
