import type { ForecastAnswer } from '@adjutant/core';
import { forecastSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

/** A forecast with everything needed to judge and to repeat it. */
export const forecastAnswerSchema = forecastSchema.extend({
  gaps: z.array(z.string()),
  meta: answerMetaSchema,
}) satisfies z.ZodType<ForecastAnswer>;
