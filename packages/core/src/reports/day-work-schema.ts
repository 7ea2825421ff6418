import { z } from 'zod';

export const dayWorkItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['commit', 'pull_request', 'work_item']),
  did: z.enum(['committed', 'opened', 'merged', 'reviewed', 'moved']),
  key: z.string(),
  title: z.string(),
  repository: z.string().nullable(),
  at: z.number(),
});

/** A row of the store that its author touched on a day; `getWork` knows the id. */
export type DayWorkItem = z.infer<typeof dayWorkItemSchema>;

export const unmappedAccountSchema = z.object({
  source: z.string(),
  externalId: z.string(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  repository: z.string(),
});

/** An account that worked in the author's repositories that day and of which nobody knows whose it is. */
export type UnmappedAccount = z.infer<typeof unmappedAccountSchema>;

/** What of a day's work is known to be the author's. */
export interface DayWork {
  /** In the order of the day. */
  items: DayWorkItem[];
  unmapped: UnmappedAccount[];
  /** When a source was read last; null where none was. What came in later is not in it. */
  syncedAt: number | null;
  /** What keeps the list from being whole. */
  gaps: ('author_unmapped' | 'accounts_unmapped' | 'truncated')[];
}
