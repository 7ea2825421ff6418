import type { Clock } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { isRead } from '../is-read.ts';
import { type Principal, principalKey } from './principal.ts';

/** How often somebody may ask. What is not used in a while may be used at once, up to one minute's worth. */
export interface RateLimits {
  /** Requests of one principal that change nothing; `/mcp` counts among them. 600 unless told. */
  readsPerMinute?: number;
  /** Requests of one principal that change something. 120 unless told. */
  writesPerMinute?: number;
  /** Attempts to sign in, and tokens that do not hold, of one address. 60 unless told. */
  signInsPerMinute?: number;
}

/** Refuses whoever asks too often. Kept in memory: each process of a gateway counts for itself. */
export interface RateGuard {
  /** @throws AdjutantError `RateLimited` */
  request(principal: Principal, method: string): void;
  /** Counts an attempt of somebody who is not known yet. @throws AdjutantError `RateLimited` */
  stranger(address: string | null): void;
}

export function createRateGuard(clock: Clock, limits: RateLimits = {}): RateGuard {
  const { readsPerMinute = 600, writesPerMinute = 120, signInsPerMinute = 60 } = limits;
  const reads = createBuckets(clock, readsPerMinute);
  const writes = createBuckets(clock, writesPerMinute);
  const strangers = createBuckets(clock, signInsPerMinute);
  return {
    request(principal, method) {
      refuseAfter((isRead(method) ? reads : writes).take(principalKey(principal)));
    },
    // Whose address is unknown shares one bucket with all others of whom it is.
    stranger: (address) => refuseAfter(strangers.take(address ?? 'anybody')),
  };
}

/** Keys that are remembered at once, at most; the half that asked longest ago is forgotten at once. */
const mostKeys = 10_000;
const minuteMs = 60_000;

interface Bucket {
  left: number;
  at: number;
}

interface Buckets {
  /** Takes one; returns how long until there is one again, and 0 where there was. @unit milliseconds */
  take(key: string): number;
}

function createBuckets(clock: Clock, perMinute: number): Buckets {
  const perMs = perMinute / minuteMs;
  let recent = new Map<string, Bucket>();
  let before = new Map<string, Bucket>();
  const bucketOf = (key: string, now: number): Bucket => {
    const known = recent.get(key);
    if (known !== undefined) return known;
    const bucket = before.get(key) ?? { left: perMinute, at: now };
    // Two halves by age: putting the one key that asks in its place each time would cost more.
    if (recent.size >= mostKeys / 2) [before, recent] = [recent, new Map<string, Bucket>()];
    recent.set(key, bucket);
    return bucket;
  };
  return {
    take(key) {
      const now = clock.now();
      const bucket = bucketOf(key, now);
      const left = Math.min(perMinute, bucket.left + Math.max(0, now - bucket.at) * perMs);
      const isEnough = left >= 1;
      bucket.left = isEnough ? left - 1 : left;
      bucket.at = now;
      return isEnough ? 0 : Math.ceil((1 - left) / perMs);
    },
  };
}

function refuseAfter(waitMs: number): void {
  if (waitMs === 0) return;
  throw new AdjutantError('RateLimited', 'That were too many requests in a short time.', {
    hint: `Try again in ${Math.ceil(waitMs / 1_000)} s.`,
    retryAfterMs: waitMs,
    audience: 'caller',
  });
}
