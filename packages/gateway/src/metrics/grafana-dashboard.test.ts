import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DeliveryWorld, openDeliveryWorld } from './testing/delivery-world.ts';
import { readSeries, type Series } from './testing/read-exposition.ts';

const file = new URL('../../../../docs/operations/grafana/adjutant.json', import.meta.url);

// What of Grafana's published schema (the kind `dashboard`, in CUE) the file uses, with its bounds.
const input = '${DS_PROMETHEUS}';
const datasourceSchema = z.strictObject({ type: z.literal('prometheus'), uid: z.literal(input) });
const gridSchema = z.strictObject({
  h: z.int().positive(),
  w: z.int().positive().max(24),
  x: z.int().min(0).max(23),
  y: z.int().min(0),
});
const rowSchema = z.strictObject({
  type: z.literal('row'),
  id: z.int().positive(),
  title: z.string().min(1),
  collapsed: z.boolean(),
  gridPos: gridSchema,
  panels: z.array(z.never()),
});
const targetSchema = z.strictObject({
  refId: z.string().regex(/^[A-Z]$/),
  datasource: datasourceSchema,
  editorMode: z.enum(['code', 'builder']),
  expr: z.string().min(1),
  legendFormat: z.string().min(1),
  range: z.boolean(),
});
const panelSchema = z.strictObject({
  type: z.enum(['timeseries', 'stat']),
  id: z.int().positive(),
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  datasource: datasourceSchema,
  gridPos: gridSchema,
  fieldConfig: z.strictObject({
    defaults: z.strictObject({
      unit: z.enum(['h', 's', 'ms', 'none', 'percentunit', 'reqps', 'bytes']),
      min: z.number(),
      max: z.number().optional(),
    }),
    overrides: z.array(z.never()),
  }),
  options: z.record(z.string(), z.json()),
  targets: z.array(targetSchema).min(1),
});
const variableSchema = z.strictObject({
  type: z.literal('query'),
  name: z.string(),
  label: z.string(),
  datasource: datasourceSchema,
  definition: z.string(),
  query: z.strictObject({ query: z.string(), refId: z.string() }),
  refresh: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  sort: z.int().min(0).max(8),
  hide: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  includeAll: z.boolean(),
  multi: z.boolean(),
  allValue: z.string(),
  options: z.array(z.never()),
  regex: z.string(),
  skipUrlSync: z.boolean(),
});
const dashboardSchema = z.strictObject({
  __inputs: z.tuple([
    z.strictObject({
      name: z.literal('DS_PROMETHEUS'),
      label: z.string(),
      description: z.string(),
      type: z.literal('datasource'),
      pluginId: z.literal('prometheus'),
      pluginName: z.string(),
    }),
  ]),
  __elements: z.strictObject({}),
  __requires: z.array(
    z.strictObject({
      type: z.enum(['grafana', 'datasource', 'panel']),
      id: z.string(),
      name: z.string(),
      version: z.string(),
    }),
  ),
  // A number belongs to one installation: an import makes its own.
  id: z.null(),
  uid: z.string().min(8).max(40),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  editable: z.boolean(),
  graphTooltip: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  schemaVersion: z.int().min(36).max(65_535),
  version: z.int(),
  refresh: z.string().regex(/^\d+[smhd]$/),
  timezone: z.string(),
  weekStart: z.string(),
  fiscalYearStartMonth: z.int().min(0).max(11),
  liveNow: z.boolean(),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  timepicker: z.strictObject({}),
  annotations: z.strictObject({ list: z.array(z.never()) }),
  links: z.array(z.never()),
  templating: z.strictObject({ list: z.array(variableSchema) }),
  panels: z.array(z.discriminatedUnion('type', [rowSchema, panelSchema])),
});

