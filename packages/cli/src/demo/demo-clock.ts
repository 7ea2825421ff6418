import { type Clock, systemClock } from '@adjutant/core/ports';

/** A Monday. The team's last day ends here, on every machine and in every year. */
const demoNow = Date.UTC(2026, 8, 28);

/** The demo's clock stands still, so that equal seeds give equal figures; waiting still takes time. */
export const demoClock: Clock = {
  now: () => demoNow,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
};

/** The same Monday, on which time passes: what waits for people and leases has to end. Every command with `--demo` lives in it. */
export function movingDemoClock(): Clock {
  const startedAt = performance.now();
  return { ...demoClock, now: () => demoNow + Math.round(performance.now() - startedAt) };
}
