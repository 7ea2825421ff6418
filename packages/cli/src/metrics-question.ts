import type { MetricFilter, Window } from '@adjutant/core/domain';
import { windowOfDays } from '@adjutant/core/ports';
import type { metricsInputSchema } from './metrics-input.ts';

const dayMs = 86_400_000;
const daysByDefault = 90;

type Asked = ReturnType<typeof metricsInputSchema.parse>;

/** Returns the window that flags ask for, in the workspace's `zone` unless told; undefined for none. */
export function windowOf(
  { days, from, to, timeZone }: Asked,
  now: number,
  zone: string,
): Window | undefined {
  return days === undefined ? windowOfDays({ from, to }, timeZone ?? zone) : lastDays(days, now);
}

/** Returns a window, the last ninety days unless told, and the one of the same length before it. */
export function beforeWindow(
  window: Window | undefined,
  now: number,
): { before: Window; after: Window } {
  const after = window ?? lastDays(daysByDefault, now);
  return { before: { from: after.from - (after.to - after.from), to: after.from }, after };
}

/** Returns the filter that flags ask for; undefined without any. */
export function filterOf({ service, label, workType, authors }: Asked): MetricFilter | undefined {
  const filter: MetricFilter = { service, labels: label, workTypes: workType, authors };
  return Object.values(filter).some((part) => part !== undefined) ? filter : undefined;
}

function lastDays(days: number, now: number): Window {
  return { from: now - days * dayMs, to: now };
}
