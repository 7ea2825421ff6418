import type { StreamState } from '@adjutant/core';
import { z } from 'zod';

const stateSchema = z.object({
  /** When the scan began, by PagerDuty's clock; everything created since is new. */
  scannedAt: z.number(),
  /** Where a backfill goes on; null once it is through. */
  next: z.number().nullable(),
  /** From when on incidents were read; null where all were. */
  floor: z.number().nullable().default(null),
  /** What to look at again, with what it was like: the open ones and those created last. */
  seen: z.record(z.string(), z.string()),
  /** Ids of those that PagerDuty does not show any more. */
  lost: z.array(z.string()),
  /** Whether any was merged into another. */
  hasMerged: z.boolean(),
  /** Whether a history could not be read. */
  lacksHistory: z.boolean(),
  /** How many listed things had no id. */
  nameless: z.number(),
});
export type IncidentState = z.infer<typeof stateSchema>;

/** Returns where the last pass stood; null where there was none. */
export function readIncidentState(state: StreamState | null): IncidentState | null {
  const parsed = stateSchema.safeParse(state);
  return parsed.success ? parsed.data : null;
}

/** Returns the state of a scan that begins. */
export function beginScan(
  scannedAt: number,
  { next, floor }: Pick<IncidentState, 'next' | 'floor'>,
): IncidentState {
  return {
    scannedAt,
    next,
    floor,
    seen: {},
    lost: [],
    hasMerged: false,
    lacksHistory: false,
    nameless: 0,
  };
}
