import { sprintSummarySchema } from '@adjutant/core/domain';
import { narrowToTeam } from '@adjutant/core/ports';
import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import {
  daySchema,
  paging,
  repository,
  rowIdSchema,
  stretch,
  team,
  windowOf,
} from '../query-parts.ts';
import { aiAdoptionAnswerSchema, aiImpactAnswerSchema } from '../schemas/ai-impact.ts';
import { forecastAnswerSchema } from '../schemas/forecast.ts';
import { pageOf } from '../schemas/pages.ts';
import { sprintReportSchema, sprintVelocityAnswerSchema } from '../schemas/sprint.ts';

const msPerDay = 86_400_000;
const impactQuery = z.strictObject({ ...stretch, ...repository });

/** Sprints, forecasts, and what the marks of coding tools go together with. */
export const deliveryRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'sprints.list',
    method: 'GET',
    path: '/v1/sprints',
    summary: 'Returns sprints: running ones, those to come, then closed ones, the newest first.',
    access: mayRead,
    query: z.strictObject(paging),
    status: 200,
    answer: pageOf(sprintSummarySchema),
    handle: ({ handle, query }) => handle.sprints.list(query),
  }),
  defineRoute({
    id: 'sprints.velocity',
    method: 'GET',
    path: '/v1/sprints/velocity',
    summary: 'Returns what the last closed sprints completed; the last 5 unless told.',
    access: mayRead,
    query: z.strictObject({ last: z.coerce.number().int().min(1).max(50).optional() }),
    status: 200,
    answer: sprintVelocityAnswerSchema,
    handle: ({ handle, query }) => handle.sprints.velocity(query),
  }),
  defineRoute({
    id: 'sprints.get',
    method: 'GET',
    path: '/v1/sprints/{id}',
    summary: 'Returns one sprint, replayed from what changed of its items.',
    access: mayRead,
    parameters: z.object({ id: rowIdSchema }),
    status: 200,
    answer: sprintReportSchema,
    handle: ({ handle, parameters: { id } }) => handle.sprints.report(id),
  }),
  defineRoute({
    id: 'forecast.get',
    method: 'GET',
    path: '/v1/forecast',
    summary: 'Returns how many pull requests will be merged until a day, or when so many are.',
    access: mayRead,
    query: z.strictObject({
      items: z.coerce.number().int().min(1).max(100_000).optional(),
      until: daySchema.optional().describe('Last day counted, in UTC.'),
      ...repository,
      ...team,
    }),
    status: 200,
    answer: forecastAnswerSchema,
    handle: async ({ handle, query: { team: key, until, ...query } }) =>
      (await narrowToTeam(handle, key)).forecast({
        ...query,
        until: until === undefined ? undefined : Date.parse(until) + msPerDay,
      }),
  }),
  defineRoute({
    id: 'ai-impact.get',
    method: 'GET',
    path: '/v1/ai-impact',
    summary: 'Compares pull requests that were assisted with those declared as made without.',
    access: mayRead,
    query: impactQuery,
    status: 200,
    answer: aiImpactAnswerSchema,
    handle: ({ handle, gateway, query: { repository: name, ...days } }) => {
      const window = windowOf(days, handle, gateway.clock.now());
      return handle.aiImpact.compare({ window, repository: name });
    },
  }),
  defineRoute({
    id: 'ai-impact.adoption',
    method: 'GET',
    path: '/v1/ai-impact/adoption',
    summary: 'Counts merged pull requests by what their marks say, week by week.',
    access: mayRead,
    query: impactQuery,
    status: 200,
    answer: aiAdoptionAnswerSchema,
    handle: ({ handle, gateway, query: { repository: name, ...days } }) => {
      const window = windowOf(days, handle, gateway.clock.now());
      return handle.aiImpact.adoption({ window, repository: name });
    },
  }),
];
