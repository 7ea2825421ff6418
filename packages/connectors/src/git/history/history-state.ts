import { z } from 'zod';

/** Object ids go to git's input, so nothing else may pass for one. */
const objectIdSchema = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** What is read: the default branch and whatever tags name. */
const headsSchema = z.object({
  branch: z.string().nullable(),
  sha: objectIdSchema.nullable(),
  tips: z.array(objectIdSchema),
  since: z.string().nullable(),
  /** Digest of where a shallow clone is cut off; null for a whole one. */
  shallow: z.string().nullable(),
});
export type Heads = z.infer<typeof headsSchema>;

/** What was met, for the gaps: counted over all passes. */
const tallySchema = z.object({
  unreadableDates: z.number().int(),
  namesNotUtf8: z.number().int(),
  cutTexts: z.number().int(),
  merges: z.number().int(),
  squashes: z.number().int(),
  squashesWithoutAuthorTime: z.number().int(),
  beginsAfterMerge: z.number().int(),
  directCommits: z.number().int(),
  rewrittenCommits: z.number().int(),
  /** Times that what was read before could not be compared with what is there. */
  replacements: z.number().int(),
});
export type Tally = z.infer<typeof tallySchema>;

const historyStateSchema = z.object({
  version: z.literal(1),
  /** The last pass that came to its end; of its tips only those that no other head contains. */
  done: headsSchema.extend({ digest: z.string(), tally: tallySchema }).nullable(),
  /** The pass under way, and how many of its records are committed. */
  pass: headsSchema
    .extend({ emitted: z.number().int(), lastExternalId: z.string().nullable() })
    .nullable(),
});
export type HistoryState = z.infer<typeof historyStateSchema>;

const emptyHistoryState: HistoryState = { version: 1, done: null, pass: null };

/** Returns a stored state, or a fresh one where it is missing or not ours. */
export function readHistoryState(state: unknown): HistoryState {
  const parsed = historyStateSchema.safeParse(state);
  return parsed.success ? parsed.data : emptyHistoryState;
}

export function emptyTally(): Tally {
  return {
    unreadableDates: 0,
    namesNotUtf8: 0,
    cutTexts: 0,
    merges: 0,
    squashes: 0,
    squashesWithoutAuthorTime: 0,
    beginsAfterMerge: 0,
    directCommits: 0,
    rewrittenCommits: 0,
    replacements: 0,
  };
}
