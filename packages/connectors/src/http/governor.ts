import { AdjutantError, type Clock, type Logger, type RequestBudget } from '@adjutant/core';
import type { Vendor } from './vendor.ts';

const reservedShare = 0.2;
const longestWaitMs = 65 * 60_000;
/** A shorter wait is over before a person has read of it. */
const toldFromMs = 2_000;

/** What a vendor says is left of one of its budgets. */
interface Quota {
  limit: number;
  remaining: number;
  resetAt: number;
}

/**
 * One for each credential: requests follow one another, and a share of the quota stays for actions.
 * The budgets that a vendor counts by have names of its own.
 */
export interface Governor<QuotaName extends string = string> {
  /**
   * Runs requests one at a time, in the order asked: a wait is a wait of all. Once the credential was
   * refused nothing is sent any more; whatever is asked for after it is given the same error.
   */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes a request that will cost so much. @throws AdjutantError `RateLimited` at the reserve */
  take(quota: QuotaName, cost: number): void;
  /** Waits at the reserve until the quota is whole again, where that is a matter of a minute. */
  makeRoom(quota: QuotaName, cost: number): Promise<void>;
  report(quota: QuotaName, left: Quota): void;
  /** Forgets what was left: a wait was longer than the rest of the hour. */
  forget(quota: QuotaName): void;
  wait(milliseconds: number, reason: string): Promise<void>;
  /** Requests made before anybody counted them are counted now. */
  attach(budget: RequestBudget): void;
  left(quota: QuotaName): Quota | null;
  readonly requests: number;
}

export function createGovernor<QuotaName extends string = string>(
  context: { clock: Clock; logger: Logger; signal: AbortSignal },
  vendor: Vendor,
): Governor<QuotaName> {
  const { clock, logger, signal } = context;
  const quotas = new Map<QuotaName, Quota>();
  let last: Promise<unknown> = Promise.resolve();
  let budget: RequestBudget | null = null;
  let uncounted = 0;
  let requests = 0;
  let refusal: AdjutantError | null = null;
  const leftNow = (name: QuotaName): Quota | null => {
    const quota = quotas.get(name) ?? null;
    return quota === null || quota.resetAt <= clock.now() ? null : quota;
  };
  const isAtReserve = ({ remaining, limit }: Quota, cost: number): boolean =>
    remaining - cost < limit * reservedShare;
  const wait = async (milliseconds: number, reason: string): Promise<void> => {
    const waitMs = Math.ceil(Math.max(0, milliseconds));
    if (waitMs > longestWaitMs) throw tooLong(vendor);
    logger.log('warn', `Waiting for ${vendor.title}.`, { reason, waitMs });
    if (waitMs >= toldFromMs) budget?.waiting?.(waitMs);
    await clock.sleep(waitMs, signal);
  };
  return {
    get requests() {
      return requests;
    },
    left: leftNow,
    inTurn(work) {
      const guarded = async (): ReturnType<typeof work> => {
        if (refusal !== null) throw refusal;
        try {
          return await work();
        } catch (error) {
          if (AdjutantError.isInstance(error) && error.code === 'Authentication') refusal = error;
          throw error;
        }
      };
      const turn = last.then(guarded, guarded);
      last = turn.catch(() => undefined);
      return turn;
    },
    take(name, cost) {
      const quota = leftNow(name);
      if (quota !== null && isAtReserve(quota, cost)) {
        throw atReserve(quota, clock.now(), vendor);
      }
      if (budget === null) uncounted += 1;
      else budget.take();
      requests += 1;
      if (quota !== null) quota.remaining -= cost;
    },
    async makeRoom(name, cost) {
      const quota = leftNow(name);
      if (quota === null || !isAtReserve(quota, cost)) return;
      await wait(quota.resetAt - clock.now(), 'quota');
      quotas.delete(name);
    },
    report(name, left) {
      quotas.set(name, left);
      // The smaller share of the two is what progress shows and what stops first.
      const shown = [...quotas.values()].toSorted(
        (a, b) => a.remaining / a.limit - b.remaining / b.limit,
      )[0];
      if (shown !== undefined) budget?.report(shown.remaining, shown.limit);
    },
    forget(name) {
      quotas.delete(name);
    },
    wait,
    attach(wanted) {
      if (budget === wanted) return;
      budget = wanted;
      if (uncounted > 0) budget.take(uncounted);
      uncounted = 0;
    },
  };
}

function tooLong({ source, title }: Vendor): AdjutantError {
  return new AdjutantError('RateLimited', `${title} asks for a longer wait than an hour.`, {
    source,
    retryable: false,
    hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
  });
}

function atReserve(
  { resetAt, limit }: Quota,
  now: number,
  { source, title }: Vendor,
): AdjutantError {
  const minutes = Math.max(1, Math.ceil((resetAt - now) / 60_000));
  return new AdjutantError(
    'RateLimited',
    `Of the ${limit} that ${title} gives an hour only the share that is kept for actions is left.`,
    {
      source,
      retryable: false,
      retryAfterMs: Math.max(0, resetAt - now),
      hint: `Run "adjutant sync" again in ${minutes} minutes; it goes on where it stopped.`,
    },
  );
}
