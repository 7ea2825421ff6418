import type { DayWorkItem } from '@adjutant/core';
import { z } from 'zod';
import { instantText } from '../answer/instant-text.ts';
import { shortId } from '../answer/short-id.ts';
import { dayInput } from '../answer/window-input.ts';
import { defineTool } from '../define-tool.ts';

const text = z.string().max(4_000);
const countSchema = z.number().nullable();

/** Keeps what the person says of a day, beside what is known of that day's work. */
export const submitReport = defineTool({
  name: 'submit_report',
  scope: 'report',
  title: 'Submit report',
  description:
    'Keep the user’s own progress report of a day, in their words; ask them first. A new one is private; only the user shares it (adjutant report share). Again for the same day replaces what it says and keeps the earlier revision. work counts what sources know of that day; null is unknown.',
  inputSchema: z.strictObject({
    day: dayInput.optional().describe('Default today'),
    did: text.optional(),
    next: text.optional(),
    blockers: text.optional(),
  }),
  outputSchema: z.object({
    id: z.string(),
    day: z.string(),
    revision: z.number(),
    visibility: z.string(),
    masked_secrets: z.number(),
    synced_at: z.string().nullable(),
    work: z.object({
      commits: countSchema,
      opened: countSchema,
      merged: countSchema,
      reviewed: countSchema,
      moved: countSchema,
      unmapped_accounts: z.number(),
    }),
    gap_codes: z.array(z.string()),
  }),
  // It writes a row here, in place of what the day's report said. The same words twice make two
  // revisions, so twice is not as once.
  annotations: {
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: false,
    openWorldHint: false,
  },
  async handler(words, { reports }) {
    const report = await reports.submit({ ...words, via: 'mcp' });
    const { items, unmapped, gaps, syncedAt } = report.work;
    // Of somebody without an account nothing is known, which is not nothing done.
    const isKnown = !gaps.includes('author_unmapped');
    const count = (did: DayWorkItem['did']): number | null =>
      isKnown ? items.filter((item) => item.did === did).length : null;
    return {
      id: shortId(report.id),
      day: report.day,
      revision: report.revision,
      visibility: report.visibility,
      masked_secrets: report.maskedSecrets,
      synced_at: syncedAt === null ? null : instantText(syncedAt),
      work: {
        commits: count('committed'),
        opened: count('opened'),
        merged: count('merged'),
        reviewed: count('reviewed'),
        moved: count('moved'),
        unmapped_accounts: unmapped.length,
      },
      gap_codes: gaps,
    };
  },
});
