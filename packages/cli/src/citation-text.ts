import type { CitationExplanation, CitedRow } from '@adjutant/core';
import {
  formatFigure,
  formatMinute,
  formatNumber,
  formatWindow,
  plainText,
  wrapToWidth,
} from '@adjutant/insights';
import { bulletLines, freshnessText, gapLines } from './answer-notes.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const rowsShown = 20;

const verdicts: Record<CitationExplanation['verdict'], string> = {
  same: 'The same',
  changed: 'Changed',
  cannot_tell: 'It cannot be told',
};

const changeWords: Record<NonNullable<CitedRow['change']>, string> = {
  same: 'as then',
  changed: 'other values',
  added: 'more',
  gone: 'no longer there',
};

/** Returns what was cited, what it comes to now, and why that differs. */
export function citationText(explained: CitationExplanation, output: Output): string {
  const { citationId, question, cited, now, verdict, reasons, meta } = explained;
  const { colors } = output;
  const title = now?.title ?? plainText(question.metricId, 100);
  const unit = now?.unit;
  // Without its definition it is not known what the figure is measured in.
  const shown = (value: number | null): string =>
    unit === undefined && value !== null
      ? formatNumber(value, 2)
      : formatFigure(value, unit ?? 'count');
  const figures = [
    ['cited', shown(cited.value), formatNumber(cited.sampleSize), formatMinute(cited.computedAt)],
    ...(now === null ? [] : [['now', shown(now.value), formatNumber(now.sampleSize), '']]),
  ];
  const columns = [
    { title: '' },
    { title: 'figure', align: 'right' as const },
    { title: 'n', align: 'right' as const },
    { title: 'for (UTC)' },
  ];
  const gaps = { ...meta, gaps: meta.gaps.filter(({ code }) => now?.gaps.includes(code)) };
  return [
    `${colors.bold(title)} ${citationId}: ${colors.cyan(verdicts[verdict])}`,
    `${formatWindow(question.window, question.timeZone)}${scopeText(explained)}. ${freshnessText(meta)}`,
    '',
    renderTable(output, columns, figures),
    ...(reasons.length > 0 ? [''] : []),
    ...reasons.flatMap((reason) => bulletLines(plainText(reason, 400), output)),
    ...(now === null ? [] : ['', ...wrapToWidth(now.definition, output.columns, 12)]),
    ...rowLines(explained, output),
    ...gapLines(gaps, output),
  ].join('\n');
}

function scopeText({ question, repository, teamId }: CitationExplanation): string {
  const name = repository ?? question.repository;
  const place = name === undefined ? '' : `, ${plainText(name, 100)}`;
  return teamId === null ? place : `${place}, of one team`;
}

/** Rows that are as they were tell nothing here; --json lists them. */
function rowLines({ items, total }: CitationExplanation, output: Output): string[] {
  const differing = items.filter(({ change }) => change !== null && change !== 'same');
  if (differing.length === 0) return [];
  const rows = differing
    .slice(0, rowsShown)
    .map(({ key, title, change }) => [
      change === null ? '' : changeWords[change],
      plainText(key, 14),
      plainText(title, 200),
    ]);
  const columns = [{ title: '' }, { title: 'row', width: 14 }, { title: 'title', width: 40 }];
  const left = differing.length - rows.length;
  return [
    '',
    renderTable(output, columns, rows),
    ...(left > 0 ? ['', `and more; --json lists ${formatNumber(Math.min(total, 200))} rows`] : []),
  ];
}
