import type { PersonSummary } from '@adjutant/core';
import { accountSchema, personAccountSchema, personSchema } from '@adjutant/core/domain';
import { z } from 'zod';

/** An account, and why it belongs to whom it does. */
const linkedAccountSchema = accountSchema.extend({
  ...personAccountSchema.pick({ method: true, confidence: true }).shape,
  isLent: z
    .boolean()
    .describe('Whether it is theirs for figures only, by the word of a rule or a lead.'),
});

/** Somebody with their accounts and teams. */
export const personSummarySchema = personSchema.extend({
  accounts: z.array(linkedAccountSchema),
  teams: z.array(z.string()),
}) satisfies z.ZodType<PersonSummary>;

/** An account of a source, under the founding names, and the person to whom it belongs. */
export const identitySchema = z.object({
  external_type: z.string().describe('The source, such as `github`.'),
  external_id: z.string().describe('The source’s own immutable id of the account.'),
  user_id: z.string().describe('The person.'),
  metadata: linkedAccountSchema
    .omit({ source: true, externalId: true })
    .describe('What the source tells of it, and why it belongs to that person.'),
});
