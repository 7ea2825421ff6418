import type { MetricOutcome } from '../../domain.ts';

/** A figure as it is told to a viewer. */
export interface ToldOutcome {
  outcome: MetricOutcome;
  /** False where only the reason is told. */
  isTold: boolean;
}

/** A figure of which nothing is said but why. */
export function untold(reason: string): MetricOutcome {
  const nothing = { value: null, sampleSize: 0, p50: null, p75: null, p90: null };
  return { ...nothing, caveats: [reason], evidence: [] };
}
