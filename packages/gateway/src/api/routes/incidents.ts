import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { rowIdSchema } from '../query-parts.ts';
import { incidentCourseSchema, incidentSummarySchema } from '../schemas/incident.ts';
import { listOf } from '../schemas/pages.ts';

/** Incidents and their course. */
export const incidentRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'incidents.list',
    method: 'GET',
    path: '/v1/incidents',
    summary: 'Returns incidents that are open, then those of the last thirty days.',
    access: mayRead,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).optional() }),
    status: 200,
    answer: listOf(incidentSummarySchema),
    handle: async ({ handle, query }) => ({ items: await handle.incidents.list(query) }),
  }),
  defineRoute({
    id: 'incidents.get',
    method: 'GET',
    path: '/v1/incidents/{id}',
    summary: 'Returns everything that is known of one incident.',
    access: mayRead,
    parameters: z.object({ id: rowIdSchema }),
    status: 200,
    answer: incidentCourseSchema,
    handle: ({ handle, parameters: { id } }) => handle.incidents.course(id),
  }),
];
