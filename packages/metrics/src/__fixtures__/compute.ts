import type {
  MetricDefinition,
  MetricOutcome,
  MetricSubject,
  SubjectRows,
  Window,
} from '@adjutant/core/domain';

type Row = Readonly<Record<string, unknown>>;

/**
 * Hands rows to a metric as the engine does: only its columns, only rows inside the window. `seal`
 * may freeze each column.
 */
export function computeOver(
  metric: MetricDefinition,
  rows: readonly SubjectRows[MetricSubject][],
  window: Window,
  now = window.to,
  seal: (column: readonly unknown[]) => readonly unknown[] = (column) => column,
): MetricOutcome {
  const cut = metric.windowColumn;
  const inside = cut === null ? rows : rows.filter((row) => isInside((row as Row)[cut], window));
  const columns: Record<string, unknown> = { length: inside.length };
  for (const name of metric.columns) columns[name] = seal(inside.map((row) => (row as Row)[name]));
  return metric.compute({ columns: columns as never, window, now });
}

function isInside(instant: unknown, window: Window): boolean {
  return typeof instant === 'number' && instant >= window.from && instant < window.to;
}

/** Epoch milliseconds of an instant written as `2026-09-08 09:00`, in UTC. */
export function utc(text: string): number {
  const instant = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? ':00Z' : 'T00:00:00Z'}`);
  if (Number.isNaN(instant)) throw new Error(`Not an instant: ${text}`);
  return instant;
}
