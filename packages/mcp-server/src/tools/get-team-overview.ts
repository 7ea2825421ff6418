import { narrowToTeam } from '@adjutant/core/ports';
import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { hoursBefore, leanHours } from '../answer/figures.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { instantText } from '../answer/instant-text.ts';
import { leanMetric, leanMetricSchema } from '../answer/lean-metric.ts';
import { cursorOffset, offsetCursor } from '../answer/offset-cursor.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { dayInput, windowFromDays } from '../answer/window-input.ts';
import { workerSchema } from '../answer/worker.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

/** How a team's delivery stands: start here. */
export const getTeamOverview = defineTool({
  name: 'get_team_overview',
  scope: 'read',
  title: 'Get team overview',
  description:
    'How a team stands: repositories, open work, people counts and delivery metrics of a window (default: recent weeks). Start here.',
  inputSchema: z.strictObject({
    team: z.string().max(100).optional().describe('Team key; default all'),
    from: dayInput.optional(),
    to: dayInput.optional().describe('First day after the window'),
    cursor: pagingInput.cursor,
  }),
  outputSchema: z.object({
    ...freshnessShape,
    team: z.string().nullable(),
    teams: z.array(z.string()),
    from: z.string(),
    to: z.string(),
    humans: z.number(),
    coding_agents: z.number(),
    service_bots: z.number(),
    open_work: z.number().nullable(),
    oldest_open_hours: z.number().nullable(),
    metrics: z.array(leanMetricSchema),
    repositories: z.array(
      z.object({
        name: z.string(),
        merge_style: z.string().nullable(),
        commits: z.number(),
        merged: z.number(),
        last_commit_hours_ago: z.number().nullable(),
      }),
    ),
    repositories_total: z.number(),
    next_cursor: z.string().nullable(),
    worker: workerSchema,
  }),
  annotations: readsStoredRows,
  async handler({ team, from, to, cursor }, workspace) {
    const offset = cursorOffset(cursor);
    const teams = await workspace.teams();
    const narrowed = await narrowToTeam(workspace, team);
    const overview = await narrowed.overview({
      window: windowFromDays(from, to, workspace.timeZone),
    });
    const { people, openWork, repositories, meta } = overview;
    const touching = overview.metrics.flatMap(({ gaps }) => gaps);
    return withinBudget({ asked: undefined, byDefault: 25 }, (limit) => ({
      ...freshness(meta, touching),
      team: overview.team?.name ?? null,
      teams: teams.slice(0, 50).map((known) => known.key),
      from: instantText(overview.window.from),
      to: instantText(overview.window.to),
      humans: people.humans,
      coding_agents: people.codingAgents,
      service_bots: people.serviceBots,
      open_work: openWork.count,
      oldest_open_hours: leanHours(openWork.oldestHours),
      metrics: overview.metrics.map(leanMetric),
      repositories: repositories.slice(offset, offset + limit).map((repository) => ({
        name: repository.fullName ?? repository.name,
        merge_style: repository.mergeStyle,
        commits: repository.commitCount,
        merged: repository.mergedCount,
        last_commit_hours_ago: hoursBefore(repository.lastCommitAt, meta.asOf),
      })),
      repositories_total: repositories.length,
      next_cursor: offsetCursor(offset + limit, repositories.length),
      worker: overview.worker,
    }));
  },
});
