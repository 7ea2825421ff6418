import type { MetricOutcome } from '../../domain.ts';
import type { RefusalReason } from '../../privacy/refusal.ts';

/** A figure as it is told to a viewer. */
export interface ToldOutcome {
  outcome: MetricOutcome;
  /** False where only the reason is told. */
  isTold: boolean;
  /** Why nothing is told; null where something is. */
  refusal: RefusalReason | null;
}

/** Why a figure on people is not told, with what the ledger calls it. */
export interface UntoldReason {
  refusal: RefusalReason;
  text: string;
}

/** A figure of which nothing is said but why. */
export function untold(reason: string): MetricOutcome {
  const nothing = { value: null, sampleSize: 0, p50: null, p75: null, p90: null };
  return { ...nothing, caveats: [reason], evidence: [] };
}

/** A figure on people that is not told. */
export function notTold({ refusal, text }: UntoldReason): ToldOutcome {
  return { outcome: untold(text), isTold: false, refusal };
}
