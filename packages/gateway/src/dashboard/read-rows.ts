import type { ExplainedRow, MetricExplanation } from '@adjutant/core';
import type { PageCall } from './define-page.ts';
import { questionOf } from './read-figure.ts';

const rowsAtOnce = 200;

/** Rows behind a figure, as far as they were read. */
export interface RowsRead {
  explanation: MetricExplanation;
  rows: ExplainedRow[];
}

/** Returns the rows behind a figure, page after page, up to a bound. */
export async function readRows(call: PageCall, metricId: string, most: number): Promise<RowsRead> {
  const question = { metricId, ...questionOf(call), limit: Math.min(rowsAtOnce, most) };
  const explanation = await call.handle.explainMetric(question);
  const rows = [...explanation.items];
  let cursor = explanation.nextCursor;
  while (cursor !== null && rows.length < most) {
    const page = await call.handle.explainMetric({ ...question, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return { explanation, rows: rows.slice(0, most) };
}

/** Returns a number of a row; null where it has none. */
export function numberOf({ values }: ExplainedRow, column: string): number | null {
  const value = values[column];
  return typeof value === 'number' ? value : null;
}
