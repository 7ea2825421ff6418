import { isOfPeople } from '../../packages/core/src/domain.ts';
import type { allMetrics } from '../../packages/metrics/src/index.ts';
import type { MetricDoc } from './metric-doc.ts';
import { timelineText } from './timeline.ts';

export type Metric = (typeof allMetrics.metrics)[number];

export const unitWords: Record<Metric['unit'], string> = {
  ms: 'milliseconds',
  hours: 'hours',
  days: 'days',
  per_day: 'per day',
  per_week: 'per week',
  count: 'count',
  share: 'share of 1',
};
export const notice =
  '<!-- Written by scripts/generate-metric-docs.ts from the definitions and scripts/metric-docs; edit those, not this page. -->';

/** Returns what the series of a metric is of: weeks, days, or nothing. */
export function seriesWord(metric: Metric, doc: MetricDoc): string {
  if (doc.series !== undefined) return doc.series;
  return metric.windowColumn === null || isOfPeople(metric) ? 'none' : 'weeks';
}

/** Returns the page of one metric. */
export function metricPage(metric: Metric, doc: MetricDoc): string {
  return `${notice}

# ${metric.title}

${doc.answers}

${metric.definition}

${factsOf(metric, doc)}

## Formula

\`\`\`text
${doc.formula}
\`\`\`

## Timeline

![${timelineText(doc.timeline)}](pictures/${metric.id}.svg)

## Edge cases

${listOf(doc.edgeCases)}

## Beside other systems

${differences(doc)}

## How it can mislead

${listOf(doc.canMislead)}

Code: [\`packages/metrics\`](../../packages/metrics/src). Conventions: [all metrics](README.md).
`;
}

function factsOf(metric: Metric, doc: MetricDoc): string {
  const window =
    metric.windowColumn === null
      ? 'every row, as of the instant of the figure'
      : `rows whose \`${metric.windowColumn}\` lies inside ${isOfPeople(metric) ? 'the whole periods of four weeks of the window' : 'the window'}`;
  const rows = [
    ['id', `\`${metric.id}\``],
    ...(metric.aliases === undefined
      ? []
      : [['also asked for as', metric.aliases.map((alias) => `\`${alias}\``).join(', ')]]),
    ['unit', unitWords[metric.unit]],
    ['definition version', String(metric.version)],
    ['one row per', metric.subject.replaceAll('_', ' ')],
    ['window', window],
    ['series', seriesWord(metric, doc)],
    ['columns read', metric.columns.map((column) => `\`${column}\``).join(', ')],
    [
      'wording',
      metric.better === 'neutral'
        ? 'neither direction is called better'
        : `${metric.better} is called better`,
    ],
    ['source', metric.source],
  ];
  const lines = rows.map(([name = '', value = '']) => `| ${name} | ${value} |`);
  return ['| | |', '| --- | --- |', ...lines].join('\n');
}

function differences({ worked, differsFrom }: MetricDoc): string {
  if (worked === undefined && differsFrom.length === 0)
    return 'What was read of other systems says nothing of this figure, so neither does this page.';
  const example =
    worked === undefined ? '' : ` on [example ${worked.example}](README.md#the-examples)`;
  const rows = [
    ...(worked === undefined ? [] : [`| Adjutant | ${worked.shown} | as defined above |`]),
    ...differsFrom.map(({ system, number, why }) => `| ${system} | ${number ?? '–'} | ${why} |`),
  ];
  const text = [`| system | number${example} | why |`, '| --- | --- | --- |', ...rows];
  return [
    ...text,
    '',
    'A dash: its number is not known to us. What was read, and when: [other systems](README.md#other-systems).',
  ].join('\n');
}

function listOf(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}
