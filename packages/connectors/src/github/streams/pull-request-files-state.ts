import type { StreamState } from '@adjutant/core';
import { z } from 'zod';
import type { PullRequestHead } from '../discovery/pull-request-head.ts';
import { troubleSchema } from '../reading/tracked-state.ts';

const headsAtMost = 5_000;

const stateSchema = z.object({
  version: z.literal(1),
  /** Files of what was merged before this are not read. @unit epoch milliseconds, server's clock */
  from: z.number().nullable(),
  /** Everything changed before this instant was looked at; null before all open ones were. */
  highWater: z.number().nullable(),
  /** What changed since then and was looked at too, with the change that was. */
  seen: z.record(z.string(), z.string()),
  /** The head with which the files are here, of what is open or was merged lately. */
  heads: z.record(z.string(), z.object({ head: z.string(), isOpen: z.boolean() })),
  trouble: z.array(troubleSchema),
});
export type PullRequestFilesState = z.infer<typeof stateSchema>;

const startState: PullRequestFilesState = {
  version: 1,
  from: null,
  highWater: null,
  seen: {},
  heads: {},
  trouble: [],
};

/** Returns where the last pass stopped; the start where that cannot be read. */
export function readFilesState(state: StreamState | null): PullRequestFilesState {
  const parsed = stateSchema.safeParse(state);
  return parsed.success ? parsed.data : startState;
}

/** Returns the state once a pull request was looked at, and its files are here if they are wanted. */
export function withHead(
  state: PullRequestFilesState,
  id: string,
  { state: word, headSha, mergedAt, updatedAt }: PullRequestHead,
): PullRequestFilesState {
  const { [id]: _, ...others } = state.heads;
  const isKept = headSha !== null && (word === 'OPEN' || mergedAt !== null);
  return {
    ...state,
    seen: updatedAt === null ? state.seen : { ...state.seen, [id]: updatedAt },
    heads: isKept ? { ...others, [id]: { head: headSha, isOpen: word === 'OPEN' } } : others,
  };
}

/** Returns the heads of what is open and of what was listed; in one order, and so many at most. */
export function keptHeads(
  heads: PullRequestFilesState['heads'],
  listed: ReadonlySet<string>,
): PullRequestFilesState['heads'] {
  const kept = Object.entries(heads).filter(([id, { isOpen }]) => isOpen || listed.has(id));
  const ordered = kept.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(ordered.slice(-headsAtMost));
}
