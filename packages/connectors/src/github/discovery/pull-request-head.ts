import type { SourceRecord } from '@adjutant/core';
import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** What tells whether the files of a pull request are wanted, and whether they are here. */
export const pullRequestHeadSchema = z.object({
  state: z.string(),
  headSha: text,
  mergedAt: text,
  updatedAt: text,
});
export type PullRequestHead = z.infer<typeof pullRequestHeadSchema>;

/** How long ago a pull request may have changed to be told of; open ones always are. */
const toldMs = 24 * 3_600_000;

/** Keeps what records of pull requests tell of their heads, for whoever reads their files. */
export function keepHeads(
  heads: Map<string, PullRequestHead>,
  records: readonly SourceRecord[],
  serverNow: number,
): void {
  for (const { externalId, payload } of records) {
    const head = pullRequestHeadSchema.safeParse(payload).data;
    if (head === undefined) continue;
    const isRecent = Date.parse(head.updatedAt ?? '') >= serverNow - toldMs;
    if (head.state === 'OPEN' || isRecent) heads.set(externalId, head);
  }
}
