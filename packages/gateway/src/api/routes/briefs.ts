import { startOfDay } from '@adjutant/core/ports';
import { briefKindSchema, briefSchema, buildBrief, renderBriefMarkdown } from '@adjutant/insights';
import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { daySchema, rowIdSchema, team } from '../query-parts.ts';

/** What somebody should know, in the order in which it matters. */
export const briefRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'briefs.get',
    method: 'GET',
    path: '/v1/briefs/{kind}',
    summary: 'Returns a brief, each line with the rows that it follows from.',
    access: mayRead,
    parameters: z.object({ kind: briefKindSchema }),
    query: z.strictObject({
      format: z.enum(['json', 'markdown']).optional(),
      from: daySchema.optional().describe('Looks back to this day.'),
      incident: rowIdSchema.optional().describe('For the kind incident: which one.'),
      ...team,
    }),
    status: 200,
    answer: briefSchema,
    text: {
      mediaType: 'text/markdown',
      isWanted: ({ format }) => format === 'markdown',
      render: renderBriefMarkdown,
    },
    handle: ({ handle, parameters: { kind }, query: { from, incident, team: key } }) => {
      const start = from === undefined ? undefined : startOfDay(from, handle.timeZone);
      return buildBrief(handle, { kind, team: key, from: start, incident });
    },
  }),
];
