import type { Clock } from '../clock.ts';

/** Less than this is a clock being corrected, not set. */
const toleranceMs = 1_000;

/** Tells when the time of day was last set ahead, as far as this process can see. */
export interface LeapWatch {
  /** Returns how long ago that was, in time that really passed; null where it never was. @unit milliseconds */
  sinceLeapMs(): number | null;
}

/**
 * Returns a watch over a clock. Deadlines are instants, because other processes read them; a clock
 * that is set ahead makes them pass before the time that they stand for has.
 */
export function watchLeaps(clock: Clock): LeapWatch {
  const steadyNow = (): number => clock.monotonic?.() ?? clock.now();
  let instant = clock.now();
  let steady = steadyNow();
  let leaptAt: number | null = null;
  return {
    sinceLeapMs() {
      const [presentInstant, presentSteady] = [clock.now(), steadyNow()];
      if (presentInstant - instant - (presentSteady - steady) > toleranceMs)
        leaptAt = presentSteady;
      instant = presentInstant;
      steady = presentSteady;
      return leaptAt === null ? null : presentSteady - leaptAt;
    },
  };
}
