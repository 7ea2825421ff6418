import { z } from 'zod';
import { credentialSchema, receivedSecretSchema } from './credential-schema.ts';
import { addressSchema } from './place-schema.ts';

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** Where cards are shown, and what their buttons and the commands are signed with. */
const approvalsSchema = z.strictObject({
  channel: text,
  signingSecret: credentialSchema('SLACK_SIGNING_SECRET').optional(),
  pageUrl: addressSchema.optional(),
});

/** The report of the week: proposed as a message, so policy says whether it is posted. */
const weeklyReportSchema = z.strictObject({
  channel: text.max(81, 'is too long'),
  weekday: z.enum(weekdays).default('monday'),
  /** In the zone of the workspace. */
  at: text.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time of day, such as 09:00').default('09:00'),
});

/** Returns the number of a day of the week; 1 is Monday. */
export function weekdayNumber(name: (typeof weekdays)[number]): number {
  return weekdays.indexOf(name) + 1;
}

/** The form of `connectors.slack`; what it means stands in docs/connectors/slack.md. */
export const slackSchema = z.strictObject({
  /** By id or name; no other channel is ever asked for. */
  channels: z.array(text).min(1, 'names no channel').max(500),
  baseUrl: addressSchema.optional(),
  token: credentialSchema('SLACK_TOKEN').optional(),
  /** For approved actions alone; never the one that reads. */
  writeToken: credentialSchema('SLACK_WRITE_TOKEN').optional(),
  /** What Slack signs events with: that of the app that reads. */
  signingSecret: receivedSecretSchema('SLACK_SIGNING_SECRET').optional(),
  approvals: approvalsSchema.optional(),
  weeklyReport: weeklyReportSchema.optional(),
  watchDays: z.number().int().min(1).max(90).optional(),
  blockerWords: z.array(text).max(100).optional(),
  /** Leaves out messages from before this day, when first read. */
  since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
});
export type SlackSection = z.infer<typeof slackSchema>;
