import { countOf, html, type SafeHtml } from '@adjutant/insights';
import { metricPlot } from '../components/metric-plot.ts';
import { metricStat } from '../components/metric-stat.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { plots } from '../components/plot.ts';
import { statBand } from '../components/stat-band.ts';
import { nothingReadYet } from '../components/what-to-connect.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { inTurns } from '../in-turns.ts';
import { compareFigure, type FigureReading, readFigure } from '../read-figure.ts';

/** The five figures of DORA, throughput first, and what tells how incidents went. */
const figures = [
  { id: 'lead_time_for_changes', label: 'Lead time for changes' },
  { id: 'deployment_frequency', label: 'Deployment frequency' },
  { id: 'change_fail_rate', label: 'Change fail rate' },
  { id: 'failed_deployment_recovery_time', label: 'Failed deployment recovery' },
  { id: 'deployment_rework_rate', label: 'Deployment rework rate' },
] as const;

const expect =
  'Here will stand how long a change takes to reach production, how often you deploy, how often a deployment fails, how long it takes to recover, and how many deployments are rework, each with its course over time and its change against the range before.';

/** How changes reach production. */
export const deliveryPage = definePage({
  path: '/delivery',
  title: 'Delivery',
  role: 'member',
  hasFilters: true,
  async render(call) {
    const readings = await inTurns(figures, ({ id }) => readFigure(call, id));
    const meta = readings.find(({ answer }) => answer !== null)?.answer?.meta;
    const empty = meta === undefined ? null : nothingReadYet(meta, expect);
    if (empty !== null) return { body: html`${pageHead('Delivery')}${empty}` };
    const comparisons = await inTurns(figures, ({ id }) => compareFigure(call, id));
    const stats = figures.map(({ label }, place) => {
      const reading = readings[place];
      const comparison = comparisons[place] ?? null;
      return reading === undefined
        ? []
        : [metricStat(reading, { label, query: call.query, comparison })];
    });
    const changed = comparisons.filter((one) => one?.change === 'rose' || one?.change === 'fell');
    return {
      body: html`${pageHead('Delivery', lead(changed.length, comparisons))}${statBand(stats.flat(), 'DORA figures')}${overTime(call, readings)}`,
    };
  },
});

function lead(changed: number, comparisons: readonly ({ change: string } | null)[]): SafeHtml {
  const told = comparisons.filter((one) => one !== null && one.change !== 'unknown').length;
  if (told === 0) {
    return html`How changes reach production. Against the range before there is too little to tell a change from chance.`;
  }
  const words =
    changed === 0
      ? 'none changed more than chance would explain'
      : `${changed} changed more than chance would explain`;
  return html`How changes reach production. Of the ${countOf(told, 'figure')} that can be compared with the range before, ${words}.`;
}

function overTime(call: PageCall, readings: readonly FigureReading[]): SafeHtml {
  return pageSection(
    {
      id: 'over-time',
      title: 'Over time',
      lead: 'By week; a question mark is a week of which it is not known.',
    },
    plots(readings.map((reading) => metricPlot(call, reading))),
  );
}
