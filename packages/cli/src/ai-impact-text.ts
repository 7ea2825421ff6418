import type { AiAdoptionAnswer, AiImpactAnswer } from '@adjutant/core';
import {
  countOf,
  formatDay,
  formatHours,
  formatNumber,
  formatShare,
  formatWindow,
  plainText,
  wrapToWidth,
} from '@adjutant/insights';
import { bulletLines, freshnessText, gapLines } from './answer-notes.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const unknown = 'unknown';
const withheld = 'not told';
const right = { align: 'right' as const };

/** Returns what assistance goes together with, what stands beside it, and the classes week by week. */
export function aiImpactText(
  comparison: AiImpactAnswer,
  adoption: AiAdoptionAnswer,
  output: Output,
): string {
  const { window, statement, caveats, gaps, meta } = comparison;
  const weeks =
    window === null || window.from === window.to ? 'No whole week' : formatWindow(window);
  return [
    output.colors.bold('Marks of coding tools on merged pull requests'),
    `${weeks}. ${freshnessText(meta)}`,
    '',
    ...wrapToWidth(statement, output.columns, 6),
    ...countLines(comparison, output),
    ...speedLines(comparison, output),
    ...qualityLines(comparison, output),
    ...strataLines(comparison, output),
    ...caveats.flatMap((caveat) => ['', ...bulletLines(plainText(caveat, 400), output)]),
    ...adoptionLines(adoption, output),
    ...gapLines({ ...meta, gaps: meta.gaps.filter(({ code }) => gaps.includes(code)) }, output),
  ].join('\n');
}

function countLines({ coverage }: AiImpactAnswer, output: Output): string[] {
  const { merged, classes } = coverage;
  const cell = (count: number | undefined): string =>
    count === undefined ? withheld : formatNumber(count);
  const rows = [
    // None that is known is not none that took place.
    ['  merged', merged === 0 ? unknown : formatNumber(merged)],
    ['  assisted', cell(classes?.assisted)],
    ['  declared as made without', cell(classes?.declared_none)],
    ['  by an agent', cell(classes?.agent_authored)],
    ['  no mark: unknown, not human', cell(classes?.unknown)],
  ];
  return ['', renderTable(output, [{ title: '' }, { title: 'n', ...right }], rows)];
}

function speedLines({ arms, speed, measure }: AiImpactAnswer, output: Output): string[] {
  if (speed === null) return [];
  const { assisted, declaredNone } = arms;
  const hours = (value: number | null): string => (value === null ? unknown : formatHours(value));
  const rows = [assisted, declaredNone].map((arm) => [
    arm.id === 'assisted' ? '  assisted' : '  made without',
    formatNumber(arm.withDuration ?? 0),
    formatNumber(arm.people ?? 0),
    hours(arm.medianHours),
    hours(arm.p75Hours),
    hours(arm.p90Hours),
  ]);
  const columns = ['', 'n', 'people', 'median', 'p75', 'p90'].map((title) =>
    title === '' ? { title } : { title, ...right },
  );
  const from = measure === 'opened_to_merge' ? 'opening' : 'first commit';
  const delta =
    speed.cliffsDelta === null ? unknown : formatNumber(speed.cliffsDelta, 2).replace('-', '−');
  return [
    '',
    `From ${from} to merge:`,
    renderTable(output, columns, rows),
    `  Cliff's delta ${delta} (${speed.cliffsDeltaBand ?? unknown}), p ${pText(speed.adjustedPValue)} corrected for several questions`,
  ];
}

function pText(pValue: number | null): string {
  if (pValue === null) return unknown;
  return pValue < 0.001 ? '<0.001' : formatNumber(pValue, 3);
}

function qualityLines({ quality }: AiImpactAnswer, output: Output): string[] {
  if (quality.length === 0) return [];
  type Measure = AiImpactAnswer['quality'][number];
  const cell = ({ value, interval }: Measure['assisted'], unit: Measure['unit']): string => {
    if (value === null) return unknown;
    if (unit === 'count') return formatNumber(value, 1);
    const bounds = interval && ` (${formatShare(interval.low)} to ${formatShare(interval.high)})`;
    return `${formatShare(value)}${bounds ?? ''}`;
  };
  const rows = quality.map(({ title, unit, assisted, declaredNone }) => [
    `  ${title}`,
    cell(assisted, unit),
    cell(declaredNone, unit),
  ]);
  const columns = [
    { title: '' },
    { title: 'assisted', ...right },
    { title: 'made without', ...right },
  ];
  return ['', 'Beside speed:', renderTable(output, columns, rows)];
}

function strataLines({ strata }: AiImpactAnswer, output: Output): string[] {
  if (strata === null || strata.stratifiedDifferenceHours === null) return [];
  const { pooledDifferenceHours, stratifiedDifferenceHours, strata: found } = strata;
  const pooled = signed(pooledDifferenceHours ?? 0);
  const text = `Difference of medians: ${pooled} over all, ${signed(stratifiedDifferenceHours)} within ${countOf(found.length, 'group')} of the same repository, size and type of work.`;
  return ['', ...wrapToWidth(text, output.columns, 6)];
}

function signed(hours: number): string {
  return `${hours < 0 ? '−' : '+'}${formatHours(Math.abs(hours))}`;
}

function adoptionLines({ weeks, caveats }: AiAdoptionAnswer, output: Output): string[] {
  if (weeks.every(({ merged }) => merged === 0)) return [];
  const rows = weeks.map(({ start, merged, classes }) => [
    `  ${formatDay(start)}`,
    formatNumber(merged),
    ...(classes === null
      ? [withheld, '', '', '']
      : [classes.assisted, classes.declared_none, classes.agent_authored, classes.unknown].map(
          (count) => formatNumber(count),
        )),
  ]);
  const titles = ['merged', 'assisted', 'without', 'agent', 'unknown'];
  const columns = [{ title: '  week of' }, ...titles.map((title) => ({ title, ...right }))];
  return [
    '',
    renderTable(output, columns, rows),
    ...caveats.flatMap((caveat) => ['', ...bulletLines(caveat, output)]),
  ];
}
