import type { StreamState } from '@adjutant/core';
import { z } from 'zod';
import { repliesSchema } from '../map/payloads.ts';

/** More threads than a lively channel has in two weeks; what is left out is asked for again. */
const mostWatched = 3_000;

/** Where reading a channel stands. */
const threadStateSchema = z.object({
  /** The start of the last pass that came to its end, by the server's clock. */
  readTo: z.number().nullable(),
  /** When all that is watched was last looked at. */
  sweptAt: z.number().nullable(),
  /** Whether something was hinted at that has not been looked at yet. */
  owesSweep: z.boolean().default(false),
  /** How far back the history is read. */
  floor: z.number(),
  /** A first reading that has not come to its end: it goes on below this `ts`. */
  backfill: z.object({ below: z.string(), startedAt: z.number() }).nullable(),
  /** What is known of the replies to each watched message, so that only what has moved is asked for. */
  watched: z.record(z.string(), repliesSchema),
});
export type ThreadState = z.infer<typeof threadStateSchema>;

/** Returns a stored state; null where there is none, or one of another form. */
export function readThreadState(state: StreamState | null): ThreadState | null {
  const parsed = threadStateSchema.safeParse(state);
  return parsed.success ? parsed.data : null;
}

/** Returns the newest of what is watched, from an instant on. */
export function stillWatched(
  watched: ThreadState['watched'],
  fromTs: string,
): ThreadState['watched'] {
  const kept = Object.entries(watched).filter(([ts]) => Number(ts) >= Number(fromTs));
  if (kept.length <= mostWatched) return Object.fromEntries(kept);
  const newest = kept.toSorted(([a], [b]) => Number(b) - Number(a)).slice(0, mostWatched);
  return Object.fromEntries(newest);
}
