import type { MetricDefinition, MetricSet } from '@adjutant/core/domain';
import { neutralise } from '../answer/neutralise.ts';

const uriPrefix = 'adjutant://metrics/';

/** Where a metric definition is found, for clients that fill in templates. */
export const metricResourceTemplate = {
  uriTemplate: `${uriPrefix}{id}`,
  name: 'metric',
  title: 'Metric definition',
  description: 'What a metric counts, from where to where, and whose definition it follows.',
  mimeType: 'application/json',
};

/** Returns one resource per metric that this server was given. */
export function metricResources({ metrics }: MetricSet) {
  return metrics.map(({ id, title }) => ({
    uri: `${uriPrefix}${id}`,
    name: id,
    title,
    mimeType: 'application/json',
  }));
}

/** Returns the definition behind a URI as JSON; null where there is none. */
export function readMetric(uri: string, { metrics }: MetricSet): string | null {
  const metric = metrics.find(({ id }) => uri === `${uriPrefix}${id}`);
  return metric === undefined ? null : JSON.stringify(neutralise(shown(metric)));
}

function shown(metric: MetricDefinition) {
  const { id, title, unit, definition, source, version, subject, columns, better } = metric;
  return { id, title, unit, definition, source, version, subject, columns: [...columns], better };
}
