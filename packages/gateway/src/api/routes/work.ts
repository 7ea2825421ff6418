import { z } from 'zod';
import { narrowToTeam } from '@adjutant/core/ports';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { flagSchema, paging, repository, rowIdSchema, team } from '../query-parts.ts';
import { pageOf } from '../schemas/pages.ts';
import { workDetailSchema, workKindSchema, workSummarySchema } from '../schemas/work.ts';

/** Single pieces of work, of every source alike. */
export const workRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'work.list',
    method: 'GET',
    path: '/v1/work',
    summary: 'Returns work of one kind, newest first; pull requests unless told.',
    access: mayRead,
    query: z.strictObject({
      kind: workKindSchema.optional(),
      state: z.string().min(1).max(100).optional(),
      withAiEvidence: flagSchema.optional().describe('Brings the marks of coding tools.'),
      ...repository,
      ...team,
      ...paging,
    }),
    status: 200,
    answer: pageOf(workSummarySchema),
    handle: async ({ handle, query: { team: key, ...query } }) =>
      (await narrowToTeam(handle, key)).listWork(query),
  }),
  defineRoute({
    id: 'work.get',
    method: 'GET',
    path: '/v1/work/{id}',
    summary: 'Returns one piece of work with what happened to it.',
    access: mayRead,
    parameters: z.object({ id: rowIdSchema }),
    status: 200,
    answer: workDetailSchema,
    handle: ({ handle, parameters: { id } }) => handle.getWork(id),
  }),
];
