import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** Why an account belongs to a person, strongest first. A shared name is never among them. */
export const identityMethodSchema = z.enum([
  'confirmed',
  'explicit_mapping',
  'vendor_id',
  'verified_email',
  'looked_up_email',
  'same_commit',
  'claimed_id',
  'own_account',
]);
export type IdentityMethod = z.infer<typeof identityMethodSchema>;

/** The link between an account and a person, with the rule that made it. */
export const personAccountSchema = z.object({
  personId: z.string(),
  accountSource: sourceSchema,
  accountExternalId: externalIdSchema,
  method: identityMethodSchema,
  confidence: z.number().min(0).max(1),
  confirmedBy: z.string().nullable(),
});
export type PersonAccount = z.infer<typeof personAccountSchema>;
