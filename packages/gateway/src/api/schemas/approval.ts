import { actionStatusSchema, riskTierSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { actionDetailSchema } from './action.ts';

const links = z.object({
  action: z.string().describe('Where a program reads the action.'),
  page: z.string().describe('Where a person looks at it and decides.'),
});

/** What a proposal answers: exactly the founding names, and where to go on. */
export const proposedActionSchema = z.object({
  action_id: z.string(),
  risk: riskTierSchema.nullable().describe('Null while it is being prepared.'),
  ttl: z.number().int().nullable().describe('Seconds until it expires; null where it does not.'),
  links,
});

/** Where an approval stands, and everything that whoever decides is shown. */
export const approvalSchema = z.object({
  id: z.string(),
  status: actionStatusSchema,
  trace_id: z.string(),
  detail: actionDetailSchema,
});

/** What became of a decision. */
export const decidedSchema = z.object({
  action_id: z.string(),
  decision: z.enum(['approve', 'decline', 'modify']),
  status: actionStatusSchema,
  revision: z.number().int(),
  trace_id: z.string(),
});

/** What a passkey is asked. */
export const passkeyQuestionSchema = z.object({
  challengeId: z.string(),
  options: z
    .record(z.string(), z.unknown())
    .readonly()
    .describe('For `navigator.credentials.get`, as `publicKey`.'),
  trace_id: z.string(),
});
