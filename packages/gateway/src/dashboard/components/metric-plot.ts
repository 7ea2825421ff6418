import type { MetricAnswer } from '@adjutant/core';
import type { MetricSubject } from '@adjutant/core/domain';
import {
  type Chart,
  formatFigure,
  formatNumber,
  html,
  metricChart,
  type SafeHtml,
} from '@adjutant/insights';
import type { PageCall } from '../define-page.ts';
import type { FigureReading } from '../read-figure.ts';
import { freshnessOf, plot } from './plot.ts';
import { linkTo, metricLink } from './query-links.ts';
import { insteadOfChart, refusedFigure } from './what-to-connect.ts';

/** How a figure is drawn where that is not its course over time. */
export type DrawMetric = (id: string, answer: MetricAnswer) => Chart | null;

/** Returns a figure drawn, with its number that leads to its rows, or why there is none. */
export function metricPlot(
  call: PageCall,
  reading: FigureReading,
  options: { title?: string; draw?: DrawMetric; caveats?: boolean } = {},
): SafeHtml {
  const { handle, query, url } = call;
  const { metricId } = reading;
  const definition = handle.listMetrics().find(({ id }) => id === metricId);
  const title = options.title ?? definition?.title ?? metricId;
  if (reading.answer === null) {
    return refusedFigure(
      title,
      reading.refused,
      linkTo(url.pathname, { ...query, repository: null }),
    );
  }
  const { answer } = reading;
  const chart = (options.draw ?? metricChart)(`chart-${metricId}${suffix(options.title)}`, answer);
  return plot({
    title,
    figure: figureLink(answer, metricLink(metricId, query)),
    chart,
    instead: insteadOfChart({
      metricId,
      reason: answer.caveats[0] ?? null,
      subject: definition?.subject ?? null,
      isKnown: answer.value !== null,
      longer: linkTo(url.pathname, { ...query, days: 90, isUsualRange: false }),
    }),
    caveats: options.caveats === false || chart === null ? [] : answer.caveats,
    fresh: freshnessOf(answer),
  });
}

/** Returns the figure and how many rows it stands on, leading to them. */
export function figureLink({ value, unit, sampleSize }: MetricAnswer, href: string): SafeHtml {
  return html`<a href="${href}">${formatFigure(value, unit)}</a> <span>n ${formatNumber(sampleSize)}</span>`;
}

/** Two drawings of one figure need names of their own. */
function suffix(title: string | undefined): string {
  return title === undefined ? '' : `-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}

/** Returns what the rows of a metric are; null for one that is not known. */
export function subjectOf(call: PageCall, metricId: string): MetricSubject | null {
  return call.handle.listMetrics().find(({ id }) => id === metricId)?.subject ?? null;
}
