import { type MetricAnswer, metricColumns, metricRows, toCsv, toJsonLines } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';
import { textLines, writeLines } from './write-lines.ts';

export interface MetricExport {
  format: 'csv' | 'jsonl';
  /** The file to write; standard output without one. */
  out?: string | undefined;
  series: boolean;
  force: boolean;
  repository?: string | undefined;
}

/** Writes figures as a table. @throws AdjutantError `InvalidInput` where a file would be lost */
export async function exportMetrics(
  { io, output }: CommandContext,
  metrics: readonly MetricAnswer[],
  { format, out, series, force, repository }: MetricExport,
): Promise<void> {
  if (out === undefined && output.isJson) {
    throw new AdjutantError('InvalidInput', 'A table is many lines, not one JSON document.', {
      hint: 'Name a file for it with --out, or leave --json or --format out.',
    });
  }
  const rows = metricRows(metrics, { repository, withSeries: series });
  const text = format === 'csv' ? toCsv(metricColumns, rows) : toJsonLines(rows);
  if (out === undefined) {
    io.stdout.write(text);
    return;
  }
  const { path } = await writeLines(io, out, textLines(text), force);
  output.answer({ path, rows: rows.length }, () => `${rows.length} rows written to ${path}.`);
}
