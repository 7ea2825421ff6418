import type { SignalFinding } from '@adjutant/core/domain';
import type { WorkspaceHandle } from '@adjutant/core';
import {
  instantSchema,
  signalFindingSchema,
  signalHistoryKindSchema,
  signalSeveritySchema,
  signalSubjectKindSchema,
} from '@adjutant/core/domain';
import { z } from 'zod';

type Signals = WorkspaceHandle['signals'];

/** A finding as a list shows it. */
export const findingSchema = signalFindingSchema satisfies z.ZodType<SignalFinding>;

/** A finding with its rule, its rows and what became of it. */
export const findingDetailSchema = signalFindingSchema.extend({
  ruleTitle: z.string(),
  ruleDescription: z.string(),
  history: z.array(
    z.object({
      at: instantSchema,
      kind: signalHistoryKindSchema,
      actor: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  evidenceRows: z.array(
    z.object({
      id: z.string(),
      kind: z.string().nullable(),
      key: z.string().nullable(),
      at: instantSchema.nullable(),
    }),
  ),
  recomputed: z.string().nullable(),
}) satisfies z.ZodType<Awaited<ReturnType<Signals['get']>>>;

/** A rule and how it was run last. */
export const signalRuleSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  description: z.string(),
  subject: signalSubjectKindSchema,
  severity: signalSeveritySchema,
  cadence: z.enum(['sync', 'daily']),
  origin: z.string(),
  params: z.record(z.string(), z.unknown()).readonly(),
  isMuted: z.boolean(),
  ranAt: instantSchema.nullable(),
  judged: z.number().int(),
  open: z.number().int(),
  unknown: z.number().int(),
  unknownReason: z.string().nullable(),
  error: z.string().nullable(),
}) satisfies z.ZodType<Awaited<ReturnType<Signals['rules']>>[number]>;
