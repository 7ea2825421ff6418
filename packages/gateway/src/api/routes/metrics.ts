import { authorKindSchema, type MetricFilter, workTypeSchema } from '@adjutant/core/domain';
import type { MetricQuery, WorkspaceHandle } from '@adjutant/core';
import { narrowToTeam } from '@adjutant/core/ports';
import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute, type RouteCall } from '../define-route.ts';
import {
  daySchema,
  flagSchema,
  paging,
  repository,
  rowIdSchema,
  severalOf,
  stretch,
  team,
  timeZoneSchema,
  windowBetween,
  windowOf,
} from '../query-parts.ts';
import {
  citationSchema,
  metricAnswerSchema,
  metricComparisonSchema,
  metricDefinitionSchema,
  metricExplanationSchema,
} from '../schemas/metric.ts';
import { listOf } from '../schemas/pages.ts';

const path = '/v1/metrics';
const parameters = z.object({ id: z.string().min(1).max(100).describe('Its id, or an alias.') });

const narrowing = {
  timeZone: timeZoneSchema.optional().describe('Zone of days and weeks.'),
  ...team,
  ...repository,
  service: z.string().min(1).max(400).optional().describe('Key of a service.'),
  label: severalOf(z.string().min(1).max(200), 20),
  workType: severalOf(workTypeSchema, workTypeSchema.options.length),
  person: severalOf(z.string().min(1).max(100), 1_000),
  authors: severalOf(authorKindSchema, 3),
};
const questionSchema = z.strictObject({ ...stretch, ...narrowing });
type Question = z.infer<typeof questionSchema>;

const comparisonSchema = z.strictObject({
  beforeFrom: daySchema,
  beforeTo: daySchema.describe('First day outside.'),
  afterFrom: daySchema,
  afterTo: daySchema.describe('First day outside.'),
  withInterval: flagSchema.optional(),
  ...narrowing,
});

/** Figures with the rows behind them, those of DORA under names of their own among them. */
export const metricRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'metrics.list',
    method: 'GET',
    path,
    summary: 'Returns the metrics there are, with their definitions.',
    access: mayRead,
    status: 200,
    answer: listOf(metricDefinitionSchema),
    handle: async ({ handle }) => ({
      items: handle.listMetrics().map((metric) => ({
        id: metric.id,
        aliases: metric.aliases ?? [],
        title: metric.title,
        unit: metric.unit,
        definition: metric.definition,
        source: metric.source,
        version: metric.version,
        better: metric.better,
        isDetail: metric.isDetail === true,
      })),
    }),
  }),
  dora('lead-time', 'lead_time_for_changes', 'how long a change takes until it is deployed'),
  dora('deployment-frequency', 'deployment_frequency', 'how often is deployed'),
  dora('change-fail-rate', 'change_fail_rate', 'which share of deployments fails'),
  dora('mttr', 'time_to_restore', 'how long it takes to restore what broke'),
  defineRoute({
    id: 'metrics.get',
    method: 'GET',
    path: `${path}/{id}`,
    summary: 'Returns one figure with its definition, sample, gaps and the ids of its rows.',
    access: mayRead,
    parameters,
    query: questionSchema,
    status: 200,
    answer: metricAnswerSchema,
    handle: async ({ parameters: { id }, ...call }) => {
      const { handle, query } = await questionOf(call, id);
      return handle.metric(query);
    },
  }),
  defineRoute({
    id: 'metrics.explain',
    method: 'GET',
    path: `${path}/{id}/explain`,
    summary: 'Returns one figure, a page of the rows behind it, and what was left out.',
    access: mayRead,
    parameters,
    query: questionSchema.extend(paging),
    status: 200,
    answer: metricExplanationSchema,
    handle: async ({ parameters: { id }, ...call }) => {
      const { handle, query } = await questionOf(call, id);
      const { limit, cursor } = call.query;
      return handle.explainMetric({ ...query, limit, cursor });
    },
  }),
  defineRoute({
    id: 'metrics.compare',
    method: 'GET',
    path: `${path}/{id}/compare`,
    summary: 'Returns one figure in two windows, and whether it changed.',
    access: mayRead,
    parameters,
    query: comparisonSchema,
    status: 200,
    answer: metricComparisonSchema,
    handle: async ({ parameters: { id: metricId }, handle, query }) => {
      const zone = query.timeZone ?? handle.timeZone;
      const asked = await narrowToTeam(handle, query.team);
      return asked.compareMetric({
        metricId,
        before: windowBetween(query.beforeFrom, query.beforeTo, zone),
        after: windowBetween(query.afterFrom, query.afterTo, zone),
        timeZone: query.timeZone,
        repository: query.repository,
        filter: filterOf(query),
        withInterval: query.withInterval,
      });
    },
  }),
  defineRoute({
    id: 'citations.get',
    method: 'GET',
    path: '/v1/citations/{id}',
    summary: 'Returns what became of a figure since it was cited, and the rows that differ first.',
    access: mayRead,
    parameters: z.object({ id: rowIdSchema }),
    query: z.strictObject(paging),
    status: 200,
    answer: citationSchema,
    handle: ({ handle, parameters: { id }, query }) => handle.explainCitation(id, query),
  }),
];

/** A figure of DORA under its founding name. */
function dora(name: string, metricId: string, what: string): AnyRoute {
  return defineRoute({
    id: `metrics.dora.${name}`,
    method: 'GET',
    path: `${path}/dora/${name}`,
    summary: `Returns ${what}: the metric ${metricId}.`,
    access: mayRead,
    query: questionSchema,
    status: 200,
    answer: metricAnswerSchema,
    handle: async (call) => {
      const { handle, query } = await questionOf(call, metricId);
      return handle.metric(query);
    },
  });
}

/** The question of an address, and the handle that it is put to. */
async function questionOf(
  call: Pick<RouteCall<unknown, Question, unknown>, 'handle' | 'query' | 'gateway'>,
  metricId: string,
): Promise<{ handle: WorkspaceHandle; query: MetricQuery }> {
  const { query, gateway } = call;
  const zone = { timeZone: query.timeZone ?? call.handle.timeZone };
  return {
    handle: await narrowToTeam(call.handle, query.team),
    query: {
      metricId,
      window: windowOf(query, zone, gateway.clock.now()),
      timeZone: query.timeZone,
      repository: query.repository,
      filter: filterOf(query),
    },
  };
}

function filterOf({
  service,
  label,
  workType,
  person,
  authors,
}: Pick<Question, 'service' | 'label' | 'workType' | 'person' | 'authors'>):
  | MetricFilter
  | undefined {
  const filter: MetricFilter = {
    ...(service === undefined ? {} : { service }),
    ...(label === undefined ? {} : { labels: label }),
    ...(workType === undefined ? {} : { workTypes: workType }),
    ...(person === undefined ? {} : { people: person }),
    ...(authors === undefined ? {} : { authors }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}
