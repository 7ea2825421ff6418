import { reportVisibilitySchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { mayChange, mayRead, mayReport } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { daySchema, paging, rowIdSchema } from '../query-parts.ts';
import { plainPageOf } from '../schemas/pages.ts';
import { reportSummarySchema, reportViewSchema, submittedReportSchema } from '../schemas/report.ts';

const path = '/v1/reports';
const parameters = z.object({ id: rowIdSchema });
const words = z.string().max(20_000).nullable().optional();

/** What people say of their days: private until they share it. */
export const reportRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'reports.list',
    method: 'GET',
    path,
    summary: 'Returns one’s own reports and those that colleagues shared, the newest day first.',
    access: mayRead,
    query: z.strictObject({
      of: z.string().min(1).max(200).optional().describe('`me`, or the id of a person.'),
      fromDay: daySchema.optional(),
      toDay: daySchema.optional().describe('Last day inside.'),
      visibility: reportVisibilitySchema.optional(),
      ...paging,
    }),
    status: 200,
    answer: plainPageOf(reportSummarySchema),
    handle: ({ handle, query: { of, ...query } }) =>
      handle.reports.list({
        ...query,
        of: of === undefined || of === 'me' ? of : { personId: of },
      }),
  }),
  defineRoute({
    id: 'reports.submit',
    method: 'POST',
    path,
    summary: 'Keeps what somebody says of a day; again for the same day makes a new revision.',
    access: mayReport,
    body: z.strictObject({
      day: daySchema.optional(),
      did: words,
      next: words,
      blockers: words,
      visibility: reportVisibilitySchema.optional(),
    }),
    status: 201,
    answer: submittedReportSchema,
    handle: ({ handle, body }) => handle.reports.submit({ ...body, via: 'http' }),
  }),
  defineRoute({
    id: 'reports.get',
    method: 'GET',
    path: `${path}/{id}`,
    summary: 'Returns one report; for its author with what it said before.',
    access: mayRead,
    parameters,
    status: 200,
    answer: reportViewSchema,
    handle: ({ handle, parameters: { id } }) => handle.reports.get(id),
  }),
  defineRoute({
    id: 'reports.delete',
    method: 'DELETE',
    path: `${path}/{id}`,
    summary: 'Removes a report of one’s own, with everything that it said before.',
    access: mayChange,
    parameters,
    status: 204,
    answer: null,
    handle: ({ handle, parameters: { id } }) => handle.reports.delete(id),
  }),
];
