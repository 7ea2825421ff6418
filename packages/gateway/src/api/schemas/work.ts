import type { AiMark, WorkDetail, WorkKind, WorkSummary } from '@adjutant/core';
import { instantSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

export const workKindSchema = z.enum([
  'pull_request',
  'release',
  'deployment',
  'work_item',
  'incident',
  'commit',
]) satisfies z.ZodType<WorkKind>;

const aiMarkSchema = z.object({
  class: z.string(),
  tool: z.string().nullable(),
  origin: z.string(),
}) satisfies z.ZodType<AiMark>;

/** One line of a list of work. */
export const workSummarySchema = z.object({
  id: z.string(),
  kind: workKindSchema,
  repository: z.string().nullable(),
  key: z.string(),
  title: z.string(),
  state: z.string(),
  author: z.string().nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  hours: z.number().nullable(),
  aiEvidence: z.array(aiMarkSchema).exactOptional(),
}) satisfies z.ZodType<WorkSummary>;

/** One piece of work with what happened to it. */
export const workDetailSchema = workSummarySchema.extend({
  source: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  events: z.array(
    z.object({
      at: instantSchema,
      kind: z.string(),
      actor: z.string().nullable(),
      state: z.string().nullable(),
    }),
  ),
  commits: z.array(
    z.object({
      sha: z.string(),
      subject: z.string(),
      authoredAt: instantSchema.nullable(),
      committedAt: instantSchema,
    }),
  ),
  aiEvidence: z.array(aiMarkSchema),
  rawRecordId: z.string().nullable(),
  meta: answerMetaSchema,
}) satisfies z.ZodType<WorkDetail>;
