import type { MetricAnswer, MetricExplanation, TeamOverview } from '@adjutant/core';
import {
  formatFigure,
  formatNumber,
  formatWindow,
  plainText,
  wrapToWidth,
} from '@adjutant/insights';
import { bulletLines, freshnessText, gapLines } from './answer-notes.ts';
import { explainedRowsTable } from './explained-rows.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const rowsShown = 20;

/** Returns every figure on a line of its own. */
export function metricListText(overview: TeamOverview, output: Output): string {
  const rows = overview.metrics.map((metric) => [
    metric.metricId,
    formatFigure(metric.value, metric.unit),
    spreadCell(metric.p75, metric.unit),
    spreadCell(metric.p90, metric.unit),
    formatNumber(metric.sampleSize),
  ]);
  const columns = [
    { title: 'metric', width: output.columns - 44 },
    { title: 'figure', align: 'right' as const },
    { title: 'p75', align: 'right' as const },
    { title: 'p90', align: 'right' as const },
    { title: 'n', align: 'right' as const },
  ];
  return [
    `${formatWindow(overview.window, overview.metrics[0]?.timeZone)}. ${freshnessText(overview.meta)}`,
    '',
    renderTable(output, columns, rows),
    ...gapLines({ ...overview.meta, gaps: touchingFirst(overview) }, output),
    '',
    'What one means and which rows made it: adjutant metrics <metric> --explain',
  ].join('\n');
}

/** Returns one figure with its definition, parts, caveats and gaps. */
export function metricText(metric: MetricAnswer, output: Output): string {
  const { colors, columns } = output;
  const isSpread = metric.p75 !== null && metric.p90 !== null;
  const spread = isSpread
    ? `   p75 ${formatFigure(metric.p75, metric.unit)}, p90 ${formatFigure(metric.p90, metric.unit)}`
    : '';
  return [
    `${colors.bold(metric.title)}: ${colors.cyan(formatFigure(metric.value, metric.unit))}   n ${formatNumber(metric.sampleSize)}${spread}`,
    `${formatWindow(metric.window, metric.timeZone)}. ${freshnessText(metric.meta)}`,
    '',
    ...wrapToWidth(metric.definition, columns, 12),
    ...partLines(metric, output),
    ...metric.caveats.flatMap((caveat) => ['', ...bulletLines(plainText(caveat, 400), output)]),
    ...gapLines({ ...metric.meta, gaps: ownGaps(metric) }, output),
    '',
    `Whether it still holds, months later: adjutant explain ${metric.citationId}`,
  ].join('\n');
}

/** Returns the rows behind a figure, those of the first page. */
export function explanationText(page: MetricExplanation, output: Output): string {
  const shown = page.items.slice(0, rowsShown);
  const left = page.total - shown.length;
  return [
    metricText(page.value, output),
    '',
    ...(shown.length === 0
      ? [
          page.value.sampleSize > 0
            ? 'The rows behind this figure are not shown.'
            : 'No row stands behind this figure.',
        ]
      : [explainedRowsTable(shown, output)]),
    ...(left > 0 ? ['', `and ${formatNumber(left)} more rows; --json lists up to 200`] : []),
    ...excludedLines(page),
  ].join('\n');
}

/** Why rows of the window have no part in a figure, in words. */
const excludedBecause: Readonly<Record<MetricExplanation['excluded'][number]['reason'], string>> = {
  written_by_people: 'written by people',
  written_by_coding_agents: 'written by coding agents',
  written_by_service_bots: 'written by service bots',
  written_by_others: 'written by others',
  other_label: 'without the label',
  other_work_type: 'of another work type',
  other_service: 'of another service',
  not_in_figure: 'without what the figure is made of',
  draft: 'drafts until now',
};

function excludedLines({ excluded }: MetricExplanation): string[] {
  if (excluded.length === 0) return [];
  const reasons = excluded.map(
    ({ reason, count }) => `${formatNumber(count)} ${excludedBecause[reason]}`,
  );
  return ['', `Left out: ${reasons.join(', ')}.`];
}

/** A spread that does not belong to a figure is no unknown. */
function spreadCell(value: number | null, unit: MetricAnswer['unit']): string {
  return value === null ? '–' : formatFigure(value, unit);
}

/** All gaps, those that touch a figure first: where there are many, the last ones are not shown. */
function touchingFirst({ metrics, meta }: TeamOverview): TeamOverview['meta']['gaps'] {
  const touching = new Set(metrics.flatMap(({ gaps }) => gaps));
  const isApart = (code: string): number => (touching.has(code) ? 0 : 1);
  return meta.gaps.toSorted((left, right) => isApart(left.code) - isApart(right.code));
}

/** The gaps that touch this figure. */
function ownGaps({ gaps, meta }: MetricAnswer): MetricAnswer['meta']['gaps'] {
  return meta.gaps.filter(({ code }) => gaps.includes(code));
}

function partLines(metric: MetricAnswer, output: Output): string[] {
  if (metric.parts.length === 0) return [];
  const rows = metric.parts.map((part) => [
    `  ${plainText(part.title, 40)}`,
    formatFigure(part.value, part.unit ?? metric.unit),
    `n ${formatNumber(part.sampleSize)}`,
  ]);
  return [
    '',
    renderTable(
      output,
      [{ title: '' }, { title: '', align: 'right' }, { title: '', align: 'right' }],
      rows,
    ),
  ];
}
