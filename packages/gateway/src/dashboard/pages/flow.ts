import type { MetricAnswer } from '@adjutant/core';
import {
  agingChart,
  areaChart,
  type Chart,
  type ChartLevel,
  html,
  type SafeHtml,
  scatterChart,
} from '@adjutant/insights';
import { forecastPart } from '../components/forecast-part.ts';
import { metricPlot } from '../components/metric-plot.ts';
import { metricStat } from '../components/metric-stat.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { plots } from '../components/plot.ts';
import { workLink } from '../components/query-links.ts';
import { statBand } from '../components/stat-band.ts';
import { nothingReadYet } from '../components/what-to-connect.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { inTurns } from '../in-turns.ts';
import { compareFigure, type FigureReading, readFigure } from '../read-figure.ts';
import { numberOf, readRows, type RowsRead } from '../read-rows.ts';

const hourMs = 3_600_000;
const mostDots = 1_000;
const mostItems = 200;

const banded = [
  { id: 'wip', label: 'In progress now' },
  { id: 'cycle_time', label: 'Cycle time' },
  { id: 'work_item_throughput', label: 'Finished' },
  { id: 'work_item_age', label: 'Age of what is in progress' },
  { id: 'flow_efficiency', label: 'Flow efficiency' },
] as const;

const expect =
  'Here will stand how much is in progress, how long work takes from start to finish, what ages, how work piles up between the steps, and when so many will be done.';

/** How work passes from begun to done. */
export const flowPage = definePage({
  path: '/flow',
  title: 'Flow',
  role: 'member',
  hasFilters: true,
  async render(call) {
    const ids = [...banded.map(({ id }) => id), 'cumulative_flow'];
    const readings = await inTurns(ids, (id) => readFigure(call, id));
    const meta = readings.find(({ answer }) => answer !== null)?.answer?.meta;
    const empty = meta === undefined ? null : nothingReadYet(meta, expect);
    if (empty !== null) return { body: html`${pageHead('Flow')}${empty}` };
    const compared = await inTurns(['cycle_time', 'work_item_throughput'], (id) =>
      compareFigure(call, id),
    );
    const of = (id: string): FigureReading | undefined =>
      readings.find(({ metricId }) => metricId === id);
    const stats = banded.flatMap(({ id, label }) => {
      const reading = of(id);
      const comparison = compared.find((one) => one?.metricId === id) ?? null;
      return reading === undefined
        ? []
        : [metricStat(reading, { label, query: call.query, comparison })];
    });
    return {
      body: html`${pageHead('Flow', 'How work passes from begun to done.')}${statBand(stats, 'Figures of flow')}${await itemPart(call, of)}${coursePart(call, of)}${await forecastPart(call)}`,
    };
  },
});

type ReadingOf = (id: string) => FigureReading | undefined;

/** Item by item: each dot is one, with the times within which others were done. */
async function itemPart(call: PageCall, of: ReadingOf): Promise<SafeHtml> {
  const [age, cycle] = [of('work_item_age'), of('cycle_time')];
  const levels = levelsOf(cycle);
  const running = hasRows(age) ? await readRows(call, 'work_item_age', mostItems) : null;
  const finished = hasRows(cycle) ? await readRows(call, 'cycle_time', mostDots) : null;
  const statuses = running === null ? new Map<string, string>() : await statusById(call);
  const drawn = [
    ...(age === undefined
      ? []
      : [
          metricPlot(call, age, {
            title: 'Age of what is in progress, by status',
            draw: (id) => aging(id, running, statuses, levels),
          }),
        ]),
    ...(cycle === undefined
      ? []
      : [
          metricPlot(call, cycle, {
            title: 'Cycle time of each finished item',
            draw: (id) => scatter(id, call, finished, levels),
          }),
        ]),
  ];
  return pageSection(
    {
      id: 'items',
      title: 'Item by item',
      lead: 'The lines are the times within which half, 85 and 95 of 100 finished items were done.',
    },
    plots(drawn),
  );
}

function hasRows(reading: FigureReading | undefined): boolean {
  return (reading?.answer?.sampleSize ?? 0) > 0;
}

function levelsOf(cycle: FigureReading | undefined): ChartLevel[] {
  const parts = cycle?.answer?.parts ?? [];
  return parts.flatMap(({ id, value }) => {
    const percent = /^sle_(\d+)$/.exec(id)?.[1];
    return percent === undefined || value === null ? [] : [{ label: `p${percent}`, value }];
  });
}

async function statusById({ handle }: PageCall): Promise<Map<string, string>> {
  const subjects = await handle.signals.subjects('work_item');
  return new Map(subjects.flatMap(({ id, status }) => (status === null ? [] : [[id, status]])));
}

function aging(
  id: string,
  read: RowsRead | null,
  statuses: ReadonlyMap<string, string>,
  levels: readonly ChartLevel[],
): Chart | null {
  if (read === null) return null;
  const { value: answer, total } = read.explanation;
  const at = Math.min(answer.window.to, answer.meta.asOf);
  const items = read.rows.flatMap((row) => {
    const startedAt = numberOf(row, 'startedAt');
    if (startedAt === null) return [];
    const status = statuses.get(row.id) ?? 'status unknown';
    const age = (at - startedAt) / hourMs;
    return [{ label: row.key, title: row.title, status, age, href: workLink(row.id) }];
  });
  return agingChart({ id, title: 'Age', unit: 'hours', items, levels, total });
}

function scatter(
  id: string,
  { handle, query }: PageCall,
  read: RowsRead | null,
  levels: readonly ChartLevel[],
): Chart | null {
  if (read === null) return null;
  const points = read.rows.flatMap((row) => {
    const [startedAt, doneAt] = [numberOf(row, 'startedAt'), numberOf(row, 'doneAt')];
    if (startedAt === null || doneAt === null || doneAt < startedAt) return [];
    return [
      { at: doneAt, value: (doneAt - startedAt) / hourMs, label: row.key, href: workLink(row.id) },
    ];
  });
  const { total } = read.explanation;
  const { timeZone } = handle;
  return scatterChart({
    id,
    title: 'Cycle time',
    unit: 'hours',
    timeZone,
    window: query.window,
    points,
    levels,
    total,
  });
}

function coursePart(call: PageCall, of: ReadingOf): SafeHtml {
  const drawn: { id: string; title?: string; draw?: typeof cumulative }[] = [
    { id: 'cumulative_flow', draw: cumulative },
    { id: 'wip' },
    { id: 'cycle_time' },
    { id: 'work_item_throughput' },
    { id: 'flow_efficiency' },
  ];
  const items = drawn.flatMap(({ id, ...options }) => {
    const reading = of(id);
    return reading === undefined ? [] : [metricPlot(call, reading, options)];
  });
  return pageSection({ id: 'over-time', title: 'Over time' }, plots(items));
}

/** What is done lies at the bottom, what is not begun on top. */
function cumulative(id: string, { title, unit, timeZone, parts }: MetricAnswer): Chart | null {
  const series = parts
    .toReversed()
    .map((part) => ({ id: part.id, label: part.title, points: part.series ?? [] }));
  return areaChart({ id, title, unit, timeZone, series });
}
