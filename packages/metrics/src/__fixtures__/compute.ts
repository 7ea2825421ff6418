import {
  type MetricCalendar,
  type MetricCoverage,
  type MetricDefinition,
  type MetricInput,
  type MetricOutcome,
  type MetricSettings,
  type MetricSubject,
  type SubjectRows,
  type Window,
  type MetricWindow,
  utcCalendar,
} from '@adjutant/core/domain';

type Row = Readonly<Record<string, unknown>>;
type Beside = Pick<MetricInput<MetricSubject, never>, 'shown' | 'unlinkedIncidents'>;

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
  coverage: MetricCoverage | null = null,
  settings: MetricSettings = { activeStatuses: ['Doing'], timeZone: 'UTC' },
  beside: Beside = { shown: { incident: true }, unlinkedIncidents: 0 },
): MetricOutcome {
  const cut = metric.windowColumn;
  const { openBetween } = metric;
  const inside = rows.filter((row) => {
    if (cut !== null) return isInside((row as Row)[cut], window);
    return openBetween === undefined || isOpen(row as Row, openBetween.until, now);
  });
  const from = openBetween?.from;
  const withoutStart =
    from === undefined ? 0 : rows.filter((row) => (row as Row)[from] === null).length;
  const columns: Record<string, unknown> = { length: inside.length };
  for (const name of metric.columns) columns[name] = seal(inside.map((row) => (row as Row)[name]));
  return metric.compute({
    columns: columns as never,
    window: inUtc(window),
    now,
    settings,
    coverage,
    known: { rows: cut === null ? rows.length : inside.length, withoutStart },
    ...beside,
  });
}

/** The window with the calendar that it is cut by: that of UTC unless told. */
export function inUtc(window: Window, calendar: MetricCalendar = utcCalendar): MetricWindow {
  return { ...window, calendar };
}

function isOpen(row: Row, until: readonly string[], now: number): boolean {
  const end = until.map((name) => row[name] ?? null).find((at) => at !== null) ?? null;
  return end === null || Number(end) > now;
}

function isInside(instant: unknown, window: Window): boolean {
  return typeof instant === 'number' && instant >= window.from && instant < window.to;
}

/** Hands a metric a window without rows, and what is known beyond it. */
export function computeQuiet(
  metric: MetricDefinition,
  window: Window,
  coverage: MetricCoverage | null,
): MetricOutcome {
  return computeOver(metric, [], window, window.to, undefined, coverage);
}

/** Epoch milliseconds of an instant written as `2026-09-08 09:00`, in UTC. */
export function utc(text: string): number {
  const instant = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? ':00Z' : 'T00:00:00Z'}`);
  if (Number.isNaN(instant)) throw new Error(`Not an instant: ${text}`);
  return instant;
}
