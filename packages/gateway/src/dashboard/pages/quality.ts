import type { IncidentSummary } from '@adjutant/core';
import {
  countOf,
  formatDay,
  formatHours,
  html,
  partsChart,
  type SafeHtml,
} from '@adjutant/insights';
import { dataTable, inOrder, type TableColumn, tableOrder } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { metricPlot } from '../components/metric-plot.ts';
import { metricStat } from '../components/metric-stat.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { plots } from '../components/plot.ts';
import { workLink } from '../components/query-links.ts';
import { statBand } from '../components/stat-band.ts';
import { nextStepFor, nothingReadYet } from '../components/what-to-connect.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { inTurns } from '../in-turns.ts';
import { compareFigure, type FigureReading, readFigure } from '../read-figure.ts';

const builds = [
  { id: 'build_success_rate', label: 'Builds that succeed' },
  { id: 'build_duration', label: 'Build duration' },
  { id: 'build_queue_time', label: 'Wait in the queue' },
  { id: 'flaky_builds', label: 'Flaky builds' },
] as const;
const failures = [
  { id: 'change_fail_rate', label: 'Change fail rate' },
  { id: 'time_to_restore', label: 'Time to restore' },
  { id: 'time_to_acknowledge', label: 'Time to acknowledge' },
  { id: 'revert_share', label: 'Reverts' },
] as const;
const mostIncidents = 100;
const hourMs = 3_600_000;

const expect =
  'Here will stand how many builds succeed, how long they take and wait, which are flaky, how many changes fail in production, and the incidents with the time until each was over.';

/** Whether builds, changes and services hold. */
export const qualityPage = definePage({
  path: '/quality',
  title: 'Quality',
  role: 'member',
  hasFilters: true,
  async render(call) {
    const all = [...builds, ...failures];
    const readings = await inTurns(all, ({ id }) => readFigure(call, id));
    const meta = readings.find(({ answer }) => answer !== null)?.answer?.meta;
    const empty = meta === undefined ? null : nothingReadYet(meta, expect);
    if (empty !== null) return { body: html`${pageHead('Quality')}${empty}` };
    const comparisons = await inTurns(all, ({ id }) => compareFigure(call, id));
    const stats = all.flatMap(({ label }, place) => {
      const reading = readings[place];
      const comparison = comparisons[place] ?? null;
      return reading === undefined
        ? []
        : [metricStat(reading, { label, query: call.query, comparison })];
    });
    return {
      body: html`${pageHead('Quality', 'Whether builds, changes and services hold.')}${statBand(stats, 'Figures of quality')}${buildPart(call, readings.slice(0, builds.length))}${failurePart(call, readings.slice(builds.length))}${await incidentPart(call)}`,
    };
  },
});

function buildPart(call: PageCall, readings: readonly FigureReading[]): SafeHtml {
  const byPipeline = readings.find(({ metricId }) => metricId === 'build_success_rate');
  const drawn = [
    ...readings.map((reading) => metricPlot(call, reading)),
    ...((byPipeline?.answer?.parts.length ?? 0) > 1 && byPipeline !== undefined
      ? [
          metricPlot(call, byPipeline, {
            title: 'Builds that succeed, by pipeline',
            caveats: false,
            draw: (id, { title, unit, parts }) => partsChart({ id, title, unit, parts }),
          }),
        ]
      : []),
  ];
  return pageSection({ id: 'builds', title: 'Builds' }, plots(drawn));
}

function failurePart(call: PageCall, readings: readonly FigureReading[]): SafeHtml {
  return pageSection(
    { id: 'failures', title: 'Failures in production and what was taken back' },
    plots(readings.map((reading) => metricPlot(call, reading))),
  );
}

const columns: readonly TableColumn[] = [
  { id: 'key', title: 'Incident' },
  { id: 'title', title: 'Title' },
  { id: 'service', title: 'Service', isSortable: true },
  { id: 'severity', title: 'Severity', isSortable: true },
  { id: 'began', title: 'Began', isSortable: true },
  { id: 'restored', title: 'Restored in', isNumber: true, isSortable: true },
];

/** Open ones and those of the last thirty days: a list of what happened, whatever the range is. */
async function incidentPart({ handle, url }: PageCall): Promise<SafeHtml> {
  const incidents = await handle.incidents.list({ limit: mostIncidents });
  const heading = {
    id: 'incidents',
    title: 'Incidents',
    lead: 'Open ones, and all that began in the last 30 days.',
  };
  if (incidents.length === 0) {
    return pageSection(
      heading,
      emptyState({
        title: 'No incident',
        expect:
          'Incidents will be listed here with their service, severity and the time until each was over.',
        next: nextStepFor('incident'),
      }),
    );
  }
  const order = tableOrder(url, columns, { column: 'began', direction: 'descending' });
  const rows = inOrder(incidents, order, (incident) => sortValue(incident, order.column)).map(
    (incident) => [
      html`<a href="${workLink(incident.id)}"><bdi>${incident.key}</bdi></a>`,
      html`<bdi class="wide-cell">${incident.title}</bdi>`,
      incident.service === null ? null : html`<bdi>${incident.service}</bdi>`,
      incident.severity === null ? null : html`<bdi>${incident.severity}</bdi>`,
      formatDay(incident.createdAt, handle.timeZone),
      incident.resolvedAt === null
        ? html`<strong>open</strong>`
        : formatHours(hoursOf(incident) ?? 0),
    ],
  );
  return pageSection(heading, [
    dataTable({
      id: 'incident-table',
      caption: countOf(incidents.length, 'incident'),
      columns,
      rows,
      order,
      url,
      hasFilter: true,
    }),
  ]);
}

function hoursOf({ createdAt, resolvedAt }: IncidentSummary): number | null {
  return resolvedAt === null ? null : (resolvedAt - createdAt) / hourMs;
}

function sortValue(incident: IncidentSummary, column: string): string | number | null {
  if (column === 'service') return incident.service;
  if (column === 'severity') return incident.severity;
  return column === 'restored' ? hoursOf(incident) : incident.createdAt;
}
