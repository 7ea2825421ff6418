import { z } from 'zod';
import { credentialSchema } from './credential-schema.ts';

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

/** The form of `connectors.slack`; what it means stands in docs/connectors/slack.md. */
export const slackSchema = z.strictObject({
  /** By id or name; no other channel is ever asked for. */
  channels: z.array(text).min(1, 'names no channel').max(500),
  baseUrl: text.optional(),
  token: credentialSchema('SLACK_TOKEN').optional(),
  /** For approved actions alone; never the one that reads. */
  writeToken: credentialSchema('SLACK_WRITE_TOKEN').optional(),
  watchDays: z.number().int().min(1).max(90).optional(),
  blockerWords: z.array(text).max(100).optional(),
  /** Leaves out messages from before this day, when first read. */
  since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
});
export type SlackSection = z.infer<typeof slackSchema>;
