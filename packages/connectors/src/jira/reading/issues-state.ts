import type { StreamState } from '@adjutant/core';
import { z } from 'zod';

const stateSchema = z.object({
  version: z.literal(2),
  /** Projects whose issues are here from their first on and up to the high water mark: key by id. */
  projects: z.record(z.string(), z.string()),
  /** Ids of projects that were here once and are selected or shown no longer. */
  former: z.array(z.string()),
  /** A first reading that is under way: of which projects, up to which creation, since when. */
  backfill: z
    .object({
      projects: z.array(z.string()),
      createdFrom: z.number().nullable(),
      startedAt: z.number(),
    })
    .nullable(),
  /** Everything changed before this instant is here. @unit epoch milliseconds, server's clock */
  highWater: z.number().nullable(),
  /** What changed since then and is here too, with the change that is here. */
  seen: z.record(z.string(), z.string()),
  /** When all ids were last compared. @unit epoch milliseconds */
  censusAt: z.number().nullable(),
  /** Some issue was seen that only some may see, so that another one may be hidden from us. */
  usesSecurity: z.boolean(),
  /** Fields that boards estimate by, and when they were asked. */
  estimatedBy: z.array(z.string()),
  estimatedByReadAt: z.number().nullable(),
  /** The custom fields that the issues here were read with. */
  roles: z
    .object({
      points: z.array(z.string()),
      sprint: z.string().nullable(),
      flagged: z.string().nullable(),
    })
    .nullable(),
  /** The words by which links were read; null where they were not. */
  linkWords: z.string().nullish().default(null),
  /** What changed before this was left out when first read; null where all of it is here. */
  from: z.number().nullable(),
  /** Histories could not be read when last asked for. */
  historyDenied: z.boolean(),
  /** Some issue had a form that is not known. */
  hadUnreadable: z.boolean(),
  /** What the last comparison of ids left open; it holds until the next one. */
  censusGap: z
    .object({ code: z.string(), message: z.string(), affectedCount: z.number().nullable() })
    .nullable(),
});
export type IssuesState = z.infer<typeof stateSchema>;

/** Returns where the last pass stopped; the start where that cannot be read. */
export function readIssuesState(state: StreamState | null): IssuesState {
  const parsed = stateSchema.safeParse(state);
  return parsed.success ? parsed.data : startState;
}

export const startState: IssuesState = {
  version: 2,
  projects: {},
  former: [],
  backfill: null,
  highWater: null,
  seen: {},
  censusAt: null,
  usesSecurity: false,
  estimatedBy: [],
  estimatedByReadAt: null,
  roles: null,
  linkWords: null,
  from: null,
  historyDenied: false,
  hadUnreadable: false,
  censusGap: null,
};

/** How far a pass looks back beyond the start of the one before: searching lags behind. */
export const overlapMs = 5 * 60_000;
const unsettledMs = 3_000;
const keptAtMost = 5_000;

/**
 * Returns what is known to be here of all that changed after the high water mark. A change of the
 * last few seconds is left out, so that it is looked at again.
 */
export function settledSeen(
  seen: Readonly<Record<string, string>>,
  highWater: number,
  serverNow: number,
  toInstant: (text: string) => number | null,
): Record<string, string> {
  const kept = Object.entries(seen).filter(([, updated]) => {
    const at = toInstant(updated);
    return at !== null && at >= highWater && at < serverNow - unsettledMs;
  });
  const ordered = kept.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(ordered.slice(-keptAtMost));
}

/** Returns the state with what came of some issues that were read. */
export function withRecords(
  state: IssuesState,
  made: {
    usesSecurity: boolean;
    historyDenied: boolean;
    unreadable: number;
    updated: ReadonlyMap<string, string>;
  },
): IssuesState {
  return {
    ...state,
    usesSecurity: state.usesSecurity || made.usesSecurity,
    historyDenied: made.historyDenied,
    hadUnreadable: state.hadUnreadable || made.unreadable > 0,
    seen: { ...state.seen, ...Object.fromEntries(made.updated) },
  };
}

/** Returns the state with what was learnt of the site, so that the next pass needs not ask. */
export function withTerms(
  state: IssuesState,
  { kept }: { kept: Pick<IssuesState, 'estimatedBy' | 'estimatedByReadAt' | 'roles'> },
): IssuesState {
  return { ...state, ...kept };
}

/** Returns the state with that some issues had a form that is not known. */
export function withUnreadable(state: IssuesState, count: number): IssuesState {
  return count === 0 ? state : { ...state, hadUnreadable: true };
}
