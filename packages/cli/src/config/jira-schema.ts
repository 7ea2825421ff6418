import { z } from 'zod';
import { credentialSchema, receivedSecretSchema } from './credential-schema.ts';
import { accountSchema, addressSchema } from './place-schema.ts';

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

const linkWordsSchema = z.array(text.max(100, 'is too long')).max(20).optional();

/** The form of `connectors.jira`; what it means stands in docs/connectors/jira.md. */
export const jiraSchema = z.strictObject({
  site: addressSchema,
  projects: z
    .array(text.regex(/^[A-Z][A-Z0-9_]*$/, 'is the key of a project, such as PAY'))
    .min(1, 'names no project')
    .max(200),
  /** The account of an API token. */
  email: accountSchema.optional(),
  token: credentialSchema('JIRA_TOKEN').optional(),
  writeEmail: accountSchema.optional(),
  /** For approved actions alone; never the one that reads. */
  writeToken: credentialSchema('JIRA_WRITE_TOKEN').optional(),
  /** What an administrator's webhooks are signed with. */
  webhookSecret: receivedSecretSchema('JIRA_WEBHOOK_SECRET').optional(),
  /** The client secret of the OAuth app whose webhooks carry a token. */
  webhookJwtSecret: receivedSecretSchema('JIRA_CLIENT_SECRET').optional(),
  pointsField: text.regex(/^customfield_\d+$/, 'is written customfield_10016').optional(),
  /** Words of links, as the issue shows them that blocks or duplicates the other. */
  linkWords: z
    .strictObject({
      blocks: linkWordsSchema,
      duplicates: linkWordsSchema,
      relates: linkWordsSchema,
    })
    .optional(),
  /** Asks Jira for the addresses that other sources vouch for; sends them there. */
  lookUpAddresses: z.boolean().optional(),
  /** Leaves out issues last changed before this day, when first read. */
  since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
});
export type JiraSection = z.infer<typeof jiraSchema>;