const dashboard = dashboardSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const panels = dashboard.panels.filter((panel) => panel.type !== 'row');
const queries = panels.flatMap(({ title, targets }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
);

/** What a query asks for: metrics with their matchers, and the labels that it groups by. */
interface AskedFor {
  hasError: boolean;
  selectors: { name: string; matchers: { label: string; operator: string; value: string }[] }[];
  grouping: string[] | null;
}

function askedFor(expr: string): AskedFor {
  const asked: AskedFor = { hasError: false, selectors: [], grouping: null };
  let inGrouping = false;
  const text = ({ from, to }: { from: number; to: number }): string => expr.slice(from, to);
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) asked.hasError = true;
      if (node.name === 'GroupingLabels') {
        inGrouping = true;
        asked.grouping ??= [];
      }
      if (node.name === 'LabelName' && inGrouping) asked.grouping?.push(text(node));
      if (node.name === 'VectorSelector') asked.selectors.push({ name: '', matchers: [] });
      const selector = asked.selectors.at(-1);
      if (node.name === 'Identifier' && selector !== undefined) selector.name = text(node);
      if (node.name === 'UnquotedLabelMatcher') {
        const [, label = '', operator = '', value = ''] =
          /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(text(node)) ?? [];
        selector?.matchers.push({ label, operator, value });
      }
    },
    leave(node) {
      if (node.name === 'GroupingLabels') inGrouping = false;
    },
  });
  return asked;
}

let world: DeliveryWorld;
let series: Series[];
beforeAll(async () => {
  world = await openDeliveryWorld();
  world.metrics.observeRequest({ route: '/actions/:id', method: 'GET', status: 200, seconds: 0.1 });
  world.metrics.observeWebhook({ source: 'github', outcome: 'kept' });
  series = readSeries(await world.metrics.text());
});
afterAll(() => world.close());

describe('the dashboard for Grafana', () => {
  it('gives each panel an id and a place of its own', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });

  it('names every kind of panel that it needs', () => {
    const { __requires: requires } = dashboard;
    const needed = requires.filter(({ type }) => type === 'panel').map(({ id }) => id);
    expect(new Set(panels.map(({ type }) => type))).toEqual(new Set(needed));
  });

  it.each(queries)('$title: $expr asks for what is exported', ({ expr, legendFormat }) => {
    // A variable stands for words of the label, as Grafana puts them in.
    const { hasError, selectors, grouping } = askedFor(expr.replaceAll('$team', '.*'));
    expect(hasError).toBe(false);
    expect(selectors.length).toBeGreaterThan(0);
    const shown = new Set(grouping ?? []);
    for (const { name, matchers } of selectors) {
      const exported = series.filter((one) => one.name === name);
      expect(exported, name).not.toEqual([]);
      const labels = new Set(exported.flatMap((one) => Object.keys(one.labels)));
      for (const { label, operator, value } of matchers) {
        expect([...labels]).toContain(label);
        const values = exported.map((one) => one.labels[label] ?? '');
        const pattern = operator === '=' ? null : new RegExp(`^(?:${value})$`, 'u');
        expect(values.some((one) => (pattern === null ? one === value : pattern.test(one)))).toBe(
          true,
        );
      }
      if (grouping === null) for (const label of labels) shown.add(label);
      else expect([...labels]).toEqual(expect.arrayContaining(grouping));
    }
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      expect([...shown]).toContain(label);
    }
  });

  it('offers the teams that are exported', () => {
    for (const { definition, query } of dashboard.templating.list) {
      expect(query.query).toBe(definition);
      const [, name, label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(definition) ?? [];
      const found = series.filter((one) => one.name === name).map(({ labels }) => labels[label]);
      expect(found).toEqual(expect.arrayContaining(['Payments', 'Search']));
    }
  });

  it.each([
    'adjutant_lead_time_for_changes_hours',
    'adjutant_pull_request_idle_time_hours',
    'adjutant_deployments_per_day',
    'adjutant_change_fail_ratio',
    'adjutant_failed_deployment_recovery_hours',
    'adjutant_sync_staleness_seconds',
    'adjutant_approval_latency_ms',
    'adjutant_http_requests_total',
    'adjutant_http_request_duration_seconds_bucket',
    'adjutant_webhooks_received_total',
    'adjutant_jobs',
    'adjutant_event_loop_delay_seconds',
  ])('has a panel with %s', (name) => {
    expect(
      queries.some(({ expr }) => askedFor(expr).selectors.some((one) => one.name === name)),
    ).toBe(true);
  });

  it('takes a query that is none for an error', () => {
    expect(askedFor('sum(adjutant_jobs').hasError).toBe(true);
    expect(askedFor('sum by (a, b) (x{c="d"})')).toEqual({
      hasError: false,
      grouping: ['a', 'b'],
      selectors: [{ name: 'x', matchers: [{ label: 'c', operator: '=', value: 'd' }] }],
    });
  });
});
