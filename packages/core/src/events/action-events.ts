import { z } from 'zod';
import {
  actionModeSchema,
  actionStatusSchema,
  assuranceSchema,
  decisionSurfaceSchema,
  verdictSchema,
} from '../domain.ts';

/** What every event of an action tells. More may stand beside it: a newer version adds fields. */
const told = z.object({ traceId: z.string() });
const atRevision = told.extend({ revision: z.number().int() });
const ofWords = atRevision.extend({ payloadHash: z.string().nullable() });
const judged = ofWords.extend({ mode: actionModeSchema, policyHash: z.string() });
/** How much of a payload was masked before it was kept. */
const maskedSchema = z.object({ secrets: z.number(), personalData: z.number() });
const refused = told.extend({
  reason: z.string(),
  revision: z.number().int().optional(),
  status: actionStatusSchema.optional(),
});
const ended = atRevision.extend({
  reason: z.string(),
  was: actionStatusSchema.optional(),
  payloadHash: z.string().nullable().optional(),
});
const underFence = atRevision.extend({ fence: z.number().int() });

/** The detail of every event of an action, by name. The row of the action holds the rest. */
export const actionEventDetails = {
  'action.proposed': atRevision.extend({
    type: z.string(),
    payloadDigest: z.string(),
    requesterKind: z.string(),
    sponsorPersonId: z.string().nullable(),
    masked: maskedSchema.optional(),
  }),
  /** A key that was used for other words. */
  'action.proposal_refused': refused.extend({ payloadDigest: z.string() }),
  'action.prepare_delayed': atRevision.extend({ notBefore: z.number() }),
  'action.prepared': ofWords.extend({ previewHash: z.string(), targetRef: z.string() }),
  'action.blocked': judged,
  'action.pending': judged.extend({
    quorum: z.number().int(),
    assurance: assuranceSchema,
    /** Why it is asked again; absent the first time. */
    reason: z.string().optional(),
  }),
  'action.postponed': atRevision.extend({ reason: z.string(), notBefore: z.number() }),
  'action.escalated': atRevision.extend({ level: z.number().int() }),
  'action.modified': atRevision.extend({
    payloadDigest: z.string(),
    editorPersonId: z.string().nullable(),
    masked: maskedSchema.optional(),
  }),
  'action.modification_refused': refused.extend({ payloadDigest: z.string() }),
  'action.decided': ofWords.extend({
    verdict: verdictSchema,
    reviewerPersonId: z.string(),
    assurance: assuranceSchema,
    surface: decisionSurfaceSchema,
    decisionId: z.string(),
  }),
  'action.decision_refused': refused.extend({
    payloadHash: z.string().nullable(),
    verdict: verdictSchema.optional(),
    decisionId: z.string().optional(),
    reviewerPersonId: z.string().optional(),
  }),
  'action.approved': ofWords.extend({
    executeBy: z.number(),
    /** Where policy let it run, without anybody. */
    mode: actionModeSchema.optional(),
    policyHash: z.string().optional(),
  }),
  'action.declined': ofWords,
  'action.expired': ended.extend({
    /** Absent where it was found at the last moment before it would have been carried out. */
    deadline: z.number().optional(),
  }),
  'action.revoked': ended,
  'action.claimed': underFence.extend({
    payloadHash: z.string(),
    step: z.number().int(),
    attempt: z.number().int(),
    effectKey: z.string(),
  }),
  'action.step_applied': atRevision.extend({ step: z.number().int() }),
  'action.requeued': atRevision.extend({
    was: actionStatusSchema,
    reason: z.string(),
    attempt: z.number().int().optional(),
    notBefore: z.number(),
  }),
  'action.unknown': atRevision.extend({
    cause: z.enum(['no_answer', 'unclear', 'lease_over', 'store_restored']),
    was: actionStatusSchema.optional(),
    fence: z.number().int().optional(),
    attempt: z.number().int().optional(),
    notBefore: z.number(),
  }),
  'action.reconciling': underFence.extend({ step: z.number().int(), attempt: z.number().int() }),
  'action.late_result': told.extend({
    fence: z.number().int(),
    attempt: z.number().int(),
    outcome: z.string(),
  }),
  'action.executed': underFence.extend({ payloadHash: z.string().nullable() }),
  'action.failed': ended,
  'action.needs_human': atRevision.extend({ was: actionStatusSchema, reason: z.string() }),
  'action.resolved': atRevision.extend({ verdict: z.enum(['happened', 'did_not_happen']) }),
} as const;

export type ActionEventName = keyof typeof actionEventDetails;

/** The detail of each event of an action. */
export type ActionEvents = {
  [Name in ActionEventName]: Readonly<z.infer<(typeof actionEventDetails)[Name]>>;
};
