import type { Clock } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { isRead } from '../is-read.ts';
import { addressKeys } from './address-keys.ts';
import { type Principal, principalKey } from './principal.ts';

/** How often somebody may ask. What is not used in a while may be used at once, up to one minute's worth. */
export interface RateLimits {
  /** Requests of one principal that change nothing; `/mcp` counts among them. 600 unless told. */
  readsPerMinute?: number;
  /** Requests of one principal that change something. 120 unless told. */
  writesPerMinute?: number;
  /**
   * Of one address, each by itself: sign-ins that are begun, sign-ins that fail, tokens that do not hold.
   * 60 unless told.
   */
  signInsPerMinute?: number;
}

/** Refuses whoever asks too often. Kept in memory: each process of a gateway counts for itself. */
export interface RateGuard {
  /** @throws AdjutantError `RateLimited` */
  request(principal: Principal, method: string): void;
  /** Counts what somebody who is not known yet did. @throws AdjutantError `RateLimited` */
  stranger(deed: StrangersDeed, address: string | null): void;
  /** Takes back one that was counted before it was known to be good. */
  takeBack(deed: StrangersDeed, address: string | null): void;
}

/**
 * What strangers do, each counted by itself. What fails is counted once it has failed: a token that holds
 * and a sign-in that succeeds are never refused for what others failed at. An answer of a provider to what
 * another process began is the exception: it is counted before, and taken back where it succeeds.
 */
export type StrangersDeed = 'sign_in_begun' | 'sign_in_failed' | 'token_failed';

export function createRateGuard(clock: Clock, limits: RateLimits = {}): RateGuard {
  const { readsPerMinute = 600, writesPerMinute = 120, signInsPerMinute = 60 } = limits;
  const reads = createBuckets(clock, readsPerMinute);
  const writes = createBuckets(clock, writesPerMinute);
  const perAddress = () => createStrangers(clock, signInsPerMinute);
  const strangers: Readonly<Record<StrangersDeed, Strangers>> = {
    sign_in_begun: perAddress(),
    sign_in_failed: perAddress(),
    token_failed: perAddress(),
  };
  return {
    request(principal, method) {
      refuseAfter((isRead(method) ? reads : writes).take(principalKey(principal)));
    },
    stranger: (deed, address) => refuseAfter(strangers[deed].take(address)),
    takeBack: (deed, address) => strangers[deed].takeBack(address),
  };
}

/** So many times what one address may is what all of a /48 may, where it is an address of IPv6. */
const shareOfNetwork = 4;

interface Strangers {
  /** Takes one; returns how long until there is one again, and 0 where there was. @unit milliseconds */
  take(address: string | null): number;
  takeBack(address: string | null): void;
}

/**
 * Whose address is unknown shares one bucket with all others of whom it is. A network that has used up
 * its share adds no more addresses to what is remembered, so it cannot have others forgotten.
 */
function createStrangers(clock: Clock, perMinute: number): Strangers {
  const addresses = createBuckets(clock, perMinute);
  const networks = createBuckets(clock, perMinute * shareOfNetwork);
  const keysOf = (address: string | null) => {
    const [first = 'anybody', own] = address === null ? [] : addressKeys(address);
    return own === undefined ? { network: null, own: first } : { network: first, own };
  };
  return {
    take(address) {
      const { network, own } = keysOf(address);
      const waitMs = network === null ? 0 : networks.take(network);
      return waitMs > 0 ? waitMs : addresses.take(own);
    },
    takeBack(address) {
      const { network, own } = keysOf(address);
      if (network !== null) networks.takeBack(network);
      addresses.takeBack(own);
    },
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
  takeBack(key: string): void;
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
    takeBack(key) {
      const bucket = recent.get(key) ?? before.get(key);
      if (bucket !== undefined) bucket.left = Math.min(perMinute, bucket.left + 1);
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
