import { narrowToTeam } from '@adjutant/core/ports';
import { teamSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { mayPropose, mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { flagSchema, stretch, team, windowOf } from '../query-parts.ts';
import { ownLoadSchema } from '../schemas/own-load.ts';
import { listOf } from '../schemas/pages.ts';
import { knownRepositorySchema, overviewSchema, syncStatusSchema } from '../schemas/workspace.ts';

/** The workspace as a whole: its teams and repositories, how fresh it is, what lies on oneself. */
export const workspaceRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'overview.get',
    method: 'GET',
    path: '/v1/overview',
    summary: 'Returns a team at one look: people, repositories, open work and its figures.',
    access: mayRead,
    query: z.strictObject({
      ...stretch,
      ...team,
      withDetails: flagSchema.optional().describe('The metrics of detail too.'),
    }),
    status: 200,
    answer: overviewSchema,
    handle: async ({ handle, gateway, query: { team: key, withDetails, ...days } }) => {
      const asked = await narrowToTeam(handle, key);
      const window = windowOf(days, handle, gateway.clock.now());
      return asked.overview({ window, withDetails });
    },
  }),
  defineRoute({
    id: 'teams.list',
    method: 'GET',
    path: '/v1/teams',
    summary: 'Returns all teams.',
    access: mayRead,
    status: 200,
    answer: listOf(teamSchema),
    handle: async ({ handle }) => ({ items: await handle.teams() }),
  }),
  defineRoute({
    id: 'repositories.list',
    method: 'GET',
    path: '/v1/repositories',
    summary: 'Returns the repositories that are counted.',
    access: mayRead,
    query: z.strictObject(team),
    status: 200,
    answer: listOf(knownRepositorySchema),
    handle: async ({ handle, query }) => ({
      items: await (await narrowToTeam(handle, query.team)).repositories(),
    }),
  }),
  defineRoute({
    id: 'sync.get',
    method: 'GET',
    path: '/v1/sync',
    summary: 'Returns how fresh what is stored is, source by source.',
    access: mayRead,
    status: 200,
    answer: syncStatusSchema,
    handle: ({ handle }) => handle.syncStatus(),
  }),
  defineRoute({
    id: 'sync.refresh',
    method: 'POST',
    path: '/v1/sync/refresh',
    summary: 'Asks the worker to look for what is new; two requests are one.',
    access: mayPropose,
    status: 202,
    answer: z.object({ requestId: z.string(), alreadyPending: z.boolean() }),
    handle: ({ handle }) => handle.requestRefresh(),
  }),
  defineRoute({
    id: 'load.get',
    method: 'GET',
    path: '/v1/load',
    summary: 'Returns what lies on whoever asks; nobody can ask it of another.',
    access: mayRead,
    status: 200,
    answer: ownLoadSchema,
    handle: ({ handle }) => handle.load.mine(),
  }),
];
