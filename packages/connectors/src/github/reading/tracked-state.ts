import type { StreamState } from '@adjutant/core';
import { z } from 'zod';

/** Something that GitHub could not give; asked for again by every later pass. */
export const troubleSchema = z.object({
  id: z.string(),
  number: z.number().nullish(),
  /** Parts that are missing; null where all of it is, or what is there is out of date. */
  parts: z.array(z.string()).nullable(),
});
export type Trouble = z.infer<typeof troubleSchema>;

const stateSchema = z.object({
  version: z.literal(1),
  /** A first reading that is under way: the next page, and when it began by the server's clock. */
  backfill: z.object({ after: z.string().nullable(), startedAt: z.number() }).nullable(),
  /** Everything changed before this instant is here. @unit epoch milliseconds, server's clock */
  highWater: z.number().nullable(),
  /** What changed since then and is here too, with the change that is here. */
  seen: z.record(z.string(), z.string()),
  /** How many the source had when the last pass ended. */
  total: z.number().nullable(),
  /** Ids of what was not settled yet when last read. */
  open: z.array(z.string()).default([]),
  trouble: z.array(troubleSchema),
  /** A list did not show all of its ids: the next pass lists all, whatever has changed. */
  mustList: z.boolean().default(false),
  /** What changed before this was left out when first read; null where all of it is here. */
  from: z.number().nullable().default(null),
});
export type TrackedState = z.infer<typeof stateSchema>;

/** Returns where the last pass stopped; the start where that cannot be read. */
export function readTrackedState(state: StreamState | null): TrackedState {
  const parsed = stateSchema.safeParse(state);
  return parsed.success ? parsed.data : startState;
}

const startState: TrackedState = {
  version: 1,
  backfill: null,
  highWater: null,
  seen: {},
  total: null,
  open: [],
  trouble: [],
  mustList: false,
  from: null,
};
