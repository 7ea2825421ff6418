import { AdjutantError } from '../errors.ts';
import type { RequestBudget } from './define-connector.ts';

/** The share of a quota that reading leaves for actions. */
const reservedQuotaShare = 0.2;

export interface CountingBudget extends RequestBudget {
  readonly used: number;
  /** Of how much `remaining` is what is left; null where the source does not say. */
  readonly limit: number | null;
}

/** Returns a budget that counts requests and refuses to eat into the reserve. */
export function createRequestBudget(source: string): CountingBudget {
  let used = 0;
  let remaining: number | null = null;
  let limit: number | null = null;
  return {
    get used() {
      return used;
    },
    get remaining() {
      return remaining;
    },
    get limit() {
      return limit;
    },
    take(count = 1) {
      if (remaining !== null && limit !== null && remaining - count < limit * reservedQuotaShare) {
        throw new AdjutantError(
          'RateLimited',
          `The request quota of ${source} is nearly used up.`,
          {
            source,
            retryable: false,
            hint: 'Run "adjutant sync" again after the quota has been renewed; it goes on where it stopped.',
          },
        );
      }
      used += count;
      if (remaining !== null) remaining -= count;
    },
    report(nowRemaining, nowLimit) {
      remaining = nowRemaining;
      limit = nowLimit;
    },
  };
}
