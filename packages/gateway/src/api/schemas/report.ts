import type { ReportSummary, ReportView, SubmittedReport } from '@adjutant/core';
import {
  calendarDaySchema,
  instantSchema,
  reportDoorSchema,
  reportVisibilitySchema,
} from '@adjutant/core/domain';
import { z } from 'zod';

const words = {
  did: z.string().nullable(),
  next: z.string().nullable(),
  blockers: z.string().nullable(),
};

/** A progress report as it is shown. */
export const reportSummarySchema = z.object({
  id: z.string(),
  day: calendarDaySchema,
  timeZone: z.string(),
  author: z.object({ personId: z.string(), name: z.string() }),
  isOwn: z.boolean(),
  ...words,
  visibility: reportVisibilitySchema,
  revision: z.number().int(),
  submittedVia: reportDoorSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
}) satisfies z.ZodType<ReportSummary>;

const dayWorkSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['commit', 'pull_request', 'work_item']),
      did: z.enum(['committed', 'opened', 'merged', 'reviewed', 'moved']),
      key: z.string(),
      title: z.string(),
      repository: z.string().nullable(),
      at: instantSchema,
    }),
  ),
  unmapped: z.array(
    z.object({
      source: z.string(),
      externalId: z.string(),
      login: z.string().nullable(),
      name: z.string().nullable(),
      repository: z.string(),
    }),
  ),
  syncedAt: instantSchema.nullable(),
  gaps: z.array(z.enum(['author_unmapped', 'accounts_unmapped', 'truncated'])),
}) satisfies z.ZodType<SubmittedReport['work']>;

/** A report that was kept, and the work of that day as it is known now. */
export const submittedReportSchema = reportSummarySchema.extend({
  isNew: z.boolean(),
  maskedSecrets: z.number().int(),
  work: dayWorkSchema,
}) satisfies z.ZodType<SubmittedReport>;

/** A report; for its author with what it said before and the work of that day. */
export const reportViewSchema = reportSummarySchema.extend({
  revisions: z.array(
    z.object({
      revision: z.number().int(),
      ...words,
      submittedVia: reportDoorSchema,
      writtenAt: instantSchema,
    }),
  ),
  work: dayWorkSchema.nullable(),
}) satisfies z.ZodType<ReportView>;
