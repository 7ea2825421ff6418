import type { ActionDetail, ActionSummary, ActionTypeView } from '@adjutant/core';
import {
  actionModeSchema,
  actionStatusSchema,
  assuranceSchema,
  decisionSurfaceSchema,
  effectClassSchema,
  instantSchema,
  riskTierSchema,
  verdictSchema,
} from '@adjutant/core/domain';
import { z } from 'zod';
import { jsonObjectSchema } from './json-object.ts';

/** An action as a list shows it. */
export const actionSummarySchema = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  status: actionStatusSchema,
  revision: z.number().int(),
  risk: riskTierSchema.nullable(),
  mode: actionModeSchema.nullable(),
  targetRef: z.string().nullable(),
  requester: z.string(),
  sponsorName: z.string().nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  nextStep: z.string().nullable(),
}) satisfies z.ZodType<ActionSummary>;

const previewSchema = z.object({
  facts: z
    .array(z.object({ label: z.string(), value: z.string(), tone: z.enum(['plain', 'warning']) }))
    .readonly(),
  recipients: z.array(z.string()).readonly(),
  content: z.string().nullable(),
}) satisfies z.ZodType<NonNullable<ActionDetail['preview']>>;

const decisionSchema = z.object({
  reviewerPersonId: z.string(),
  reviewerName: z.string(),
  verdict: verdictSchema,
  reason: z.string().nullable(),
  surface: decisionSurfaceSchema,
  assurance: assuranceSchema,
  revision: z.number().int(),
  decidedAt: instantSchema,
  voided: z.boolean(),
}) satisfies z.ZodType<ActionDetail['decisions'][number]>;

const revisionSchema = z.object({
  revision: z.number().int(),
  payload: jsonObjectSchema,
  author: z.string(),
  authorName: z.string().nullable(),
  reason: z.string().nullable(),
  createdAt: instantSchema,
}) satisfies z.ZodType<ActionDetail['revisions'][number]>;

const attemptSchema = z.object({
  number: z.number().int(),
  step: z.number().int(),
  kind: z.enum(['execute', 'probe', 'compensate']),
  status: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
}) satisfies z.ZodType<ActionDetail['attempts'][number]>;

/** An action with its words, what was fetched for it, who decided and what happened. */
export const actionDetailSchema = actionSummarySchema.extend({
  effectClass: effectClassSchema,
  reversible: z.boolean(),
  payload: jsonObjectSchema,
  payloadHash: z.string().nullable(),
  preconditions: jsonObjectSchema.nullable(),
  preview: previewSchema.nullable(),
  rationale: z.string().nullable(),
  outsideTexts: z
    .object({
      total: z.number().int(),
      texts: z.array(z.object({ from: z.string(), text: z.string() })),
    })
    .nullable(),
  policyReason: z.string().nullable(),
  policyHash: z.string().nullable(),
  quorum: z.number().int(),
  assurance: assuranceSchema.nullable(),
  sponsorPersonId: z.string().nullable(),
  targetUrl: z.string().nullable(),
  modelVersion: z.string().nullable(),
  traceId: z.string(),
  executeBy: instantSchema.nullable(),
  decidedAt: instantSchema.nullable(),
  decidedBy: z.string().nullable(),
  settledAt: instantSchema.nullable(),
  outcome: jsonObjectSchema.nullable(),
  decisions: z.array(decisionSchema),
  revisions: z.array(revisionSchema),
  attempts: z.array(attemptSchema),
}) satisfies z.ZodType<ActionDetail>;

/** A type of action that can be proposed. */
export const actionTypeSchema = z.object({
  id: z.string(),
  title: z.string(),
  risk: riskTierSchema,
  reversible: z.boolean(),
  effectClass: effectClassSchema,
  payload: jsonObjectSchema.describe('JSON Schema of what a proposal has to hold.'),
}) satisfies z.ZodType<ActionTypeView>;
