import type { SprintReport, SprintVelocityAnswer } from '@adjutant/core';
import {
  sprintAmountSchema,
  sprintFiguresSchema,
  sprintItemOutcomeSchema,
  sprintShareSchema,
  sprintSummarySchema,
  sprintVelocitySchema,
} from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

const defined = {
  definition: z.string(),
  definitionVersion: z.number().int(),
  gaps: z.array(z.string()),
  meta: answerMetaSchema,
};

/** The figures of one sprint, with the rows that made them. */
export const sprintReportSchema = sprintFiguresSchema.extend({
  sprint: sprintSummarySchema,
  items: z.array(
    sprintItemOutcomeSchema.extend({ id: z.string(), key: z.string(), title: z.string() }),
  ),
  ...defined,
}) satisfies z.ZodType<SprintReport>;

/** What the last closed sprints completed. */
export const sprintVelocityAnswerSchema = sprintVelocitySchema.extend({
  sprints: z.array(
    sprintSummarySchema.extend({
      commitment: sprintAmountSchema.nullable(),
      velocity: sprintAmountSchema.nullable(),
      reliability: sprintShareSchema,
      caveats: z.array(z.string()),
    }),
  ),
  ...defined,
}) satisfies z.ZodType<SprintVelocityAnswer>;
