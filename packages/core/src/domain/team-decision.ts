import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** What somebody decided about a proposed team, member or owner, with what is needed to undo it. */
export const teamDecisionSchema = z.object({
  id: z.string(),
  /** The proposal it answers. */
  proposalId: z.string(),
  decision: z.enum(['accepted', 'dismissed']),
  /** The proposal in words, as it was decided on. */
  subject: z.string(),
  actor: z.string(),
  at: instantSchema,
  undoneAt: instantSchema.nullable(),
});
export type TeamDecision = z.infer<typeof teamDecisionSchema>;
