import Table from 'cli-table3';
import { cutToWidth } from '@adjutant/insights';
import type { Output } from './output.ts';

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** The most columns it may take. */
  width?: number;
}

/** Returns rows set in columns without lines around them. Cells must be safe to print already. */
export function renderTable(
  output: Output,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    head: columns.map(({ title }) => output.colors.dim(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
  });
  for (const row of rows) {
    table.push(row.map((cell, index) => cutToWidth(cell, columns[index]?.width ?? 200)));
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
