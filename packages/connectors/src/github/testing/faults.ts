import { createRandom, type Random } from '../../testing/random.ts';
import type { WriteOccasion } from './writes.ts';

/**
 * When a fault happens: not at all, with a probability (decided by the twin's seed), on the next so
 * many occasions, or whenever a function of the occasion says so.
 */
export type FaultSwitch<Occasion> =
  | { probability: number }
  | { count: number }
  | ((occasion: Occasion) => boolean)
  | null;

/** A request as a fault's function sees it. */
export interface RequestOccasion {
  path: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
  isGraphql: boolean;
}

/** A page of pull requests after which more follow. */
export interface PageOccasion {
  repository: string;
  orderedBy: string;
}

/** An account field that is about to be read. */
export interface AuthorOccasion {
  /** Type and numeric id of what has the author. */
  subject: string;
}

/** Mutable switches; each is null, that is off, until a test sets it. */
export interface GithubTwinFaults {
  /** GraphQL answers 200 with an error of type `RATE_LIMITED` (or `RATE_LIMIT`, its newer name). */
  rateLimited: FaultSwitch<RequestOccasion>;
  /** 429 with `retry-after`. */
  tooManyRequests: FaultSwitch<RequestOccasion>;
  /** 403 of the secondary limit, with `retry-after`. */
  secondaryLimit: FaultSwitch<RequestOccasion>;
  /** 502; a page that is too heavy gets one without this switch. */
  badGateway: FaultSwitch<RequestOccasion>;
  /** GraphQL answers with some nodes missing and an error for each. */
  partialData: FaultSwitch<RequestOccasion>;
  /** An account is gone: `author`, `actor` and the like are null. Decided once for each row. */
  nullAuthor: FaultSwitch<AuthorOccasion>;
  /** After a page of pull requests some of the others get a new `updatedAt`. */
  pageDrift: FaultSwitch<PageOccasion>;
  /** After a page of pull requests one of them is deleted. */
  lostRows: FaultSwitch<PageOccasion>;
  /** A write is carried out, and the connection ends before its answer. */
  writeAppliedThenDropped: FaultSwitch<WriteOccasion>;
  /** The connection ends before a write is carried out. */
  writeDropped: FaultSwitch<WriteOccasion>;
  /** A write is carried out, and answered with 502. */
  writeAppliedThenFailed: FaultSwitch<WriteOccasion>;
  /** A write is answered with 502 and not carried out. */
  writeFailed: FaultSwitch<WriteOccasion>;
  /** A write is carried out only after `writeDelayMs`, whether anybody still waits or not. */
  writeDelayed: FaultSwitch<WriteOccasion>;
  /** A write arrives twice, as where something on the way sends it again. */
  writeDuplicated: FaultSwitch<WriteOccasion>;
  /** @unit milliseconds */
  writeDelayMs: number;
  /** Added to the twin's clock in every `Date` header. @unit milliseconds */
  clockSkewMs: number;
  /** What `retry-after` says. @unit seconds */
  retryAfterSeconds: number;
}

export type FaultName = Exclude<
  keyof GithubTwinFaults,
  'clockSkewMs' | 'retryAfterSeconds' | 'writeDelayMs'
>;

export function createFaults(): GithubTwinFaults {
  return {
    rateLimited: null,
    tooManyRequests: null,
    secondaryLimit: null,
    badGateway: null,
    partialData: null,
    nullAuthor: null,
    pageDrift: null,
    lostRows: null,
    writeAppliedThenDropped: null,
    writeDropped: null,
    writeAppliedThenFailed: null,
    writeFailed: null,
    writeDelayed: null,
    writeDuplicated: null,
    writeDelayMs: 1_000,
    clockSkewMs: 0,
    retryAfterSeconds: 1,
  };
}

/** Decides occasion by occasion, with random numbers of its own for each fault. */
export interface FaultDice {
  happens<Occasion>(name: FaultName, fault: FaultSwitch<Occasion>, occasion: Occasion): boolean;
  /** The same answer each time for one subject. */
  holdsFor(name: FaultName, fault: FaultSwitch<AuthorOccasion>, occasion: AuthorOccasion): boolean;
  /** The numbers that a fault draws from, so that no fault shifts those of another. */
  numbersOf(name: FaultName): Random;
}

export function createFaultDice(seed: number): FaultDice {
  const numbers = new Map<FaultName, Random>();
  const decided = new Map<string, boolean>();
  const numbersOf = (name: FaultName): Random => {
    const known = numbers.get(name) ?? createRandom(seed ^ hashOf(name));
    numbers.set(name, known);
    return known;
  };
  const happens: FaultDice['happens'] = (name, fault, occasion) => {
    if (fault === null) return false;
    if (typeof fault === 'function') return fault(occasion);
    if ('probability' in fault) return numbersOf(name).chance(fault.probability);
    if (fault.count <= 0) return false;
    fault.count -= 1;
    return true;
  };
  return {
    numbersOf,
    happens,
    holdsFor(name, fault, occasion) {
      if (fault === null) return false;
      // By the row and not by the order of reading, so that every page shows the same.
      if (typeof fault === 'object' && 'probability' in fault) {
        return createRandom(seed ^ hashOf(`${name} ${occasion.subject}`)).chance(fault.probability);
      }
      const key = `${name} ${occasion.subject}`;
      const known = decided.get(key) ?? happens(name, fault, occasion);
      if (known) decided.set(key, known);
      return known;
    },
  };
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  return hash >>> 0;
}
