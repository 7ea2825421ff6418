import type { DayWorkItem } from '@adjutant/core';
import { z } from 'zod';
import { shortId } from '../answer/short-id.ts';
import { dayInput } from '../answer/window-input.ts';
import { defineTool } from '../define-tool.ts';

const text = z.string().max(4_000);

/** Keeps what the person says of a day, beside what is known of that day's work. */
export const submitReport = defineTool({
  name: 'submit_report',
  title: 'Submit report',
  description:
    'Keep the user’s own progress report of a day, in their words; ask them first. Private unless share is true. Again for the same day replaces what it says and keeps the earlier revision. work counts what sources know of that day.',
  inputSchema: z.strictObject({
    day: dayInput.optional().describe('Default today'),
    did: text.optional(),
    next: text.optional(),
    blockers: text.optional(),
    share: z.boolean().optional().describe('Let the team read it'),
  }),
  outputSchema: z.object({
    id: z.string(),
    day: z.string(),
    revision: z.number(),
    visibility: z.string(),
    masked_secrets: z.number(),
    work: z.object({
      commits: z.number(),
      opened: z.number(),
      merged: z.number(),
      reviewed: z.number(),
      moved: z.number(),
      unmapped_accounts: z.number(),
    }),
    gap_codes: z.array(z.string()),
  }),
  // It writes a row here. The same words twice make two revisions, so twice is not as once.
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
    openWorldHint: false,
  },
  async handler({ share, ...words }, { reports }) {
    const visibility = share === undefined ? undefined : share ? 'team' : 'private';
    const report = await reports.submit({ ...words, visibility, via: 'mcp' });
    const { items, unmapped, gaps } = report.work;
    const count = (did: DayWorkItem['did']): number =>
      items.filter((item) => item.did === did).length;
    return {
      id: shortId(report.id),
      day: report.day,
      revision: report.revision,
      visibility: report.visibility,
      masked_secrets: report.maskedSecrets,
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
