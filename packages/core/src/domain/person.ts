import { z } from 'zod';

export const personRoleSchema = z.enum(['member', 'lead', 'admin']);

/** A human being, as identity resolution sees one. */
export const personSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  role: personRoleSchema,
  /** The person this one was merged into; null for a person of their own. */
  mergedIntoPersonId: z.string().nullable(),
});
export type Person = z.infer<typeof personSchema>;
