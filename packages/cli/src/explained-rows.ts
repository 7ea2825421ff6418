import type { ExplainedRow } from '@adjutant/core';
import {
  formatHours,
  formatMinute,
  formatNumber,
  plainText,
  terminalWidth,
} from '@adjutant/insights';
import type { Output } from './output.ts';
import { type Column, renderTable } from './table.ts';

const hourMs = 3_600_000;
const keyColumns = 14;
const titleColumns = 26;
const gapColumns = 2;

type Value = ExplainedRow['values'][string];

/** Returns rows behind a figure as a table: what each is, and the columns that were read as far as they fit. */
export function explainedRowsTable(rows: readonly ExplainedRow[], output: Output): string {
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const columns: Column[] = [
    { title: 'row', width: keyColumns },
    { title: 'title', width: titleColumns },
  ];
  let room = output.columns - keyColumns - titleColumns - gapColumns;
  const shown = names.filter((name) => {
    const title = columnTitle(name);
    const cells = rows.map(({ values }) => terminalWidth(formatCell(name, values[name] ?? null)));
    const width = Math.max(terminalWidth(title), ...cells) + gapColumns;
    if (width > room) return false;
    room -= width;
    columns.push({ title, align: /(Ms|Count)$/.test(name) ? 'right' : 'left' });
    return true;
  });
  const body = rows.map(({ key, title, values }) => [
    plainText(key, keyColumns),
    plainText(title, 200),
    ...shown.map((name) => formatCell(name, values[name] ?? null)),
  ]);
  return renderTable(output, columns, body);
}

/** `releaseWaitMs` reads "release wait". */
function columnTitle(name: string): string {
  return name.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What a column holds stands in its name: instants end in At, durations in Ms. */
function formatCell(name: string, value: Value): string {
  if (value === null) return 'unknown';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return plainText(value, 40);
  if (name.endsWith('At')) return formatMinute(value);
  return name.endsWith('Ms') ? formatHours(value / hourMs) : formatNumber(value, 1);
}
