import type { AiAdoptionAnswer, AiImpactAnswer } from '@adjutant/core';
import { aiAdoptionSchema, aiImpactComparisonSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

const told = { gaps: z.array(z.string()), meta: answerMetaSchema };

/** What assisted pull requests go together with. */
export const aiImpactAnswerSchema = aiImpactComparisonSchema.extend({
  measure: z.enum(['opened_to_merge', 'first_commit_to_merge']),
  ...told,
}) satisfies z.ZodType<AiImpactAnswer>;

/** Merged pull requests by class, week by week. */
export const aiAdoptionAnswerSchema = aiAdoptionSchema.extend(
  told,
) satisfies z.ZodType<AiAdoptionAnswer>;
